"""The sentences of feature files and their meaning, executed both by the program and by the tests.

A pattern's `{name}` matches anything without a quotation mark. Sentences are Chinese; the labels of a report may be
English, the specification is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from eligibility.model.diagnostic import Bilingual
from eligibility.model.truth import Truth
from eligibility.money.words import NOTHING, UNKNOWN, figure_range, money_range
from eligibility.specification.case import ScenarioState, SentenceError, known
from eligibility.specification.case_result import CaseResult, in_force
from eligibility.specification.features import Step, StepType, Table

MARKS = {"成立": Truth.PROVEN, "不成立": Truth.REFUTED, "待核": Truth.OPEN}
"""The words of the three marks."""

NONE, UNSET, UNDECIDED = "无", "未设定", "待定"
_CLASS = Bilingual("类别", "class")

_WORDS = {mark: word for word, mark in MARKS.items()}


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation compared with the result, both in the terms of the policy office."""

    says: str
    expected: str
    actual: str
    holds: bool


Expectation = Callable[[CaseResult | None], Check]
"""A 那么 sentence that can be checked against any result (None: rulebook not in force). May raise SentenceError."""


def apply_step(state: ScenarioState, step: Step) -> Expectation | None:
    """Execute one step: given and when steps change `state`, a then step returns its expectation.

    Raises SentenceError if no sentence has this form, or if a scenario requests a decision twice.
    """
    match step.step_type:
        case StepType.GIVEN:
            _apply(STATEMENTS, state, step)
        case StepType.WHEN:
            _apply(QUESTIONS, state, step)
        case StepType.THEN:
            return expectation(step.text)
    return None


def expectation(text: str) -> Expectation:
    """Return the expectation of a 那么 sentence. Raises SentenceError if no sentence has this form."""
    for pattern, meaning in _EXPECTATIONS:
        if match := pattern.fullmatch(text):
            words = match.groupdict()
            return lambda case_result: meaning(text, words, case_result)
    raise _no_sentence(text, EXPECTATIONS)


def _apply(sentences: dict[str, Callable[..., None]], state: ScenarioState, step: Step) -> None:
    if state.day is not None:
        raise SentenceError(
            Bilingual("“当……审核”之后不能再陈述", "nothing can be stated after the decision was asked for")
        )
    for form, meaning in sentences.items():
        if match := _pattern(form).fullmatch(step.text):
            meaning(state, match.groupdict(), step.table)
            return
    raise _no_sentence(step.text, sentences)


def _state(state: ScenarioState, words: dict[str, str], _table: Table) -> None:
    state.stated[words["事实"]] = words["值"]


def _state_all(state: ScenarioState, _words: dict[str, str], table: Table) -> None:
    if not table or any(len(row) != 2 for row in table):
        raise SentenceError(Bilingual("应有“事实 | 值”两列的表", "a table of two columns, 事实 and 值, is wanted"))
    state.stated.update({fact: value for fact, value in table if (fact, value) != ("事实", "值")})


def _others_hold(state: ScenarioState, _words: dict[str, str], _table: Table) -> None:
    state.others_hold = True


def _try(state: ScenarioState, words: dict[str, str], _table: Table) -> None:
    state.trying[words["参数"]] = "" if words["值"] == UNSET else words["值"]


def _ask(state: ScenarioState, words: dict[str, str], _table: Table) -> None:
    try:
        state.rulebook, state.day = words["规则"], date.fromisoformat(words["日期"])
    except ValueError:
        raise SentenceError(Bilingual(f"“{words['日期']}”不是日期", f"“{words['日期']}” is not a date")) from None


def _condition(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    return _marked(says, words["结论"], in_force(case_result).condition(words["条件"]))


def _clause(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    return _marked(says, words["结论"], in_force(case_result).clause(words["条款"]))


def _marked(says: str, expected: str, mark: Truth) -> Check:
    if expected not in MARKS:
        raise SentenceError(
            Bilingual(f"“{expected}”不是成立、不成立、待核之一", f"“{expected}” is none of {'、'.join(MARKS)}")
        )
    return Check(says, expected, _WORDS[mark], MARKS[expected] is mark)


def _outcome(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    result = in_force(case_result)
    expected = result.outcome_named(words["结论"])
    actual = result.policy.outcomes[result.outcome]
    why = f"（理由：{_listed(result.reasons)}）" if result.reasons and result.outcome != expected else ""
    return Check(says, words["结论"], actual + why, result.outcome == expected)


def _reason_given(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    result = in_force(case_result)
    code = result.reason(words["理由"])
    return Check(says, f"含 {code}", _listed(result.reasons), code in result.reasons)


def _reason_not_given(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    result = in_force(case_result)
    code = result.reason(words["理由"])
    return Check(says, f"不含 {code}", _listed(result.reasons), code not in result.reasons)


def _reasons(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    result = in_force(case_result)
    named = [] if words["理由"] == NONE else [result.reason(code) for code in words["理由"].split("、")]
    expected = tuple(sorted(named))
    return Check(says, _listed(expected), _listed(result.reasons), result.reasons == expected)


def _rests_on(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    result = in_force(case_result)
    name = result.parameter(words["参数"])
    return Check(says, f"列明 {name}", _listed(result.assumed), name in result.assumed)


def _rests_not_on(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    result = in_force(case_result)
    name = result.parameter(words["参数"])
    return Check(says, f"不列 {name}", _listed(result.assumed), name not in result.assumed)


def _not_in_force(says: str, _words: dict[str, str], case_result: CaseResult | None) -> Check:
    actual = (
        "不在施行期内" if case_result is None else f"已施行，结论为{case_result.policy.outcomes[case_result.outcome]}"
    )
    return Check(says, "不在施行期内", actual, case_result is None)


def _class(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    result = in_force(case_result)
    classes = result.policy.classes
    reached = result.class_found()
    titles = {item.title: item.id for item in classes.values()}
    named = words["类别"]
    expected = named if named in (NONE, UNDECIDED) else known(titles.get(named, named), classes, _CLASS)
    actual = reached.id or (UNDECIDED if reached.possible else NONE)
    shown = classes[actual].title if actual in classes else actual
    return Check(says, named, shown, actual == expected)


def _benefit(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    reckoned = in_force(case_result).benefit(words["补助"])
    if reckoned is None:
        return _amounts(says, words["金额"], NOTHING)
    open_ = reckoned.entitled is Truth.OPEN
    return _amounts(says, words["金额"], UNKNOWN if open_ else money_range(reckoned.low, reckoned.high))


def _benefit_step(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    reckoned = in_force(case_result).benefit(words["补助"])
    if reckoned is None:
        return _amounts(says, words["数"], NOTHING)
    steps = {name: made for made in reckoned.steps for name in (made.step.id, made.step.title)}
    made = steps[known(words["步骤"], steps, Bilingual("步骤", "step"))]
    return _amounts(says, words["数"], figure_range(made.amount.low, made.amount.high, made.step.unit))


def _benefit_part(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    reckoned = in_force(case_result).benefit(words["补助"])
    if reckoned is None:
        return _amounts(says, words["金额"], NOTHING)
    parts = {name: part for part in reckoned.parts for name in (part.payer, part.title)}
    part = parts[known(words["出资方"], parts, Bilingual("出资方", "payer"))]
    return _amounts(says, words["金额"], money_range(part.low, part.high))


def _benefit_rests(says: str, words: dict[str, str], case_result: CaseResult | None) -> Check:
    result = in_force(case_result)
    reckoned, name = result.benefit(words["补助"]), result.parameter(words["参数"])
    assumed = () if reckoned is None else reckoned.assumed
    return Check(says, f"列明 {name}", _listed(assumed), name in assumed)


def _amounts(says: str, expected: str, actual: str) -> Check:
    """Compare amounts as written; marks of thousands and blanks mean nothing."""
    folded = [re.sub(r"[,，\s]", "", text) for text in (expected, actual)]
    return Check(says, expected, actual, folded[0] == folded[1])


STATEMENTS: dict[str, Callable[[ScenarioState, dict[str, str], Table], None]] = {
    '申请人的"{事实}"为"{值}"': _state,
    "申请人的情况为": _state_all,
    "其余条件均已成立": _others_hold,
    '参数"{参数}"试设为"{值}"': _try,
}
"""Sentences of given steps (假如)."""

QUESTIONS: dict[str, Callable[[ScenarioState, dict[str, str], Table], None]] = {'按"{规则}"于"{日期}"审核': _ask}
"""Sentences of when steps (当), one per scenario."""

EXPECTATIONS: dict[str, Callable[[str, dict[str, str], CaseResult | None], Check]] = {
    '条件"{条件}"应为"{结论}"': _condition,
    '条款"{条款}"应为"{结论}"': _clause,
    '结论应为"{结论}"': _outcome,
    '理由应包含"{理由}"': _reason_given,
    '理由不应包含"{理由}"': _reason_not_given,
    '理由应恰为"{理由}"': _reasons,
    '应列明推定参数"{参数}"': _rests_on,
    '不应列明推定参数"{参数}"': _rests_not_on,
    "本规则当日应尚未施行": _not_in_force,
    '类别应为"{类别}"': _class,
    '补助"{补助}"应为"{金额}"': _benefit,
    '补助"{补助}"的"{步骤}"应为"{数}"': _benefit_step,
    '补助"{补助}"由"{出资方}"承担的应为"{金额}"': _benefit_part,
    '补助"{补助}"应列明推定参数"{参数}"': _benefit_rests,
}
"""Sentences of then steps (那么)."""


def _listed(codes: tuple[str, ...]) -> str:
    return "、".join(codes) or NONE


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r'(?P<\1>[^"]*)', re.escape(form)))


_EXPECTATIONS = [(_pattern(form), meaning) for form, meaning in EXPECTATIONS.items()]


def _no_sentence(text: str, forms: Iterable[str]) -> SentenceError:
    known = "；".join(forms)
    return SentenceError(
        Bilingual(f"没有这样的句子：{text}。可用：{known}", f"no sentence reads “{text}”; there are: {known}")
    )
