"""The state of a scenario (stated facts, rulebook, date), and the rulebooks and households that it may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from eligibility.model.diagnostic import Bilingual, InputError
from eligibility.model.errors import EligibilityError
from eligibility.model.policy import FactSpec, Policy
from eligibility.model.units import ValueFormatError
from eligibility.rulebook import load_policy, read_case
from eligibility.rulebook.case import fact_named, read_value, unknown_row
from eligibility.rulebook.problems import nearest

HOUSEHOLD = "其余条件.yaml"
"""File of the household to which `其余条件均已成立` refers, in the folder of features of a regime."""


class SentenceError(EligibilityError):
    """A sentence that cannot be executed: unknown, or with an unknown name or value."""

    def __init__(self, problem: Bilingual) -> None:
        super().__init__(problem.zh)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class EvaluationRequest:
    """Name of the rulebook, day of decision, and parameters with trial values."""

    rulebook: str
    day: date
    trying: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Facts of one person (columns of fact.persons) for one request; `facts` is None if the rulebook is not in force."""

    request: EvaluationRequest
    facts: tuple[tuple[str, object], ...] | None


@dataclass(slots=True)
class ScenarioState:
    """State of one scenario after the sentences executed so far."""

    stated: dict[str, str] = field(default_factory=dict)
    trying: dict[str, str] = field(default_factory=dict)
    others_hold: bool = False
    rulebook: str = ""
    day: date | None = None

    @property
    def request(self) -> EvaluationRequest:
        """The evaluation request; SentenceError if the scenario has not yet asked for a decision."""
        if self.day is None:
            raise SentenceError(Bilingual("场景没有“当……审核”一句", "the scenario never asks for a decision"))
        return EvaluationRequest(self.rulebook, self.day, tuple(sorted(self.trying.items())))


class RulebookLoader:
    """Loads the rulebook under test for each requested day, and its households; each is read once.

    The rulebook is accepted under its own name and that of the folder of features, so that a copy can be tested by the
    features of the original. A scenario that names another rulebook is rejected, since it would test something else.
    """

    def __init__(self, rules: Path, features: Path) -> None:
        self.rules, self.features = rules, features
        self._policies: dict[EvaluationRequest, Policy | InputError] = {}
        self._households: dict[EvaluationRequest, dict[str, object]] = {}

    def policy(self, request: EvaluationRequest) -> Policy | None:
        """Return the requested policy; None if the rulebook is not in force on that day.

        Raises SentenceError if another rulebook is named, InputError if the rule files have errors.
        """
        if request not in self._policies:
            self._check(request)
            try:
                self._policies[request] = load_policy(self.rules, as_of=request.day, trying=dict(request.trying))
            except InputError as bad:
                self._policies[request] = bad
        policy = self._policies[request]
        if not isinstance(policy, InputError):
            return policy
        if all(finding.code == "not_in_force" for finding in policy.findings):
            return None
        raise policy

    def case(self, state: ScenarioState) -> Case:
        """Return the facts that the scenario states; facts not stated are unknown. Raises SentenceError."""
        request = state.request
        policy = self.policy(request)
        if policy is None:
            return Case(request, None)
        row = dict(self._household(request, policy)) if state.others_hold else unknown_row(policy)
        for name, value in state.stated.items():
            try:
                row |= read_value(value, _fact(name, policy), policy)
            except ValueFormatError as bad:
                raise SentenceError(bad.problem) from None
        return Case(request, tuple(row.items()))

    def _check(self, request: EvaluationRequest) -> None:
        names = (self.rules.resolve().name, self.features.resolve().name)
        if request.rulebook not in names:
            zh = f"场景审核的是“{request.rulebook}”，不是本规则“{names[0]}”"
            raise SentenceError(
                Bilingual(zh, f"the scenario asks “{request.rulebook}”, not this rulebook “{names[0]}”")
            )

    def _household(self, request: EvaluationRequest, policy: Policy) -> Mapping[str, object]:
        if request not in self._households:
            self._households[request] = read_case(self.features / HOUSEHOLD, policy)
        return self._households[request]


def known(name: str, names: Mapping[str, object], what: Bilingual) -> str:
    """Return `name` if it exists, else raise SentenceError: a misspelt name must not decide a sentence by accident."""
    if name in names:
        return name
    raise SentenceError(_no_such(name, names, what))


def _fact(name: str, policy: Policy) -> FactSpec:
    spec = fact_named(name, policy)
    if spec is None:
        names = {title: None for fact in policy.facts.values() for title in (fact.id, fact.title)}
        raise SentenceError(_no_such(name, names, Bilingual("事实", "fact")))
    return spec


_FEW = 8
"""Most names that are listed where none is like the wrong one."""


def _no_such(name: str, names: Mapping[str, object], what: Bilingual) -> Bilingual:
    similar = nearest(name, names)
    if similar:
        zh, en = f"；是否应为“{similar}”？", f"; did you mean “{similar}”?"
    elif 0 < len(names) <= _FEW:
        listed = "、".join(str(word) for word in (*names.values(), *names) if word)
        zh, en = f"；可用：{listed}", f"; there are: {listed}"
    else:
        zh, en = "", ""
    return Bilingual(f"没有{what.zh}“{name}”{zh}", f"there is no {what.en} “{name}”{en}")
