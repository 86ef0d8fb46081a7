# ruff: noqa: INP001  # loaded by mkdocs, no package
"""What the site does that the pages do not say: the changelog is shown, and Mermaid pictures are drawn here.

Mermaid is left in the pages for readers of the repository.
The site draws the picture itself, since the usual way would fetch a script of others when a page is looked at.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from marks_picture import drawn
from mkdocs.exceptions import PluginError

ROOT: Final = Path(__file__).parents[1]
CHANGELOG: Final = "reference/changelog.md"
LINKS: Final = MappingProxyType({"](docs/reference/": "](", "](docs/": "](../"})
"""How links of the changelog, which stands at the root, look from its page."""
FETCHED: Final = re.compile(
    r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>"
)
"""What a browser fetches by itself; a link is no such thing."""


def on_config(config: Any) -> Any:
    """Draw the pictures instead of leaving them to a script."""
    fence = {"name": "mermaid", "class": "picture", "format": _fence}
    config.mdx_configs["pymdownx.superfences"] = {"custom_fences": [fence]}
    return config


def _fence(source: str, *_: Any, **__: Any) -> str:
    return drawn(source)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Stop the build where a page would fetch something from elsewhere when it is looked at."""
    if found := FETCHED.search(output):
        raise PluginError(f"{page.file.src_uri} fetches from elsewhere: {found[0]}")
    return output


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Show the changelog, with links as they are from its page."""
    if page.file.src_uri != CHANGELOG:
        return markdown
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for old, new in LINKS.items():
        text = text.replace(old, new)
    return re.sub(r"^## \[([^]]+)\](?!\()", r"## \1", text, flags=re.MULTILINE)
