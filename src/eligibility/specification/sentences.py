"""The sentences of feature files and what they mean. Said once: the program and the tests both execute these.

A pattern's `{name}` stands for anything without a quotation mark. Sentences are Chinese; the frame of a report may be
English, the specification is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from eligibility.domain.finding import Text
from eligibility.domain.mark import Mark
from eligibility.specification.case import BadSentence, Said
from eligibility.specification.features import Step, Table, Voice
from eligibility.specification.heard import Heard, in_force

MARKS = {"成立": Mark.PROVEN, "不成立": Mark.REFUTED, "待核": Mark.OPEN}
"""The words of the three marks."""

NONE, UNSET = "无", "未设定"

_WORDS = {mark: word for word, mark in MARKS.items()}


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation held against the verdict, both in the words of the policy office."""

    says: str
    expected: str
    actual: str
    holds: bool


Expectation = Callable[[Heard | None], Check]
"""A 那么 sentence, ready to be held against any verdict (None: the rulebook is not in force). May raise BadSentence."""


def hear(said: Said, step: Step) -> Expectation | None:
    """Take in one step: what it states or asks goes into `said`; what it expects is returned.

    Raises BadSentence where no sentence has this form, or where a scenario asks twice.
    """
    match step.voice:
        case Voice.GIVEN:
            _apply(STATEMENTS, said, step)
        case Voice.WHEN:
            _apply(QUESTIONS, said, step)
        case Voice.THEN:
            return expectation(step.text)
    return None


def expectation(text: str) -> Expectation:
    """What a 那么 sentence expects. Raises BadSentence where no sentence has this form."""
    for pattern, meaning in _EXPECTATIONS:
        if match := pattern.fullmatch(text):
            words = match.groupdict()
            return lambda heard: meaning(text, words, heard)
    raise _no_sentence(text, EXPECTATIONS)


def _apply(sentences: dict[str, Callable[..., None]], said: Said, step: Step) -> None:
    if said.day is not None:
        raise BadSentence(Text("“当……审核”之后不能再陈述", "nothing can be stated after the decision was asked for"))
    for form, meaning in sentences.items():
        if match := _pattern(form).fullmatch(step.text):
            meaning(said, match.groupdict(), step.table)
            return
    raise _no_sentence(step.text, sentences)


def _state(said: Said, words: dict[str, str], _table: Table) -> None:
    said.stated[words["事实"]] = words["值"]


def _state_all(said: Said, _words: dict[str, str], table: Table) -> None:
    if not table or any(len(row) != 2 for row in table):
        raise BadSentence(Text("应有“事实 | 值”两列的表", "a table of two columns, 事实 and 值, is wanted"))
    said.stated.update({fact: value for fact, value in table if (fact, value) != ("事实", "值")})


def _others_hold(said: Said, _words: dict[str, str], _table: Table) -> None:
    said.others_hold = True


def _try(said: Said, words: dict[str, str], _table: Table) -> None:
    said.trying[words["参数"]] = "" if words["值"] == UNSET else words["值"]


def _ask(said: Said, words: dict[str, str], _table: Table) -> None:
    try:
        said.rulebook, said.day = words["规则"], date.fromisoformat(words["日期"])
    except ValueError:
        raise BadSentence(Text(f"“{words['日期']}”不是日期", f"“{words['日期']}” is not a date")) from None


def _condition(says: str, words: dict[str, str], heard: Heard | None) -> Check:
    return _marked(says, words["结论"], in_force(heard).condition(words["条件"]))


def _clause(says: str, words: dict[str, str], heard: Heard | None) -> Check:
    return _marked(says, words["结论"], in_force(heard).clause(words["条款"]))


def _marked(says: str, expected: str, mark: Mark) -> Check:
    if expected not in MARKS:
        raise BadSentence(
            Text(f"“{expected}”不是成立、不成立、待核之一", f"“{expected}” is none of {'、'.join(MARKS)}")
        )
    return Check(says, expected, _WORDS[mark], MARKS[expected] is mark)


def _outcome(says: str, words: dict[str, str], heard: Heard | None) -> Check:
    given = in_force(heard)
    expected = given.outcome_named(words["结论"])
    actual = given.policy.outcomes[given.outcome]
    why = f"（理由：{_listed(given.reasons)}）" if given.reasons and given.outcome != expected else ""
    return Check(says, words["结论"], actual + why, given.outcome == expected)


def _reason_given(says: str, words: dict[str, str], heard: Heard | None) -> Check:
    given = in_force(heard)
    code = given.reason(words["理由"])
    return Check(says, f"含 {code}", _listed(given.reasons), code in given.reasons)


def _reason_not_given(says: str, words: dict[str, str], heard: Heard | None) -> Check:
    given = in_force(heard)
    code = given.reason(words["理由"])
    return Check(says, f"不含 {code}", _listed(given.reasons), code not in given.reasons)


def _reasons(says: str, words: dict[str, str], heard: Heard | None) -> Check:
    given = in_force(heard)
    named = [] if words["理由"] == NONE else [given.reason(code) for code in words["理由"].split("、")]
    expected = tuple(sorted(named))
    return Check(says, _listed(expected), _listed(given.reasons), given.reasons == expected)


def _rests_on(says: str, words: dict[str, str], heard: Heard | None) -> Check:
    given = in_force(heard)
    name = given.parameter(words["参数"])
    return Check(says, f"列明 {name}", _listed(given.assumed), name in given.assumed)


def _rests_not_on(says: str, words: dict[str, str], heard: Heard | None) -> Check:
    given = in_force(heard)
    name = given.parameter(words["参数"])
    return Check(says, f"不列 {name}", _listed(given.assumed), name not in given.assumed)


def _not_in_force(says: str, _words: dict[str, str], heard: Heard | None) -> Check:
    actual = "不在施行期内" if heard is None else f"已施行，结论为{heard.policy.outcomes[heard.outcome]}"
    return Check(says, "不在施行期内", actual, heard is None)


STATEMENTS: dict[str, Callable[[Said, dict[str, str], Table], None]] = {
    '申请人的"{事实}"为"{值}"': _state,
    "申请人的情况为": _state_all,
    "其余条件均已成立": _others_hold,
    '参数"{参数}"试设为"{值}"': _try,
}
"""What may be stated (假如)."""

QUESTIONS: dict[str, Callable[[Said, dict[str, str], Table], None]] = {'按"{规则}"于"{日期}"审核': _ask}
"""What may be asked (当), once in a scenario."""

EXPECTATIONS: dict[str, Callable[[str, dict[str, str], Heard | None], Check]] = {
    '条件"{条件}"应为"{结论}"': _condition,
    '条款"{条款}"应为"{结论}"': _clause,
    '结论应为"{结论}"': _outcome,
    '理由应包含"{理由}"': _reason_given,
    '理由不应包含"{理由}"': _reason_not_given,
    '理由应恰为"{理由}"': _reasons,
    '应列明推定参数"{参数}"': _rests_on,
    '不应列明推定参数"{参数}"': _rests_not_on,
    "本规则当日应尚未施行": _not_in_force,
}
"""What may be expected (那么)."""


def _listed(codes: tuple[str, ...]) -> str:
    return "、".join(codes) or NONE


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r'(?P<\1>[^"]*)', re.escape(form)))


_EXPECTATIONS = [(_pattern(form), meaning) for form, meaning in EXPECTATIONS.items()]


def _no_sentence(text: str, forms: Iterable[str]) -> BadSentence:
    some = "；".join(forms)
    return BadSentence(Text(f"没有这样的句子：{text}。可用：{some}", f"no sentence reads “{text}”; there are: {some}"))
