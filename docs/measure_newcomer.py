# ruff: noqa: INP001  # a script beside the pages, no package
"""Walks the way of a newcomer with the real commands, and writes the times into tutorial/newcomer.md.

Usage: python docs/measure_newcomer.py [--clone]

Each command is a process of its own, as at a terminal. With --clone the way begins with a fresh clone and `make demo`
in it, downloads included; without it the clone is there, and its time stays as it was written last.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep  # noqa: TID251  # measuring is its purpose
from types import MappingProxyType
from typing import Final

import httpx

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "tutorial" / "newcomer.md"
TUTORIAL: Final = ROOT / "docs" / "tutorial" / "first-order.md"
BEGIN, END = "<!-- times: made by docs/measure_newcomer.py -->", "<!-- end of times -->"
ORDER, PORTAL = "240117", "Fennick & Rowe"

STEPS: Final = MappingProxyType(
    {
        "clone, make demo": ("see it", 0.5),
        "the demo again": ("see it", 1.0),
        "start the sandbox": ("try it", 0.25),
        "orders": ("try it", 0.25),
        "review": ("try it", 1.0),
        "own script": ("try it", 1.5),
        "key pairs, configuration": ("connect it", 6.0),
        "begin the hand-shake": ("connect it", 0.5),
        "approve, copy the code": ("connect it", 2.0),
        "end the hand-shake, look at the portal": ("connect it", 0.5),
        "ask for the store's consent": ("connect it", 0.5),
        "agree, look at the store": ("connect it", 1.0),
        "list orders": ("connect it", 0.5),
        "review an order": ("connect it", 1.5),
        "plan it": ("connect it", 1.5),
    }
)
"""Each step with its stage, and the minutes that a person is reckoned to need for it."""


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def command(*words: str, folder: Path) -> str:
    """Run a command beside this interpreter; 0 and 1 are good ends of po-bridge."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    ran = subprocess.run(  # noqa: S603  # our own commands
        words,
        cwd=folder,
        env={**os.environ, "PATH": places},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    if ran.returncode not in {0, 1}:
        raise SystemExit(f"{words} ended with {ran.returncode}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


@contextmanager
def sandbox(folder: Path, *options: str) -> Iterator[float]:
    """Serve the emulators in a process of their own; gives the seconds until they answer."""
    begin, config = perf_counter(), folder / "po-bridge.toml"
    words = (
        str(Path(sys.executable).with_name("po-bridge")),
        "sandbox",
        "--write-config",
        str(config),
        *options,
    )
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
    try:
        while not config.exists() or "[setup]" not in config.read_text(encoding="utf-8"):
            sleep(0.02)
        yield perf_counter() - begin
    finally:
        process.terminate()
        process.wait()


def see(folder: Path, *, clone: bool) -> Iterator[tuple[str, float]]:
    """The demo, from a clone where that is wanted."""
    if clone:
        yield "clone, make demo", timed(lambda: _cloned(folder))
    yield "the demo again", timed(lambda: command("po-bridge", "demo", folder=folder))


def _cloned(folder: Path) -> None:
    place = folder / "clone"
    bare = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "MAKEFLAGS"}}
    for words in (("git", "clone", "--quiet", str(ROOT), str(place)), ("make", "-C", str(place), "demo")):
        subprocess.run(words, check=True, env=bare, stdout=subprocess.DEVNULL)  # noqa: S603  # our own commands


def attempt(folder: Path) -> Iterator[tuple[str, float]]:
    """The tutorial's script against the sandbox."""
    files = dict(re.findall(r'^```python title="([^"]+)"\n(.*?)^```$', _tutorial(), re.MULTILINE | re.DOTALL))
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with sandbox(folder) as started:
        yield "start the sandbox", started
        yield "orders", timed(lambda: command("po-bridge", "orders", folder=folder))
        yield "review", timed(lambda: command("po-bridge", "review", ORDER, folder=folder))
        yield "own script", timed(lambda: command("python", "take.py", ORDER, folder=folder))


def _tutorial() -> str:
    return TUTORIAL.read_text(encoding="utf-8")


def connect(folder: Path) -> Iterator[tuple[str, float]]:
    """The hand-shakes, the first review and the first plan."""
    portal = ("connect", "nuorder", "--portal", PORTAL)
    with sandbox(folder, "--unconnected", "--store-unconnected"):
        yield "key pairs, configuration", 0.0
        yield "begin the hand-shake", timed(lambda: command("po-bridge", *portal, folder=folder))
        begin = perf_counter()
        code = approved(folder)
        yield "approve, copy the code", perf_counter() - begin
        ended = timed(lambda: command("po-bridge", *portal, "--code", code, folder=folder))
        yield "end the hand-shake, look at the portal", ended
        told: list[str] = []
        store = ("po-bridge", "connect", "xseries")
        yield (
            "ask for the store's consent",
            timed(lambda: told.append(command(*store, "--paste", folder=folder))),
        )
        callback = agreed(told[0])
        yield (
            "agree, look at the store",
            timed(lambda: command(*store, "--callback", callback, folder=folder)),
        )
        yield "list orders", timed(lambda: command("po-bridge", "orders", folder=folder))
        yield "review an order", timed(lambda: command("po-bridge", "review", ORDER, folder=folder))
        yield "plan it", timed(lambda: command("po-bridge", "plan", ORDER, folder=folder))


def approved(folder: Path) -> str:
    """Approve the application as the brand's admin does; gives the code."""
    config = tomllib.loads((folder / "po-bridge.toml").read_text(encoding="utf-8"))
    desk = f"{config['nuorder']['portals'][0]['address']}/desk/applications"
    token = httpx.get(desk).json()[-1]["oauth_token"]
    return str(httpx.post(f"{desk}/{token}/approve").json()["oauth_verifier"])


def agreed(told: str) -> str:
    """Agree as the merchant does; gives the address that his browser ends at."""
    found = re.search(r"http://\S+/connect\?\S+", told)
    if found is None:
        raise SystemExit(f"no address to agree at in: {told}")
    return httpx.get(found[0]).headers["location"]


def table(times: Mapping[str, float]) -> str:
    """The times, stage by stage, with the sum of each stage."""
    lines = ["| stage | step | machine | person |", "| --- | --- | ---: | ---: |"]
    for stage in dict.fromkeys(stage for stage, _ in STEPS.values()):
        own = [name for name, (where, _) in STEPS.items() if where == stage]
        lines += [
            f"| {stage} | {name} | {times[name]:.1f} s | {STEPS[name][1]:g} min |"
            for name in own
            if name in times
        ]
        machine = sum(times.get(name, 0.0) for name in own)
        person = sum(STEPS[name][1] for name in own)
        lines.append(f"| **{stage}** | | **{machine:.0f} s** | **{person:g} min** |")
    return "\n".join(lines)


def known(page: str) -> dict[str, float]:
    """The times that stand on the page."""
    found = re.findall(r"^\| [\w ]+ \| ([^|*]+) \| ([\d.]+) s \|", page, re.MULTILINE)
    return {name: float(seconds) for name, seconds in found}


def main() -> int:
    """Walk, and write the page."""
    page = PAGE.read_text(encoding="utf-8")
    times = known(page)
    for stage in (lambda folder: see(folder, clone="--clone" in sys.argv[1:]), attempt, connect):
        with TemporaryDirectory() as folder:
            times.update(stage(Path(folder)))
    before, rest = page.split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table(times)}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
