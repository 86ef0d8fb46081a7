"""Texts with placeholders in braces, as a merchant writes them; looked at before anything is made of one."""

from __future__ import annotations

from collections.abc import Collection
from string import Formatter


def template_faults(text: str, names: Collection[str]) -> tuple[str, ...]:
    """Everything that is wrong with a template, for people; nothing where it can be filled in.

    A placeholder is one of *names* in braces and nothing else: no format, no attribute, no position. Braces that
    are meant are doubled.
    """
    try:
        parts = tuple(Formatter().parse(text))
    except ValueError as error:
        return (f"{str(error).lower()}; a brace that is meant is doubled",)
    written = ((name, _written(name, form, change)) for _, name, form, change in parts if name is not None)
    known = ", ".join(f"{{{name}}}" for name in names)
    return tuple(
        f"{whole} is no placeholder; known here are {known}"
        for name, whole in dict.fromkeys(written)
        if whole != f"{{{name}}}" or name not in names
    )


def _written(name: str, form: str | None, change: str | None) -> str:
    changed = f"!{change}" if change else ""
    formed = f":{form}" if form else ""
    return f"{{{name}{changed}{formed}}}"
