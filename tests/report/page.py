"""Reads a page as a browser would, as far as these tests look."""

from __future__ import annotations

from html.parser import HTMLParser

from attrs import define, field

VOID = {"img", "meta", "br", "input"}


@define
class Page(HTMLParser):
    """Tags with the names of their attributes, attribute values, and text outside of style and script."""

    shape: list[tuple[str, tuple[str, ...]]] = field(factory=list)
    attributes: list[tuple[str, str, str]] = field(factory=list)
    text: list[str] = field(factory=list)
    open: list[str] = field(factory=list)
    stray: list[str] = field(factory=list)

    def __attrs_pre_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.shape.append((tag, tuple(name for name, _ in attrs)))
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a tag."""
        if not self.open or self.open.pop() != tag:
            self.stray.append(tag)

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if not {"style", "script"} & set(self.open):
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        """List the values of an attribute."""
        return [value for _, found, value in self.attributes if found == name]


def read(text: str) -> Page:
    """Read a page."""
    page = Page()
    page.feed(text)
    page.close()
    return page
