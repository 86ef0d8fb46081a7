"""An open file: transactions, threads, processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from tests.sqlite.schemas import add, made, names, schema

from po_bridge.errors import JournalDamaged, Misuse
from po_bridge.sqlite import Database, Durability, open_database


def test_new_file_is_ours(tmp_path: Path) -> None:
    """A file is made where there is none, and opened again as it is."""
    path = tmp_path / "a ?#%.db"
    made(path, "a")
    with closing(open_database(path, schema())) as database:
        assert names(database) == ["a"]


def test_empty_file_becomes_ours(tmp_path: Path) -> None:
    """A file without a byte is filled: nobody's data is in it."""
    path = tmp_path / "things.db"
    path.touch()
    made(path, "a")
    assert path.stat().st_size > 0


@pytest.mark.parametrize(("durability", "number"), [(Durability.FULL, 2), (Durability.NORMAL, 1)])
def test_settings(tmp_path: Path, durability: Durability, number: int) -> None:
    """Every connection has the write-ahead log, the durability asked for, foreign keys and the wait."""
    wanted = {"journal_mode": "wal", "synchronous": number, "foreign_keys": 1, "busy_timeout": 2500}
    database = open_database(tmp_path / "things.db", schema(), durability=durability, busy_seconds=2.5)

    def settings() -> dict[str, object]:
        with database.reading() as connection:
            return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}

    with ThreadPoolExecutor(1) as pool:
        assert [settings(), pool.submit(settings).result()] == [wanted, wanted]
    database.close()


def test_error_undoes_the_commit(tmp_path: Path) -> None:
    """What is raised inside undoes everything written before it, and the file goes on."""
    with closing(open_database(tmp_path / "things.db", schema())) as database:
        with pytest.raises(JournalDamaged, match="NOT NULL"):
            add(database, "a", None)
        add(database, "b")
        assert names(database) == ["b"]


def test_writing_is_alone_from_the_start(tmp_path: Path) -> None:
    """What a writer read stays true until its commit: nobody writes in between, not before its first write."""
    path = tmp_path / "things.db"
    with closing(open_database(path, schema())) as one:
        other = open_database(path, schema(), busy_seconds=0.05)
        with one.writing() as connection:
            assert connection.execute("SELECT count(*) FROM thing").fetchone() == (0,)
            with pytest.raises(JournalDamaged, match="keeps it locked"):
                add(other, "b")
            connection.execute("INSERT INTO thing (name) VALUES ('a')")
        add(other, "b")
        assert names(one) == ["a", "b"]
        other.close()


def test_reading_is_of_one_state(tmp_path: Path) -> None:
    """Reads inside one block do not see what is committed meanwhile."""
    path = tmp_path / "things.db"
    with closing(open_database(path, schema())) as one, closing(open_database(path, schema())) as other:
        with one.reading() as connection:
            before = connection.execute("SELECT count(*) FROM thing").fetchone()
            add(other, "a")
            after = connection.execute("SELECT count(*) FROM thing").fetchone()
        assert before == after == (0,)
        assert names(one) == ["a"]


def test_threads_have_their_own_connections(tmp_path: Path) -> None:
    """Threads write through one database side by side, and none sees another's unfinished commit."""
    database = open_database(tmp_path / "things.db", schema())

    def work(worker: int) -> None:
        for number in range(20):
            add(database, f"{worker} {number}")

    threads = [Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(database)) == 80
    database.close()


def test_closed_is_closed(tmp_path: Path) -> None:
    """After closing, every use is misuse; closing again is none."""
    database = open_database(tmp_path / "things.db", schema())
    database.close()
    database.close()
    with pytest.raises(Misuse, match=r"things\.db> is closed"):
        names(database)


FORKING = """
import os, sys
from contextlib import closing
from functools import partial
from pathlib import Path
from po_bridge.sqlite import open_database
from tests.sqlite.schemas import add, names, schema

with closing(open_database(Path(sys.argv[1]), schema())) as database:
    add(database, "parent")
    child = os.fork()
    if child == 0:
        inherited = dict(database._connections)
        add(database, "child")
        own = [key for key in database._connections if key not in inherited]
        os._exit(0 if own == [(os.getpid(), own[0][1])] else 1)
    _, status = os.waitpid(child, 0)
    add(database, "parent again")
    print(os.waitstatus_to_exitcode(status), names(database))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_fork_opens_its_own(tmp_path: Path) -> None:
    """A forked process does not use its parent's connection: SQLite forbids it."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKING, tmp_path / "things.db"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "0 ['child', 'parent', 'parent again']\n"


def test_many_make_one_file(tmp_path: Path) -> None:
    """Workers that open the same new file at the same moment all get it, made once."""

    def work(path: Path, number: int) -> Database:
        database = open_database(path, schema(3))
        add(database, str(number))
        return database

    with ThreadPoolExecutor(8) as pool:
        for attempt in range(20):
            path = tmp_path / f"things {attempt}.db"
            databases = list(pool.map(partial(work, path), range(8)))
            assert names(databases[0]) == [str(number) for number in range(8)]
            for database in databases:
                database.close()


def test_broken_promise_of_the_schema(tmp_path: Path) -> None:
    """Foreign keys and types of columns are enforced by the file itself."""
    with closing(open_database(tmp_path / "things.db", schema(2))) as database:
        wrong = pytest.raises(JournalDamaged, match="cannot store TEXT value in INTEGER column")
        with wrong as caught, database.writing() as connection:
            connection.execute("INSERT INTO thing VALUES ('a', 'big')")
        assert isinstance(caught.value.__cause__, sqlite3.IntegrityError)
