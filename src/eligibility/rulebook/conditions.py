"""Fourth pass: compiles conditions from text to formulas over facts."""

from __future__ import annotations

from dataclasses import replace

from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.model.policy import AllOf, AnyOf, Compare, Condition, Constant, Formula, Holds, Not, RestsOn
from eligibility.rulebook.draft import Draft, Entry
from eligibility.rulebook.expression import UNREADABLE, compile_text
from eligibility.rulebook.glossary import unknown
from eligibility.rulebook.problems import finding, misnamed
from eligibility.rulebook.schemas import ConditionShape
from eligibility.rulebook.terms import Terms

_PARAMETER = Bilingual("参数", "parameter")
_SIGNS = {"lt": "<", "le": "<=", None: "<?"}


def compile_conditions(draft: Draft) -> Draft:
    """Compile every condition: resolve names, check types and units, insert the parameter values of the day."""
    wrong: list[Diagnostic] = []
    divisors: list[str] = []
    compiled = {entry.id: _condition(draft, entry, wrong, divisors) for entry in draft.conditions.entries.values()}
    return replace(draft.with_findings(wrong), compiled=compiled, divisors=frozenset(divisors))


def _condition(draft: Draft, entry: Entry[ConditionShape], wrong: list[Diagnostic], divisors: list[str]) -> Condition:
    body, terms = entry.body, Terms(draft, entry.at("expression"), divisors=divisors)
    formula = compile_text(body.expression, terms.leaf, terms.at, wrong)
    if body.comparison and formula != UNREADABLE and _usable(draft, entry, "comparison", body.comparison, wrong):
        formula = _with_comparison(draft, entry, formula, wrong)
        terms.parameters.append(body.comparison)
    if body.while_unset and _usable(draft, entry, "while_unset", body.while_unset, wrong):
        formula = formula if draft.value(body.while_unset) is None else AllOf((formula, Holds(Constant(value=False))))
    return Condition(
        entry.id,
        body.title,
        formula,
        tuple(dict.fromkeys(terms.facts)),
        tuple(dict.fromkeys(terms.parameters)),
        _rests_on(draft, entry, wrong),
        body.title_en,
    )


def _usable(draft: Draft, entry: Entry[ConditionShape], key: str, name: str, wrong: list[Diagnostic]) -> bool:
    wrong.extend(unknown(_PARAMETER, [name], draft.parameters.ids, entry.at(key)))
    known = draft.timelines.get(name)
    if known is not None and key == "comparison" and known.type != "comparison":
        problem = Bilingual(f"“{name}”不是 comparison 类参数", f"{name} is not of type comparison")
        near = [p.id for p in draft.timelines.values() if p.type == "comparison"]
        wrong.append(misnamed("type_mismatch", entry.at(key), problem, name, near))
        return False
    return known is not None


def _with_comparison(draft: Draft, entry: Entry[ConditionShape], formula: Formula, wrong: list[Diagnostic]) -> Formula:
    value = draft.value(entry.body.comparison)
    sign = _SIGNS[value if isinstance(value, str) else None]
    changed, count = _replaced(formula, sign)
    if count != 1:
        problem = Bilingual(
            "带 comparison 的表达式应恰有一处 < 或 <=", "with “comparison” there must be exactly one < or <="
        )
        remedy = Bilingual(
            "只留一处比较，其余写成另一个条件", "leave one comparison; make the others a condition of their own"
        )
        wrong.append(finding("bad_expression", entry.at("expression"), problem, remedy))
    return changed


def _replaced(formula: Formula, sign: str) -> tuple[Formula, int]:
    match formula:
        case Compare(op="<" | "<="):
            return replace(formula, op=sign), 1
        case AllOf(of=parts) | AnyOf(of=parts):
            changed = [_replaced(part, sign) for part in parts]
            return replace(formula, of=tuple(part for part, _ in changed)), sum(count for _, count in changed)
        case Not(of=inner):
            part, count = _replaced(inner, sign)
            return Not(part), count
    return formula, 0


def _rests_on(draft: Draft, entry: Entry[ConditionShape], wrong: list[Diagnostic]) -> tuple[RestsOn, ...]:
    for i, rest in enumerate(entry.body.rests_on):
        wrong.extend(unknown(_PARAMETER, [rest.parameter], draft.parameters.ids, entry.at("rests_on", i, "parameter")))
        where = [rest.where] if rest.where else []
        wrong.extend(
            unknown(Bilingual("条件", "condition"), where, draft.conditions.ids, entry.at("rests_on", i, "where"))
        )
    return tuple(RestsOn(rest.parameter, rest.mark, rest.where) for rest in entry.body.rests_on)
