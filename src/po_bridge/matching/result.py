"""What matching says about one brand product: closed results that carry their evidence."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen


class Rung(Enum):
    """The rung of the ladder that decided."""

    DECISION = "decision"
    LINK = "link"
    CODE = "code"
    SUPPLIER_CODE = "supplier code"
    STYLE_OPTIONS = "style and options"
    NEAR = "near"


class Reason(Enum):
    """Why a person must look; the words are for people, the member is for programs."""

    RULES_DISAGREE = "two rules of yours decide it differently"
    TAKEN_BACK = "a link was taken back"
    SEVERAL_PRODUCTS = "several live products answer"
    RUNGS_DISAGREE = "two signs point to different products"
    DEAD_PRODUCT = "the product that answers was deleted"
    DEAD_LINK = "the linked product was deleted"
    CONTRADICTION = "the code fits, but style, colour or size contradict"
    SHARED_PRODUCT = "different brand products or sizes point to one POS product"
    SHARED_CODE = "one code stands on two new variants"
    COMPOSITE = "the product is made of others and cannot be ordered"
    CODE_ALONE = "the code fits, but nothing else does, and the name is another"
    ONLY_A_READING = "the code fits only in another reading, without a second sign"
    UNFIT_CODE = "the code is no identity (restricted, coupon, placeholder or damaged)"
    NEAR_PRODUCT = "a similar product exists"


@frozen(kw_only=True)
class Evidence:
    """One sign, for or against."""

    sign: str
    """What was compared, as ``code`` or ``size``."""
    ours: str
    """The value on the wholesale side."""
    theirs: str
    """The value in the POS; empty where nothing was found."""
    agrees: bool
    """Whether the two agree."""
    note: str = ""
    """How it was read, as ``lost leading zero``."""


@frozen(kw_only=True)
class Candidate:
    """A POS product a person may choose."""

    product_id: str
    """Id in the POS."""
    name: str
    """Name with options."""
    rung: Rung
    """The rung it was found on."""
    evidence: tuple[Evidence, ...] = ()
    """Signs for and against."""


@frozen(kw_only=True)
class Matched:
    """Exactly one product, and nothing contradicts."""

    product_id: str
    """Id in the POS."""
    rung: Rung
    """The rung that decided."""
    evidence: tuple[Evidence, ...] = ()
    """Signs for it."""


@frozen(kw_only=True)
class NeedsReview:
    """A person must choose."""

    reasons: tuple[Reason, ...]
    """Every reason, in the ladder's order."""
    candidates: tuple[Candidate, ...] = ()
    """Products to choose from, best first."""
    evidence: tuple[Evidence, ...] = ()
    """Signs that led here."""


@frozen(kw_only=True)
class New:
    """Nothing in the POS resembles it."""

    rung: Rung | None = None
    """DECISION where a person said so."""
    evidence: tuple[Evidence, ...] = ()
    """What was looked for."""


@frozen(kw_only=True)
class Skipped:
    """A person left it out."""

    why: str = ""
    """The person's words."""
    by: str = ""
    """Who decided, a person or the name of a rule."""


Match = Matched | NeedsReview | New | Skipped
"""The four closed results."""


class Choice(Enum):
    """What a person can decide about a line."""

    LINK = "link"
    CREATE = "create"
    SKIP = "skip"


@frozen(kw_only=True)
class Verdict:
    """A decision in force for one line: link, create or skip."""

    choice: Choice
    """What was decided."""
    product_id: str = ""
    """The product of a link, else empty."""
    why: str = ""
    """The person's words."""
    by: str = field(default="")
    """Who decided, a person or the name of a rule."""


@frozen(kw_only=True)
class Objection:
    """What is on record against judging a line by its signs, so that a person must look."""

    reason: Reason
    """Why: ``TAKEN_BACK`` or ``RULES_DISAGREE``."""
    product_ids: tuple[str, ...] = ()
    """Products that were untied from the line, oldest first; shown among the candidates."""
    by: tuple[str, ...] = ()
    """Names of the rules that disagree, with what each decides."""
