"""An error that must come, with the line that says so where it does not."""

from __future__ import annotations

from types import TracebackType
from typing import Generic, Self, TypeVar

E = TypeVar("E", bound=Exception)


class MustRaise(Generic[E]):
    """A block that must raise an error of one kind; *line* says what the author of an adapter has to do.

    Unlike ``pytest.raises`` it tells that line also where another error came, which is its cause then.
    """

    def __init__(self, kind: type[E], line: str, *, match: str = "") -> None:
        self.match = match
        """What its text must hold."""
        self.kind = kind
        """What must come."""
        self.line = line
        """What to do where it does not."""
        self._error: E | None = None

    @property
    def value(self) -> E:
        """The error that came; raises AssertionError where none did."""
        if self._error is None:
            raise AssertionError(self.line)
        return self._error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, self.kind) and self.match in str(error):
            self._error = error
            return True
        if error is None or isinstance(error, Exception):
            raise AssertionError(self.line) from error
        return False


class MustPass:
    """A block that may raise nothing; *line* says what the author of an adapter has to do."""

    def __init__(self, line: str) -> None:
        self.line = line
        """What to do where something is raised."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, AssertionError):
            raise AssertionError(self.line) from error  # noqa: TRY004  # what pytest takes for a failure
