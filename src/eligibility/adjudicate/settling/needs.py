"""What one profile needs: its minimal sets of answers, and of papers, with a memo over the profiles of a policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from eligibility.adjudicate.settling.implicants import either, every, minimal
from eligibility.adjudicate.settling.papers import PaperWay, Request, Requests, Ways
from eligibility.adjudicate.settling.questions import Marks, Questions
from eligibility.adjudicate.settling.towards import SETTLED, Change, Sets
from eligibility.domain.policy import Policy


@dataclass(frozen=True)
class Need:
    """What would settle one open case.

    `changes` are the minimal sets of answers, `requests` what is asked for each question, `ways` the minimal sets of
    papers: a set of papers answers a question when it closes every request for it.
    """

    changes: tuple[Change, ...]
    requests: Mapping[int, tuple[Request, ...]]
    ways: tuple[PaperWay, ...]

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The codes of all papers of all minimal sets, sorted."""
        return tuple(sorted({paper for way in self.ways for paper in way.documents}))

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The codes of all bodies that supply one of them, sorted."""
        return tuple(sorted({body for way in self.ways for _, bodies in way.papers for body in bodies}))


class Needs:
    """Answers, for one policy, what would settle its open profiles; equal open parts are worked out once."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.questions = Questions(policy)
        self.sets = Sets(self.questions)
        self._requests = Requests(self.questions)
        self._bit = {paper: 1 << i for i, paper in enumerate(policy.documents)}
        self._kept: dict[tuple[int, int], Need] = {}
        self._families: dict[Ways, list[int]] = {}
        self._together: dict[frozenset[int], list[int]] = {}
        self._sets: dict[tuple[str, frozenset[frozenset[int]]], tuple[PaperWay, ...]] = {}

    def of(self, marks: Marks) -> Need:
        """What would settle the case of these marks."""
        now = self.questions.now(marks)
        changes = self.sets.settling(now)
        requests = self._requests.of(marks, self.questions.waiting(now))
        key = id(changes), id(requests)  # both are kept for good, and equal ones are the same
        if key not in self._kept:
            self._kept[key] = Need(tuple(changes), requests, tuple(self._ways(changes, requests)))
        return self._kept[key]

    def papers_for(self, change: Change, requests: Mapping[int, tuple[Request, ...]]) -> tuple[PaperWay, ...]:
        """The minimal sets of papers that give the answers of one change."""
        return self._papers_of(change.outcome, [change], requests)

    def _ways(self, changes: Sequence[Change], requests: Mapping[int, tuple[Request, ...]]) -> Iterable[PaperWay]:
        for outcome in SETTLED:
            towards = [change for change in changes if change.outcome is outcome]
            yield from self._papers_of(outcome, towards, requests)

    def _papers_of(
        self, outcome: str, changes: Sequence[Change], requests: Mapping[int, tuple[Request, ...]]
    ) -> tuple[PaperWay, ...]:
        """One set of requests a change, all of which its papers must close; kept, for few such sets occur."""
        wanted = [_wanted(change, requests) for change in changes]
        asked = [one for one in wanted if one]
        key = outcome, frozenset(frozenset(map(id, one)) for one in asked)
        if key not in self._sets:
            family = either(self._closing(one) for one in asked)
            self._sets[key] = tuple(self._worded(outcome, family, list(chain(*asked))))
        return self._sets[key]

    def _closing(self, requests: Sequence[Request]) -> list[int]:
        """The minimal sets of papers that close all the requests."""
        key = frozenset(map(id, requests))
        if key not in self._together:
            self._together[key] = every(self._family(one) for one in requests)
        return self._together[key]

    def _family(self, request: Request) -> list[int]:
        if request.ways not in self._families:
            self._families[request.ways] = minimal(sum(self._bit[paper] for paper in set(way)) for way in request.ways)
        return self._families[request.ways]

    def _worded(self, outcome: str, family: Sequence[int], asked: Sequence[Request]) -> Iterable[PaperWay]:
        bodies: dict[str, set[str]] = {}
        for request in {id(one): one for one in asked}.values():
            for paper, suppliers in request.suppliers.items():
                bodies.setdefault(paper, set()).update(suppliers)
        supplied = [(self._bit[paper], (paper, tuple(sorted(bodies[paper])))) for paper in sorted(bodies)]
        for mask in family:
            yield PaperWay(str(outcome), tuple(paper for bit, paper in supplied if mask & bit))


def _wanted(change: Change, requests: Mapping[int, tuple[Request, ...]]) -> list[Request]:
    """All requests for the questions of a change; none where some question is asked by nobody's paper."""
    found = [requests.get(number, ()) for number in change.questions]
    return list(chain(*found)) if all(found) else []
