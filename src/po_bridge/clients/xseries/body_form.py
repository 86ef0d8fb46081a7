"""Bodies of purchase orders and lines, bare or wrapped: what the store takes is found out and kept.

The vendor's OpenAPI documents wrap them in ``data``, its tutorial and its collection do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import define, field

from ...errors import Refused
from ...ports.exchange import Exchange
from .settings import BodyForm
from .wire import Wire

_WRONG_FORM: Final = frozenset({400, 422})
_OTHER: Final = {BodyForm.BARE: BodyForm.WRAPPED, BodyForm.WRAPPED: BodyForm.BARE}


def _first(form: BodyForm) -> BodyForm:
    return BodyForm.BARE if form is BodyForm.UNKNOWN else form


@define(kw_only=True)
class FormMemory:
    """The form in use, the adapter's own small state."""

    form: BodyForm = field(converter=_first)
    """Form of the next body."""
    proven: bool
    """Whether the store took a body in this form, or the settings say so."""
    refused: dict[str, frozenset[BodyForm]] = field(factory=dict)
    """Forms that the store refused, by step: a step is sent in each form once."""

    @classmethod
    def of(cls, form: BodyForm) -> FormMemory:
        """Begin with a setting."""
        return cls(form=form, proven=form is not BodyForm.UNKNOWN)

    def shaped(self, members: Mapping[str, Any]) -> Mapping[str, Any]:
        """A body in the form in use."""
        return {"data": members} if self.form is BodyForm.WRAPPED else members

    def turn(self, step: str) -> bool:
        """Note that a step was refused in this form; True where the other one is to be tried."""
        if self.proven:
            return False
        tried = self.refused.get(step, frozenset()) | {self.form}
        self.refused[step] = tried
        self.form = _OTHER[self.form]
        return self.form not in tried


def write_formed(
    wire: Wire, memory: FormMemory, step: str, method: str, path: str, members: Mapping[str, Any]
) -> Exchange[Any]:
    """Send the one mutating request of an attempt in the form in use.

    Raises as ``Wire.write``. A first 400 or 422 may mean the form: the step may then be sent in the other.
    """
    try:
        answer = yield from wire.write(method, path, memory.shaped(members))
    except Refused as refused:
        if refused.status in _WRONG_FORM and memory.turn(step):
            mend = "it is sent again in the other body form"
            raise Refused(
                refused.system, refused.status, refused.words, what=refused.what, mend=mend, again=True
            ) from refused
        raise
    memory.proven = True
    return answer
