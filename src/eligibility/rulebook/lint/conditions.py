"""Conditions that come out the same for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import AllOf, Constant, Formula, Holds
from eligibility.model.truth import Truth
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.expression import UNREADABLE
from eligibility.rulebook.lint.kleene import mark_of
from eligibility.rulebook.lint.noted import noted
from eligibility.rulebook.lint.points import Ground, known_rows
from eligibility.rulebook.problems import RuleFinding

_REMEDY = Bilingual(
    "检查比较的方向、and / or 与数值；确实如此则删去这个条件",
    "check the direction, and / or, and the numbers; delete the condition if it is meant",
)
_SAYS = {
    Truth.PROVEN: ("always_proven", Bilingual("对任何人都成立", "is proven of everybody")),
    Truth.REFUTED: ("always_refuted", Bilingual("对任何人都不成立", "is refuted of everybody")),
}
_NO_LONGER = Holds(Constant(value=False))


def constant_conditions(draft: Draft) -> Iterator[RuleFinding]:
    """Conditions with one answer whatever the facts, and whatever value of those on file the parameters have."""
    for name, formula in expressions(draft).items():
        answer = answer_of(formula, ground_of(draft))
        if answer in _SAYS:
            code, result = _SAYS[answer]
            entry = draft.conditions.entries[name]
            problem = Bilingual(f"条件“{entry.body.title}”{result.zh}", f"condition {name} {result.en}")
            yield from noted(entry, code, "expression", problem, _REMEDY)


def expressions(draft: Draft) -> dict[str, Formula]:
    """The formulas of the conditions that could be read, as they stand while a `while_unset` parameter is unset."""
    by_name = {name: condition.expression for name, condition in draft.compiled.items()}
    return {name: _as_written(formula) for name, formula in by_name.items() if not _broken(formula)}


def answer_of(formula: Formula, ground: Ground) -> Truth | None:
    """The only answer other than open that the formula has; None where it has both, or was too much to try."""
    rows = known_rows([formula], ground)
    marks: set[Truth] = set()
    for row in rows or ():
        marks.add(mark_of(formula, row))
        if {Truth.PROVEN, Truth.REFUTED} <= marks:
            return None
    answers = marks - {Truth.OPEN}
    return answers.pop() if len(answers) == 1 else None


def ground_of(draft: Draft) -> Ground:
    """What the formulas of a draft are about."""
    return Ground(draft.fact_specs, draft.timelines)


def _as_written(formula: Formula) -> Formula:
    match formula:
        case AllOf(of=(inner, last)) if last == _NO_LONGER:
            return inner
    return formula


def _broken(formula: Formula) -> bool:
    return formula == UNREADABLE
