"""Who would be decided differently under another rulebook: counts of what was and what would be decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from eligibility.model.policy import Kind, Policy
from eligibility.model.truth import Truth


@dataclass(frozen=True, slots=True)
class Said:
    """What was, or would be, decided of a person; codes sorted and joined by `;`."""

    outcome: str
    reasons: str
    refuted: str
    open: str

    def mark(self, clause: str) -> Truth:
        """The mark of a clause that the rulebook has."""
        if clause in self.refuted.split(";"):
            return Truth.REFUTED
        return Truth.OPEN if clause in self.open.split(";") else Truth.PROVEN


@dataclass(frozen=True, slots=True)
class Shift:
    """Persons of one street with one old profile and one vector of newly judged marks."""

    street: str
    profile: str
    keys: tuple[int, ...]
    persons: int
    before: Said
    after: Said

    @property
    def turned(self) -> bool:
        """Whether the outcome changes."""
        return self.before.outcome != self.after.outcome

    @property
    def reasoned(self) -> bool:
        """Whether the outcome stays and only its reasons change."""
        return not self.turned and self.before.reasons != self.after.reasons


Turn = tuple[str, str]
"""Old outcome and new outcome."""


@dataclass(frozen=True, slots=True)
class ClauseTurn:
    """Persons with another outcome for whom a clause's mark goes from `before` to `after` (None: no such clause)."""

    clause: str
    before: Truth | None
    after: Truth | None
    persons: int


@dataclass(frozen=True, slots=True)
class ReasonTurn:
    """Persons for whom a reason (of outcome or review) falls away, and for whom it is new."""

    reason: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Impact:
    """The counts of one comparison. `matrix` also holds persons whose outcome stays."""

    old: Policy
    new: Policy
    persons: int
    matrix: dict[Turn, int]
    streets: dict[str, dict[Turn, int]]
    clauses: tuple[ClauseTurn, ...]
    reasons: tuple[ReasonTurn, ...]
    reasons_only: int

    @property
    def changed(self) -> int:
        """Persons with another outcome."""
        return sum(persons for (before, after), persons in self.matrix.items() if before != after)

    @property
    def turns(self) -> dict[Turn, int]:
        """Persons by old and new outcome where these differ, most persons first."""
        found = {turn: persons for turn, persons in self.matrix.items() if turn[0] != turn[1]}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def as_json(self) -> dict[str, Any]:
        """The counts as plain data."""
        return {
            "old": {"id": self.old.id, "sha256": self.old.sha256},
            "new": {"id": self.new.id, "sha256": self.new.sha256},
            "as_of": self.new.as_of.isoformat(),
            "persons": self.persons,
            "changed": self.changed,
            "reasons_only": self.reasons_only,
            "turns": _turns(self.turns),
            "streets": [{"street": street, "turns": _turns(turns)} for street, turns in self.streets.items()],
            "clauses": [
                {"clause": c.clause, "old": c.before, "new": c.after, "persons": c.persons} for c in self.clauses
            ],
            "reasons": [{"reason": r.reason, "lost": r.before, "new": r.after} for r in self.reasons],
        }


def impact(old: Policy, new: Policy, shifts: Iterable[Shift]) -> Impact:
    """Count the shifts by outcome, street, clause and reason; streets with changes only, most persons first."""
    given = list(shifts)
    turned = [one for one in given if one.turned]
    matrix: Counter[Turn] = Counter()
    streets: dict[str, Counter[Turn]] = {}
    for one in given:
        matrix[one.before.outcome, one.after.outcome] += one.persons
    for one in turned:
        streets.setdefault(one.street, Counter())[one.before.outcome, one.after.outcome] += one.persons
    return Impact(
        old,
        new,
        sum(one.persons for one in given),
        dict(matrix),
        {street: dict(streets[street]) for street in sorted(streets, key=lambda s: (-streets[s].total(), s))},
        _by_clause(old, new, turned),
        _by_reason(turned),
        sum(one.persons for one in given if one.reasoned),
    )


def _turns(turns: dict[Turn, int]) -> list[dict[str, Any]]:
    return [{"old": before, "new": after, "persons": persons} for (before, after), persons in turns.items()]


def _by_clause(old: Policy, new: Policy, turned: list[Shift]) -> tuple[ClauseTurn, ...]:
    counted: Counter[tuple[str, Truth | None, Truth | None]] = Counter()
    for one in turned:
        for clause in _clauses(old, new):
            before = one.before.mark(clause) if clause in old.clauses else None
            after = one.after.mark(clause) if clause in new.clauses else None
            if before is not after:
                counted[clause, before, after] += one.persons
    ordered = sorted(counted.items(), key=lambda item: (-item[1], str(item[0])))
    return tuple(ClauseTurn(*turn, persons) for turn, persons in ordered)


def _clauses(old: Policy, new: Policy) -> Iterator[str]:
    """Clauses of either rulebook; an exception has no mark of its own in a decision."""
    for name in dict.fromkeys([*new.clauses, *old.clauses]):
        if (new.clauses.get(name) or old.clauses[name]).kind is not Kind.EXCEPTION:
            yield name


def _by_reason(turned: list[Shift]) -> tuple[ReasonTurn, ...]:
    lost: Counter[str] = Counter()
    gained: Counter[str] = Counter()
    for one in turned:
        before, after = (set(filter(None, said.reasons.split(";"))) for said in (one.before, one.after))
        lost.update(dict.fromkeys(before - after, one.persons))
        gained.update(dict.fromkeys(after - before, one.persons))
    names = sorted(lost.keys() | gained.keys(), key=lambda name: (-max(lost[name], gained[name]), name))
    return tuple(ReasonTurn(name, lost[name], gained[name]) for name in names)
