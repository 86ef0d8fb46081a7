"""What two sides' codes say about each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .code_numbers import is_own_text
from .demand import Demand
from .demand_facts import DemandFacts
from .judgement import explain
from .product_facts import ProductFacts
from .readings import CodeReadings, Reading, ReadingKind
from .result import Evidence
from .sign import Agreement, Said, Sign, said
from .style_numbers import loose_style_key


def _how(*readings: Reading) -> str:
    """Say how codes were read, where that is worth saying."""
    told = [reading for reading in readings if reading.notes or reading.kind is not ReadingKind.PLAIN]
    if not told:
        return ""
    kinds = [reading.kind.value for reading in readings if reading.kind is not ReadingKind.PLAIN]
    notes = [note.value for reading in readings for note in reading.notes]
    return "; ".join(dict.fromkeys([*(f"read {kind}" for kind in kinds), *notes]))


def _same(sign: Sign, ours: Reading, theirs: Reading, note: str = "") -> Said:
    written = ours.gtin.written, theirs.gtin.written
    return said(sign, Agreement.AGREES, *written, note or _how(ours, theirs))


def units_in_pack(demand: Demand) -> Decimal | None:
    """Give how many eaches a pack holds by the order, else by the style document; None where neither says."""
    sizes = demand.style.sizes if demand.style else ()
    stated = [line.units_per_pack for line in demand.lines]
    stated += [size.units_per_pack for size in sizes if size.size == demand.key.size]
    return next((units for units in stated if units is not None), None)


def _case_note(demand: Demand, case: Reading, *, ours: bool) -> str:
    units = units_in_pack(demand)
    holds = f"the order says {units} in a pack" if units else "how many it holds is not stated"
    whose = "the order's code" if ours else "the POS code"
    return f"{whose} {case.gtin.written} is a case of the other; {holds}; the quantity multiplies"


def _sure(demand: DemandFacts, product: ProductFacts) -> tuple[Said, ...]:
    ours, theirs = demand.numbers.plain, product.numbers.plain
    both = sorted(ours.keys() & theirs.keys())
    return tuple(_same(Sign.CODE, ours[number], theirs[number]) for number in both)


def _guessed(demand: DemandFacts, product: ProductFacts) -> tuple[Said, ...]:
    ours = {**demand.numbers.hints, **demand.numbers.plain}
    theirs = {**product.numbers.hints, **product.numbers.plain}
    both = sorted(ours.keys() & theirs.keys())
    return tuple(_same(Sign.READING, ours[number], theirs[number]) for number in both)


def _cases(demand: DemandFacts, product: ProductFacts) -> Iterator[Said]:
    for number in sorted(demand.numbers.eaches.keys() & product.numbers.plain.keys()):
        case, each = demand.numbers.eaches[number], product.numbers.plain[number]
        note = _case_note(demand.demand, case, ours=True)
        yield _same(Sign.CASE, case, each, note)
    for number in sorted(product.numbers.eaches.keys() & demand.numbers.plain.keys()):
        each, case = demand.numbers.plain[number], product.numbers.eaches[number]
        note = _case_note(demand.demand, case, ours=False)
        yield _same(Sign.CASE, each, case, note)


def _different(demand: DemandFacts, product: ProductFacts) -> tuple[Said, ...]:
    ours, theirs = demand.numbers.plain, product.numbers.plain
    if not ours or not theirs:
        return ()
    written = ours[min(ours)].gtin.written, theirs[min(theirs)].gtin.written
    return (said(Sign.CODE, Agreement.DIFFERS, *written, "both are valid and name different products"),)


def _texts(demand: DemandFacts, product: ProductFacts) -> Iterator[Said]:
    """Compare codes that are no number for the whole world: equal ones are a hint for a person."""
    ours = [read for read in demand.codes if is_own_text(read)]
    if not ours:
        return
    texts = (*product.supplier_codes(demand.demand.supplier_id), *product.custom)
    theirs = {loose_style_key(text): text for text in texts}
    for read in ours:
        text = loose_style_key(read.written)
        if text in theirs:
            yield said(Sign.TEXT, Agreement.AGREES, read.written, theirs[text], explain(read.judgement))


def code_signs(demand: DemandFacts, product: ProductFacts) -> tuple[Said, ...]:
    """Give what the codes say: the surest agreement, else the difference, and equal texts."""
    surest = (
        _sure(demand, product)
        or _guessed(demand, product)
        or tuple(_cases(demand, product))
        or _different(demand, product)
    )
    return (*surest, *_texts(demand, product))


def code_evidence(read: CodeReadings) -> Evidence:
    """Say what a code of a demand is worth where nothing answers to it."""
    note = explain(read.judgement)
    return Evidence(sign=Sign.CODE.value, ours=read.written, theirs="", agrees=False, note=note)
