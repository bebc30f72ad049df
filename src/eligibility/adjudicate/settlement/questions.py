"""The questions of a policy, and each clause as families of answers that prove or refute it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eligibility.adjudicate.settlement.prime_implicants import consistent, either, every, minimal, proven, refuted
from eligibility.model.formula import conditions_named
from eligibility.model.policy import AllOf, AnyOf, Clause, Formula, Kind, Named, Not, Policy
from eligibility.model.truth import Truth

Marks = Mapping[str, Truth]


@dataclass(frozen=True, slots=True)
class Question:
    """One comparison on facts, with the ids of its conditions; or the override of a refer clause (`override`).

    `clauses` are those that read it; `can_be_refuted` is false if papers can only prove it.
    """

    conditions: tuple[str, ...]
    clauses: tuple[str, ...]
    override: bool = False
    can_be_refuted: bool = True


@dataclass(frozen=True, slots=True)
class Demand:
    """A clause as a demand: the families of answers that prove and that refute it, and the bits of all literals it reads."""

    clause: Clause
    proven: tuple[int, ...]
    refuted: tuple[int, ...]
    reads: int

    def mark(self, now: int) -> Truth:
        """Return the mark of the demand if the literals `now` hold; an override is not a literal of the papers."""
        if any(not implicant & ~now for implicant in self.proven):
            return Truth.PROVEN
        return Truth.REFUTED if any(not implicant & ~now for implicant in self.refuted) else Truth.OPEN


class Questions:
    """The numbered questions of the clauses of one policy; overrides come last."""

    def __init__(self, policy: Policy) -> None:
        """Compile the clauses; a policy must not be changed after that."""
        self.policy = policy
        self.numbers = _numbers(policy)
        deciding = [clause for clause in policy.clauses.values() if clause.kind is not Kind.EXCEPTION]
        refers = [clause.id for clause in deciding if clause.kind is Kind.REFER]
        first = max(self.numbers.values(), default=-1) + 1
        self.overrides = {clause: first + i for i, clause in enumerate(refers)}
        self.even = sum(1 << 2 * i for i in range(first + len(refers)))
        self.all = [*self._comparisons(first), *(Question((), (clause,), override=True) for clause in refers)]
        self._bits = {
            condition: {Truth.OPEN: 0, Truth.PROVEN: proven(number), Truth.REFUTED: refuted(number)}
            for condition, number in self.numbers.items()
        }
        self.demands = [self._demand(clause) for clause in deciding]
        self.answers = sum(
            proven(i) | (refuted(i) if question.can_be_refuted and not question.override else 0)
            for i, question in enumerate(self.all)
        )
        """Every literal that can ever be true."""
        self._marks: dict[tuple[int, int], Truth] = {}
        self._waiting: dict[int, Mapping[str, Truth]] = {}

    def now(self, marks: Marks) -> int:
        """Return the literals that hold under these marks.

        Raises ValueError if conditions of one expression have contrary marks, which no facts can produce.
        """
        literals = 0
        for condition, bits in self._bits.items():
            literals |= bits[marks[condition]]
        if literals & literals >> 1 & self.even:
            raise ValueError("conditions of one expression have contrary marks")
        return literals

    def waiting(self, now: int) -> Mapping[str, Truth]:
        """Return the clauses that are not proven, with their marks as demands (without exceptions)."""
        if now not in self._waiting:
            self._waiting[now] = dict(self._unproven(now))
        return self._waiting[now]

    def _unproven(self, now: int) -> Iterator[tuple[str, Truth]]:
        for index, demand in enumerate(self.demands):
            key = index, now & demand.reads
            if key not in self._marks:
                self._marks[key] = demand.mark(now)
            if self._marks[key] is not Truth.PROVEN:
                yield demand.clause.id, self._marks[key]

    def of(self, literals: int) -> list[int]:
        """Return the numbers of the questions that the literals answer, in order."""
        return [i for i in range(len(self.all)) if literals >> 2 * i & 3]

    def _comparisons(self, count: int) -> list[Question]:
        questions: list[Question] = []
        for number in range(count):
            ids = tuple(condition for condition, assigned in self.numbers.items() if assigned == number)
            readers = tuple(
                c.id for c in self.policy.clauses.values() if not set(ids).isdisjoint(conditions_named(c.deciding))
            )
            never = any(self.policy.conditions[condition].never_refuted(self.policy) for condition in ids)
            questions.append(Question(ids, readers, can_be_refuted=not never))
        return questions

    def _demand(self, clause: Clause) -> Demand:
        own = self._families(clause.deciding)
        yes, no = own[::-1] if clause.kind.negated else own
        lifting = [self._families(e.deciding) for e in exceptions_to(self.policy, clause)]
        yes = either([yes, *(family for family, _ in lifting)])
        no = consistent(every([no, *(family for _, family in lifting)]), self.even)
        reads = 0
        for implicant in (*yes, *no):
            reads |= implicant | (implicant & self.even) << 1 | implicant >> 1 & self.even
        if clause.id in self.overrides:
            yes = minimal([*yes, proven(self.overrides[clause.id])])
        return Demand(clause, tuple(yes), tuple(no), reads)

    def _families(self, formula: Formula) -> tuple[list[int], list[int]]:
        """Return the families of answers that prove and that refute a formula (dual-rail)."""
        match formula:
            case Named(id=condition):
                return [proven(self.numbers[condition])], [refuted(self.numbers[condition])]
            case Not(of=inner):
                return self._families(inner)[::-1]
            case AllOf(of=parts):
                pairs = [self._families(part) for part in parts]
                return consistent(every(p for p, _ in pairs), self.even), either(r for _, r in pairs)
            case AnyOf(of=parts):
                pairs = [self._families(part) for part in parts]
                return either(p for p, _ in pairs), consistent(every(r for _, r in pairs), self.even)
            case _:
                raise TypeError(f"a clause contains conditions only, not {formula!r}")


def exceptions_to(policy: Policy, clause: Clause) -> list[Clause]:
    """Return the exceptions of a clause."""
    return [e for e in policy.clauses.values() if e.kind is Kind.EXCEPTION and e.excepts == clause.id]


def _numbers(policy: Policy) -> dict[str, int]:
    """Return the question number of each condition named by a clause; equal expressions share one number."""
    named = set().union(*(conditions_named(clause.deciding) for clause in policy.clauses.values()))
    by_expression: dict[Formula, int] = {}
    return {
        condition.id: by_expression.setdefault(condition.expression, len(by_expression))
        for condition in policy.conditions.values()
        if condition.id in named
    }
