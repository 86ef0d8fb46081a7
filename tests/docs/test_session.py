"""The runner of the pages notices what is not true."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.docs import page_text
from tests.docs.conftest import Follow
from tests.docs.session import agree

from po_bridge.errors import Misuse

FollowText = Callable[[str], None]


@pytest.fixture
def follow(session: Follow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FollowText:
    """Follow a page of a text."""
    monkeypatch.setattr(page_text, "ROOT", tmp_path)

    def following(text: str) -> None:
        page = tmp_path / "page.md"
        page.write_text(text, encoding="utf-8")
        session(page).follow()

    return following


TRUE = """
```python
number = 1
```

- in a list

  ```python
  print(number + 1)
  ```

  ```text title="output"
  2
  ```

```python title="told.py"
import sys
print("told", *sys.argv[1:])
```

```console
$ python told.py a "b c"
told a b c
$ printf 'one\\ntwo\\nthree\\n' | cat
one
...
thr...
$ false
$ echo $?
1
$ export NAME=value
$ echo "$NAME"
value
```

<!-- not run: takes a minute -->
```console
$ sleep 60
```
"""


def test_true_page(follow: FollowText) -> None:
    """Blocks share names and a folder, files are saved, output is compared, and what is marked is left out."""
    follow(TRUE)


@pytest.mark.parametrize(
    "text",
    [
        "```python\nraise AssertionError('x')\n```",
        '```python\nprint(1)\n```\n\n```text title="output"\n2\n```',
        "```console\n$ echo one\ntwo\n```",
        "```console\n$ echo one\none\ntwo\n```",
        "```console\n$ exit 3\n```",
        "```console\necho one\n```",
        "```bash\necho one\n```",
        '```python title="a.py"\ndef\n```',
        "```toml\n[setup]\ndraft = true\n```",
    ],
    ids=[
        "raises",
        "other output",
        "other line",
        "line too many",
        "exit code",
        "no prompt",
        "other shell",
        "syntax",
        "no such setting",
    ],
)
def test_untrue_page(follow: FollowText, text: str) -> None:
    """What does not run, or prints something else, fails."""
    with pytest.raises((AssertionError, SyntaxError, Misuse)):
        follow(text)


@pytest.mark.parametrize(
    ("expected", "shown"),
    [("a ... c", "a b c"), ("...\nc", "c"), ("a\n...\nd", "a\nb\nc\nd"), ("a", "a\n\n")],
    ids=["in a line", "no line", "lines", "end"],
)
def test_dots_stand_for_anything(expected: str, shown: str) -> None:
    """Three dots are any text in a line, and any lines where they stand alone."""
    agree("here", expected, shown)
