"""Where credentials are kept: whole, private, one refresher at a time, shown nowhere."""

from __future__ import annotations

import json
import os
import pickle
import stat
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from po_bridge.errors import OperatorError
from po_bridge.journal import MemoryTokens, TokenFile, token_file
from po_bridge.ports.tokens import Secrets, Tokens
from po_bridge.sqlite import file_lock

SECRET = "s3cret-value"
VALUE = {"access": SECRET, "expires": "2026-03-01T09:30:00.000000Z"}
POSIX = pytest.mark.skipif(os.name != "posix", reason="rights of files are set another way here")


def in_memory(_folder: Path) -> Tokens:
    """Tokens in memory."""
    return MemoryTokens()


def in_a_file(folder: Path) -> Tokens:
    """Tokens in a file."""
    return TokenFile(folder / "tokens.json")


@pytest.fixture(params=[in_memory, in_a_file], ids=["memory", "file"])
def tokens(request: pytest.FixtureRequest, tmp_path: Path) -> Tokens:
    """Tokens that hold nothing."""
    make: Callable[[Path], Tokens] = request.param
    return make(tmp_path)


def test_stored_is_loaded(tokens: Tokens) -> None:
    """What was stored last is loaded, by name."""
    assert tokens.load("shop") is None
    tokens.store("shop", VALUE)
    tokens.store("brand", {"access": "other"})
    tokens.store("shop", VALUE | {"access": "new"})
    assert tokens.load("shop") == VALUE | {"access": "new"}
    assert tokens.load("brand") == {"access": "other"}


def test_one_refresher_for_each_name(tokens: Tokens) -> None:
    """A second refresher of a name gets False at once, one of another name is not concerned."""
    with tokens.lock("shop") as first, tokens.lock("shop") as second, tokens.lock("brand") as other:
        assert (first, second, other) == (True, False, True)
        tokens.store("shop", VALUE)
    with tokens.lock("shop") as again:
        assert again


def test_error_frees_the_lock(tokens: Tokens) -> None:
    """A refresh that fails lets the next one try."""
    with pytest.raises(ZeroDivisionError), tokens.lock("shop"):
        _ = 1 / 0
    with tokens.lock("shop") as again:
        assert again


def test_threads_lose_nothing(tokens: Tokens) -> None:
    """Threads that store different names at the same time keep each other's."""

    def work(name: str) -> None:
        for number in range(5):
            tokens.store(name, {"access": f"{name} {number}"})

    threads = [Thread(target=work, args=(f"shop {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(4):
        assert tokens.load(f"shop {number}") == {"access": f"shop {number} 4"}


def test_no_secret_is_shown(tokens: Tokens) -> None:
    """No repr and no text of anything here holds a secret."""
    tokens.store("shop", VALUE)
    loaded = tokens.load("shop")
    shown = [repr(tokens), str(tokens), repr(loaded), str(loaded), f"{loaded}", repr([loaded])]
    assert all(SECRET not in text for text in shown)
    assert repr(loaded) == "Secrets(access=***, expires=***)"


def test_secrets_are_a_mapping() -> None:
    """Secrets are read like any mapping, are equal to one, and do not change with it."""
    source = dict(VALUE)
    secrets = Secrets(source)
    source["access"] = "changed"
    assert secrets["access"] == SECRET
    assert dict(secrets) == VALUE
    assert secrets == VALUE
    assert len(secrets) == 2
    assert "nothing" not in secrets
    assert pickle.loads(pickle.dumps(secrets)) == secrets  # noqa: S301  our own bytes


def test_initial_values() -> None:
    """Tokens in memory can be given at once."""
    assert MemoryTokens({"shop": VALUE}).load("shop") == VALUE


# --- the file


@POSIX
def test_file_is_private(tmp_path: Path) -> None:
    """The file is readable by its owner alone, from its first byte on and after every store."""
    path = tmp_path / "tokens.json"
    before = os.umask(0)
    try:
        for number in range(2):
            TokenFile(path).store(f"shop {number}", VALUE)
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)
    left = [file for file in tmp_path.iterdir() if SECRET.encode() in file.read_bytes()]
    assert left == [path], "no half-written file with secrets may stay behind"


@POSIX
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_file_that_others_read_is_refused(tmp_path: Path, mode: int) -> None:
    """A file that others may read is not used, and the error says what to do."""
    path = tmp_path / "tokens.json"
    tokens = TokenFile(str(path))
    tokens.store("shop", VALUE)
    path.chmod(mode)
    with pytest.raises(OperatorError, match=f"chmod 600 {path}"):
        tokens.load("shop")
    with pytest.raises(OperatorError):
        tokens.store("brand", VALUE)
    path.chmod(0o600)
    assert tokens.load("shop") == VALUE


@pytest.mark.parametrize(
    "text",
    [
        "",
        SECRET,
        json.dumps({"format": 1, "tokens": {"shop": {"access": [SECRET]}}}),
        json.dumps({"format": 1, "tokens": {"shop": SECRET}}),
        json.dumps({"format": 2, "tokens": {"shop": {"access": SECRET}}}),
        json.dumps({"shop": {"access": SECRET}}),
    ],
    ids=["empty", "no JSON", "a list", "no object", "newer", "another shape"],
)
def test_unreadable_file_is_refused(tmp_path: Path, text: str) -> None:
    """A file that cannot be understood is refused with its path, and nothing of it is shown or lost."""
    path = tmp_path / "tokens.json"
    path.touch(0o600)
    path.write_text(text)
    tokens = TokenFile(path)
    uses: tuple[Callable[[], object], ...] = (lambda: tokens.load("shop"), lambda: tokens.store("shop", {}))
    for use in uses:
        with pytest.raises(OperatorError) as caught:
            use()
        shown = "".join(traceback.format_exception(caught.value, chain=True))
        assert str(path) in shown
        assert SECRET not in shown
    assert path.read_text() == text


def test_no_place_for_a_file(tmp_path: Path) -> None:
    """A file in a folder that is missing is refused; nothing is there to be loaded."""
    tokens = TokenFile(tmp_path / "missing" / "tokens.json")
    assert tokens.load("shop") is None
    with pytest.raises(OperatorError, match="missing"):
        tokens.store("shop", VALUE)
    with pytest.raises(OperatorError, match="token file"):
        TokenFile(tmp_path).load("shop")


def test_file_that_stays_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that never ends is named, and nothing is overwritten."""
    monkeypatch.setattr(token_file, "STORE_SECONDS", 0.05)
    path = tmp_path / "tokens.json"
    with file_lock(tmp_path / "tokens.json.lock"), pytest.raises(OperatorError, match="keeps it locked"):
        TokenFile(path).store("shop", VALUE)
    assert not path.exists()


def test_file_that_cannot_be_written(tmp_path: Path) -> None:
    """Where the new file cannot be made the old one stays, and the error names it."""
    tokens = TokenFile(tmp_path / "tokens.json")
    tokens.store("shop", VALUE)
    (tmp_path / ".tokens.json.new").mkdir()
    with pytest.raises(OperatorError, match="cannot be written"):
        tokens.store("shop", {})
    assert tokens.load("shop") == VALUE


REFRESHING = """
import sys
from po_bridge.journal import TokenFile
tokens = TokenFile(sys.argv[1])
with tokens.lock("shop") as ours:
    print(ours, flush=True)
    sys.stdin.read()
"""


def test_lock_dies_with_its_process(tmp_path: Path) -> None:
    """A refresher that is killed does not keep others from refreshing."""
    tokens = TokenFile(tmp_path / "tokens.json")
    command = [sys.executable, "-c", REFRESHING, str(tokens.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with tokens.lock("shop") as ours:
            assert not ours
        tokens.store("shop", VALUE)
        other.kill()
    with tokens.lock("shop") as ours:
        assert ours
