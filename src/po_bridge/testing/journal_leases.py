"""The journal's contract about leases: all keys or none, and a fence that only grows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from attrs import evolve

from ..errors import LeaseHeld, LeaseLost, Misuse
from ..journal import this_process
from ..ports.journal import Journal
from ..ports.leases import Holder
from .journal_case import FAR, OTHER, START, moment
from .journal_plans import JournalBase
from .must_raise import MustPass, MustRaise

_WHO = """
import json
from po_bridge.journal import this_process
holder = this_process()
print(json.dumps([holder.host, holder.pid, holder.started]))
"""


def dead_process(journal: Journal) -> Holder:
    """Run a process to its end and give it as a holder; skips where the journal cannot prove a death."""
    here = journal.worker()
    if not here.started or evolve(here, worker="") != this_process():
        pytest.skip("this journal or this system cannot prove a death, so leases end by time alone")
    return _ended_process()


@cache
def _ended_process() -> Holder:
    command = [sys.executable, "-c", _WHO]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  our own program
    host, pid, started = json.loads(told)
    return Holder(host=host, pid=pid, started=started)


class LeaseContract(JournalBase):
    """Leases."""

    def test_workers_of_one_process_differ(self, journal: Journal) -> None:
        """Two workers of one process have names of their own."""
        names = {journal.worker(), self.again(journal).worker()}
        assert len(names) == 2, "worker() must tell workers of one process apart"

    def test_all_keys_or_none(self, journal: Journal) -> None:
        """Where one key is held none is taken, and the error says who holds it since when."""
        journal.take(("b",), FAR, moment(3), 60.0)
        with MustRaise(LeaseHeld, "take() must raise LeaseHeld where one of the keys is held") as caught:
            self.again(journal).take(("a", "b", "c"), OTHER, moment(4), 60.0)
        held = (caught.value.key, caught.value.holder, caught.value.since)
        assert held == ("b", str(FAR), moment(3)), "LeaseHeld must name the key, its holder and since when"
        lease = journal.take(("a", "c"), OTHER, moment(5), 60.0)
        assert lease.keys == ("a", "c"), "take() must leave the free keys free when another one is held"

    def test_same_worker_is_no_exception(self, journal: Journal) -> None:
        """A key is not leased twice to the same holder: it may be another thread."""
        journal.take(("a",), FAR, START, 60.0)
        with MustRaise(
            LeaseHeld, "take() must raise LeaseHeld for the holder itself too: it may be another thread"
        ):
            journal.take(("a",), FAR, START, 60.0)

    def test_key_named_twice(self, journal: Journal) -> None:
        """A key that is asked for twice is leased once."""
        line = "take() must lease each key once, also where it is named twice"
        with MustPass(line):
            lease = journal.take(("a", "b", "a"), FAR, START, 60.0)
            assert journal.renew(lease, moment(1), 60.0).keys == ("a", "b"), line

    def test_lease_needs_keys(self, journal: Journal) -> None:
        """A lease of nothing is misuse: no fence could ever stop its holder."""
        with MustRaise(Misuse, "take() must raise Misuse where no key is named"):
            journal.take((), FAR, START, 60.0)

    def test_fence_grows(self, journal: Journal) -> None:
        """Every lease has a higher fence than all before it, given back or not."""
        line = "take() must give a fence higher than every one before, whether or not that was given back"
        fences = []
        with MustPass(line):
            for number in range(3):
                lease = self.again(journal).take(("a",), FAR, moment(number), 60.0)
                fences.append(lease.fence)
                journal.release(lease)
            fences.append(journal.take(("z",), FAR, START, 60.0).fence)
            assert fences == sorted(set(fences)), line

    def test_lease_ends_by_time(self, journal: Journal) -> None:
        """A lease that was not renewed is free at its end, not before."""
        lease = journal.take(("a",), FAR, START, 60.0)
        assert lease.until == moment(60), "take() must say when the lease ends"
        with MustRaise(LeaseHeld, "take() must raise LeaseHeld until the lease ends"):
            self.again(journal).take(("a",), OTHER, moment(59.999999), 60.0)
        taken = self.again(journal).take(("a",), OTHER, moment(60), 60.0)
        with MustRaise(LeaseLost, "renew() must raise LeaseLost for a lease that was taken over"):
            journal.renew(lease, moment(60), 60.0)
        journal.release(lease)
        with MustRaise(
            LeaseHeld, "release() of a lease that was lost must not free the keys of its new holder"
        ):
            journal.take(("a",), FAR, moment(61), 60.0)
        assert taken.fence > lease.fence, "a lease that was taken over must have a higher fence"

    def test_renewed_lease_lasts(self, journal: Journal) -> None:
        """A renewed lease lasts from the moment of renewal, with the same fence and the same beginning."""
        lease = journal.take(("a", "b"), FAR, START, 60.0)
        renewed = journal.renew(lease, moment(50), 60.0)
        assert renewed == evolve(lease, until=moment(110)), "renew() must change nothing but the end"
        with MustRaise(LeaseHeld, "renew() must make a lease last from the moment of renewal") as caught:
            self.again(journal).take(("b",), OTHER, moment(109), 60.0)
        assert caught.value.since == START, "renew() must keep since when the lease is held"

    def test_released_keys_are_free(self, journal: Journal) -> None:
        """A lease that was given back is free at once; giving it back again is no error."""
        lease = journal.take(("a",), FAR, START, 60.0)
        journal.release(lease)
        journal.release(lease)
        with MustRaise(LeaseLost, "renew() must raise LeaseLost for a lease that was given back"):
            journal.renew(lease, moment(1), 60.0)
        taken = self.again(journal).take(("a",), OTHER, moment(1), 60.0)
        assert taken.holder == OTHER, "a released key must be free at once"

    def test_dead_holder_is_replaced(self, journal: Journal) -> None:
        """The lease of a process of this host that ended is taken at once."""
        journal.take(("a",), dead_process(journal), START, 3600.0)
        line = "take() must replace a holder of this host that is provably dead"
        with MustPass(line):
            lease = self.again(journal).take(("a", "b"), journal.worker(), moment(1), 60.0)
            assert lease.keys == ("a", "b"), line

    def test_reused_pid_is_another_process(self, journal: Journal) -> None:
        """A living process that only has the holder's number is not the holder."""
        journal.take(("a",), evolve(dead_process(journal), pid=os.getpid()), START, 3600.0)
        line = "take() must compare the start of the process, not only its number"
        with MustPass(line):
            lease = journal.take(("a",), journal.worker(), moment(1), 60.0)
            assert lease.keys == ("a",), line

    @pytest.mark.parametrize("who", ["alive", "on another host"])
    def test_doubtful_holder_stays(self, journal: Journal, who: str) -> None:
        """A holder that lives, or of which nothing is known, keeps its lease."""
        holder = journal.worker() if who == "alive" else evolve(dead_process(journal), host="far.example")
        journal.take(("a",), holder, START, 3600.0)
        with MustRaise(
            LeaseHeld, "take() must leave its lease to a holder that lives, or of which nothing is known"
        ):
            self.again(journal).take(("a",), OTHER, moment(1), 60.0)

    def test_one_of_many_takes(self, journal: Journal) -> None:
        """Of workers that want the same key at the same moment exactly one gets it."""

        def attempt(number: int) -> bool:
            holder = evolve(FAR, worker=str(number))
            try:
                self.again(journal).take(("shared", f"own {number}"), holder, START, 60.0)
            except LeaseHeld:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            taken = list(pool.map(attempt, range(8)))
        assert taken.count(True) == 1, "take() must be atomic: one worker gets the key, all others LeaseHeld"
