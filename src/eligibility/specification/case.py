"""What a scenario has said of one person, and the rulebooks and households it may speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from eligibility.domain.finding import Text, Unusable
from eligibility.domain.measures import BadMeasure
from eligibility.domain.policy import FactSpec, Policy
from eligibility.rulebook import load_policy, read_case
from eligibility.rulebook.case import fact_named, read_value, unknown_row
from eligibility.rulebook.problems import nearest

HOUSEHOLD = "其余条件.yaml"
"""The household that `其余条件均已成立` speaks of, beside the features of a regime."""


class BadSentence(Exception):
    """A sentence that cannot be executed: unknown, or with a name or value that nothing bears."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.zh)
        self.said = said


@dataclass(frozen=True, slots=True)
class Asked:
    """The rulebook asked by name, the day of decision, and the parameters tried with other values."""

    rulebook: str
    day: date
    trying: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One person before one rulebook: columns of fact.persons; `facts` None where the rulebook is not in force."""

    asked: Asked
    facts: tuple[tuple[str, object], ...] | None


@dataclass(slots=True)
class Said:
    """What the sentences of one scenario have said so far."""

    stated: dict[str, str] = field(default_factory=dict)
    trying: dict[str, str] = field(default_factory=dict)
    others_hold: bool = False
    rulebook: str = ""
    day: date | None = None

    @property
    def asked(self) -> Asked:
        """What is asked; BadSentence before the scenario has asked for a decision."""
        if self.day is None:
            raise BadSentence(Text("场景没有“当……审核”一句", "the scenario never asks for a decision"))
        return Asked(self.rulebook, self.day, tuple(sorted(self.trying.items())))


class Shelf:
    """The rulebooks that scenarios name, on each day asked, and their households; everything is read once.

    The rulebook under test answers to its own name and to that of the folder of features, so that a copy can be tested
    by the features of its model. A scenario that asks any other is refused: it would test something else.
    """

    def __init__(self, rules: Path, features: Path) -> None:
        self.rules, self.features = rules, features
        self._policies: dict[Asked, Policy | Unusable] = {}
        self._households: dict[Asked, dict[str, object]] = {}

    def policy(self, asked: Asked) -> Policy | None:
        """The policy asked; None where the rulebook is not in force on that day.

        Raises BadSentence where another rulebook is asked, Unusable where the rule files are wrong.
        """
        if asked not in self._policies:
            self._check(asked)
            try:
                self._policies[asked] = load_policy(self.rules, as_of=asked.day, trying=dict(asked.trying))
            except Unusable as bad:
                self._policies[asked] = bad
        found = self._policies[asked]
        if not isinstance(found, Unusable):
            return found
        if all(finding.code == "not_in_force" for finding in found.findings):
            return None
        raise found

    def case(self, said: Said) -> Case:
        """The row of facts that the scenario states. A fact stated nowhere is not known. Raises BadSentence."""
        asked = said.asked
        policy = self.policy(asked)
        if policy is None:
            return Case(asked, None)
        row = dict(self._household(asked, policy)) if said.others_hold else unknown_row(policy)
        for name, value in said.stated.items():
            try:
                row |= read_value(value, _fact(name, policy), policy)
            except BadMeasure as bad:
                raise BadSentence(bad.said) from None
        return Case(asked, tuple(row.items()))

    def _check(self, asked: Asked) -> None:
        names = (self.rules.resolve().name, self.features.resolve().name)
        if asked.rulebook not in names:
            zh = f"场景审核的是“{asked.rulebook}”，不是本规则“{names[0]}”"
            raise BadSentence(Text(zh, f"the scenario asks “{asked.rulebook}”, not this rulebook “{names[0]}”"))

    def _household(self, asked: Asked, policy: Policy) -> Mapping[str, object]:
        if asked not in self._households:
            self._households[asked] = read_case(self.features / HOUSEHOLD, policy)
        return self._households[asked]


def known(name: str, names: Mapping[str, object], what: Text) -> str:
    """`name` itself where something bears it: a misspelt name must not make a sentence true or false by accident."""
    if name in names:
        return name
    raise BadSentence(_no_such(name, names, what))


def _fact(name: str, policy: Policy) -> FactSpec:
    spec = fact_named(name, policy)
    if spec is None:
        names = {title: None for one in policy.facts.values() for title in (one.id, one.title)}
        raise BadSentence(_no_such(name, names, Text("事实", "fact")))
    return spec


def _no_such(name: str, names: Mapping[str, object], what: Text) -> Text:
    near = nearest(name, names)
    zh, en = (f"；是否应为“{near}”？", f"; did you mean “{near}”?") if near else ("", "")
    return Text(f"没有{what.zh}“{name}”{zh}", f"there is no {what.en} “{name}”{en}")
