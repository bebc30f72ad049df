"""A rulebook as symbols: for what is known of a person, the mark of every condition and clause, the outcome, the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import z3

from eligibility.model.formula import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    Formula,
    Named,
    Not,
    Within,
    conditions_named,
    unset,
    walk,
)
from eligibility.model.policy import Clause, Kind, Policy
from eligibility.proving.calendar import NotExpressible
from eligibility.proving.knowledge import FALSE, TRUE, Knowledge, Words, fresh_knowledge
from eligibility.proving.marks import PROVEN, Encoder, Rails, conjunction, disjunction, negation

OUTCOMES = ("not_eligible", "manual_review", "register", "eligible")
"""The four outcomes, the worst for the person first."""

DEMANDS = (Kind.REQUIREMENT, Kind.EXCLUSION)
POLICY_UNSET = "policy_unset"


@dataclass(frozen=True, slots=True)
class GivenReason:
    """One place of a clause that gives a review reason, and when it does; `of`: the clause that is under review."""

    reason: str
    clause: str
    of: str
    when: z3.BoolRef


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from what is known; `whens` are the six ways to an outcome, as the rule engine has them."""

    conditions: Mapping[str, Rails]
    clauses: Mapping[str, Rails]
    outcomes: Mapping[str, z3.BoolRef]
    whens: tuple[tuple[str, z3.BoolRef], ...]
    reasons: tuple[GivenReason, ...]

    def given(self, reason: str) -> z3.BoolRef:
        """The reason is given."""
        whens = [each.when for each in self.reasons if each.reason == reason]
        return z3.Or(*whens) if whens else FALSE

    @property
    def decided(self) -> z3.BoolRef:
        """The outcome is another than manual review."""
        return z3.Not(self.outcomes["manual_review"])


@dataclass(slots=True)
class Symbols:
    """A policy with what is known of one person: `without` clauses, or with other marks of conditions, decided anew."""

    policy: Policy
    knowledge: Knowledge
    encoder: Encoder
    conditions: dict[str, Rails] = field(default_factory=dict)

    @property
    def possible(self) -> z3.BoolRef:
        """The ranges are in order, and the symbols of the conditions are what they stand for."""
        return z3.And(self.knowledge.valid, *self.encoder.definitions)

    def decision(
        self, *, without: Iterable[str] = (), marks: Mapping[str, Rails] | None = None, with_reasons: bool = False
    ) -> Decision:
        """The decision by the clauses, but for those `without`, with other marks for some conditions.

        Reasons are many symbols: they are left out but where they are asked for.
        """
        left_out = frozenset(without)
        own = {**self.conditions, **(marks or {})}
        clauses = {name: self._demand(clause, own, left_out) for name, clause in self.policy.clauses.items()}
        kept = [clause for clause in self.policy.clauses.values() if clause.id not in left_out]
        demands, refers, registers = (
            conjunction([clauses[clause.id] for clause in kept if clause.kind in kinds])
            for kinds in (DEMANDS, (Kind.REFER,), (Kind.REGISTER, Kind.ELSEWHERE))
        )
        whens = (
            ("not_eligible", demands.refuted),
            ("manual_review", demands.open),
            ("manual_review", z3.And(demands.proven, refers.refuted)),
            ("manual_review", z3.And(demands.proven, refers.open)),
            ("manual_review", z3.And(demands.proven, refers.proven, registers.open)),
            ("register", z3.And(demands.proven, refers.proven, registers.refuted)),
            ("eligible", z3.And(demands.proven, refers.proven, registers.proven)),
        )
        outcomes = {name: z3.Or(*[when for to, when in whens if to == name]) for name in OUTCOMES}
        explained = kept if with_reasons else []
        reasons = tuple(
            reason
            for clause in explained
            for reason in self._reasons(clause, own, clauses, registers, outcomes, left_out)
        )
        return Decision(own, clauses, outcomes, whens, reasons)

    def formula(self, formula: Formula, marks: Mapping[str, Rails]) -> Rails:
        """The Kleene value of a clause's formula."""
        match formula:
            case Named(id=name):
                return marks[name]
            case Not(of=inner):
                return negation(self.formula(inner, marks))
            case AllOf(of=parts):
                return conjunction([self.formula(part, marks) for part in parts])
            case AnyOf(of=parts):
                return disjunction([self.formula(part, marks) for part in parts])
        raise NotExpressible(f"a clause may only name conditions: {formula!r}")

    def _own(self, clause: Clause, marks: Mapping[str, Rails]) -> Rails:
        own = self.formula(clause.deciding, marks)
        return negation(own) if clause.kind.negated else own

    def _lifting(self, clause: Clause, left_out: frozenset[str]) -> list[Clause]:
        if clause.kind is Kind.EXCEPTION:
            return []
        others = self.policy.clauses.values()
        return [e for e in others if e.kind is Kind.EXCEPTION and e.excepts == clause.id and e.id not in left_out]

    def _demand(self, clause: Clause, marks: Mapping[str, Rails], left_out: frozenset[str]) -> Rails:
        if clause.id in left_out:
            return PROVEN
        lifting = [self.formula(e.deciding, marks) for e in self._lifting(clause, left_out)]
        own = self._own(clause, marks)
        return disjunction([own, *lifting]) if lifting else own

    def _reasons(  # noqa: PLR0913, PLR0917 - what the reasons of a clause rest on
        self,
        clause: Clause,
        marks: Mapping[str, Rails],
        clauses: Mapping[str, Rails],
        registers: Rails,
        outcomes: Mapping[str, z3.BoolRef],
        left_out: frozenset[str],
    ) -> Iterable[GivenReason]:
        mark, own = clauses[clause.id], self._own(clause, marks)
        match clause.kind:
            case Kind.EXCEPTION:
                return
            case Kind.REFER:
                asks = z3.Not(mark.proven)
            case Kind.REGISTER | Kind.ELSEWHERE:
                asks = z3.And(mark.open, z3.Not(registers.refuted))
            case _:
                asks = mark.open
        asks = z3.And(outcomes["manual_review"], asks)
        if clause.kind is Kind.REFER:
            for reason in clause.on_refuted:
                yield GivenReason(reason, clause.id, clause.id, z3.And(asks, own.refuted))
        sources = [(clause, own)]
        sources += [(e, self.formula(e.deciding, marks)) for e in self._lifting(clause, left_out)]
        for source, rails in sources:
            yield from self._open_reasons(source, clause.id, z3.And(asks, mark.open, rails.open), marks)

    def _open_reasons(
        self, clause: Clause, of: str, asks: z3.BoolRef, marks: Mapping[str, Rails]
    ) -> Iterable[GivenReason]:
        premises = [(option.reason, self.formula(option.when, marks).proven) for option in clause.on_open]
        for reason, premise in premises:
            yield GivenReason(reason, clause.id, of, z3.And(asks, premise))
        none = z3.Not(z3.Or(*[premise for _, premise in premises])) if premises else TRUE
        for reason in clause.otherwise:
            yield GivenReason(reason, clause.id, of, z3.And(asks, none))
        for name in conditions_named(clause.when):
            if unset(self.policy.conditions[name].expression):
                yield GivenReason(POLICY_UNSET, clause.id, of, z3.And(asks, marks[name].open))


def symbols_of(policy: Policy, name: str, words: Words, knowledge: Knowledge | None = None) -> Symbols:
    """The policy over anything that may be known of a person. Raises NotExpressible on a formula that has no encoding."""
    if knowledge is None:
        knowledge = fresh_knowledge(name, policy.facts.values(), words, words_named(policy))
    encoder = Encoder(knowledge)
    conditions = {each.id: encoder.rails(each.expression) for each in policy.conditions.values()}
    return Symbols(policy, knowledge, encoder, conditions)


def words_named(*policies: Policy) -> dict[str, set[str]]:
    """The words that the conditions compare each choice with."""
    named: dict[str, set[str]] = {}
    for policy in policies:
        for condition in policy.conditions.values():
            for part in walk(condition.expression):
                match part:
                    case Compare(left=FactRef(id=fact), right=Constant(value=str() as word)):
                        named.setdefault(fact, set()).add(word)
                    case Compare(left=Constant(value=str() as word), right=FactRef(id=fact)):
                        named.setdefault(fact, set()).add(word)
                    case Within(fact=FactRef(id=fact), values=Constant(value=tuple() as listed)):
                        named.setdefault(fact, set()).update(listed)
    return named
