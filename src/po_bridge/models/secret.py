"""Values that nobody may read by accident."""

from __future__ import annotations

from typing import Any, NoReturn


class Secret:
    """A text that shows as ``***`` wherever it is printed, formatted or logged.

    No attrs class on purpose: ``asdict`` and converters walk into those and would take the text out.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        object.__setattr__(self, "_text", text)

    def reveal(self) -> str:
        """The text itself; for signing and for the token file, for nothing else."""
        text: str = object.__getattribute__(self, "_text")
        return text

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a secret cannot be changed")

    def __repr__(self) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self.reveal())

    def __eq__(self, other: object) -> bool:
        return self.reveal() == other.reveal() if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash((Secret, self.reveal()))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Secret, (self.reveal(),))


def secret(value: str | Secret) -> Secret:
    """Take a text or a secret as a secret; for attrs converters."""
    return value if isinstance(value, Secret) else Secret(value)
