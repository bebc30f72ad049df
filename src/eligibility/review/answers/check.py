"""Filled rows → answers: the question must have been asked, the words be of its form, the body be one that may answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from eligibility.model import work_list as form
from eligibility.model.days import parse_day
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.model.quantity import parse_area
from eligibility.model.units import ValueFormatError
from eligibility.review.answers.limits import MOST_UMU
from eligibility.review.answers.sheet import Filled
from eligibility.review.signing.names import plain_name
from eligibility.rulebook.case import hint_of, read_value

LONGEST_NOTE = 2_000
"""Characters of a remark that are kept."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that some batch asked: `bodies` are the codes of those whom the rulebook lets answer it.

    Of a roll, `households` are those that are asked about, by the name that the work list shows of them, and `most_umu`
    the land that there is to share.
    """

    id: str
    asks: str
    subject_kind: str
    subject: str
    bodies: tuple[str, ...]
    households: Mapping[str, str] = field(default_factory=dict)
    most_umu: int | None = None


@dataclass(frozen=True, slots=True)
class Checker:
    """What answers are checked against: the questions asked so far, the policy for the names of bodies, and today."""

    questions: Mapping[str, Question]
    policy: Policy
    today: date

    def check(self, filled: Filled) -> dict[str, Any] | list[Diagnostic]:
        """The body of the answer's event, without its file; or all that is wrong, cell by cell."""
        question_id, _, household = filled.key.partition("|")
        question = self.questions.get(question_id)
        if question is None:
            return [_unknown_question(filled)]
        if household and household not in question.households:
            return [_not_asked(filled, household)]
        household = question.households.get(household, "")
        findings: list[Diagnostic] = []
        answer = "shares" if household else self._answer(filled, question, findings)
        said: dict[str, Any] = {
            "question": question.id, "asks": question.asks, "subject_kind": question.subject_kind,
            "subject": question.subject, "household": household, "answer": answer,
            "area_umu": self._area(filled, question, findings), "since": self._day(filled, form.SINCE, findings),
            "until": self._day(filled, form.UNTIL, findings), "body": self._body(filled, question, findings),
            "by": _name(filled, findings), "on": self._on(filled, findings), "note": filled.said.get(form.NOTE, "")[:LONGEST_NOTE],
        }  # fmt: skip
        findings += _needed(filled, question, said, household)
        return findings or said

    def _answer(self, filled: Filled, question: Question, findings: list[Diagnostic]) -> str:
        said = filled.said.get(form.ANSWER, "")
        answers = form.form_of(question.asks)
        if said == form.UNKNOWN:
            return "unknown"
        if said in answers.words:
            return answers.words[said]
        if said and answers.text:
            return self._worded(filled, question, said, findings)
        choices = "、".join(answers.choices)
        if said:
            problem = Bilingual(f"“{said}”不是可选的答复", f"“{said}” is not one of the answers")
        else:
            problem = Bilingual("没有填核查结论", "no answer is given")
        remedy = Bilingual(
            f"可填：{choices}" if answers.words else "请填写答复",
            f"one of: {choices}" if answers.words else "give the answer",
        )
        findings.append(Diagnostic("bad_answer", filled.at(form.ANSWER), problem, remedy))
        return ""

    def _worded(self, filled: Filled, question: Question, text: str, findings: list[Diagnostic]) -> str:
        """An answer in words; about an added fact it must be one value of it."""
        spec = self.policy.facts.get(form.fact_asked(question.asks))
        if spec is None:
            return text
        try:
            value = read_value(text, spec, self.policy)
            if None not in value.values() and len(set(value.values())) == 1:
                return text
            problem = Bilingual("答复应为一个确定的值", "the answer must be one value")
        except ValueFormatError as wrong:
            problem = wrong.problem
        remedy = Bilingual(f"照规则填写{hint_of(spec)}", f"as the rulebook has it: {hint_of(spec)}")
        findings.append(Diagnostic("bad_answer", filled.at(form.ANSWER), problem, remedy))
        return ""

    def _area(self, filled: Filled, question: Question, findings: list[Diagnostic]) -> int | None:
        said = filled.said.get(form.AREA)
        if said is None:
            return None
        area = parse_area(said, "mu")
        if area is None or area.umu < 0:
            findings.append(
                _bad(filled, form.AREA, "面积无法识别", "no area", "请填亩数，如 3.25", "an area in mu, such as 3.25")
            )
            return None
        most = min(MOST_UMU, MOST_UMU if question.most_umu is None else question.most_umu)
        if area.umu > most:
            zh, en = f"面积大于可能的 {most / 1e6:.4f} 亩", f"more than there can be ({most / 1e6:.4f} mu)"
            findings.append(_bad(filled, form.AREA, zh, en, "请更正面积", "correct the area"))
        return area.umu

    def _day(self, filled: Filled, header: str, findings: list[Diagnostic]) -> str:
        said = filled.said.get(header)
        if said is None:
            return ""
        days = parse_day(said)
        if days is None or days.lo != days.hi or days.lo.year < 1900 or days.hi.year > 2199:
            findings.append(
                _bad(
                    filled,
                    header,
                    "日期无法识别或不完整",
                    "no whole date",
                    "请填年月日，如 2013-05-01",
                    "a day, such as 2013-05-01",
                )
            )
            return ""
        return days.lo.isoformat()

    def _on(self, filled: Filled, findings: list[Diagnostic]) -> str:
        if form.ON not in filled.said:
            findings.append(
                _bad(filled, form.ON, "没有填核查日期", "the day of the answer is blank", "请填核查日期", "give it")
            )
            return ""
        day = self._day(filled, form.ON, findings)
        if day > self.today.isoformat():
            findings.append(
                _bad(filled, form.ON, "核查日期在今天之后", "the day has not come yet", "请更正日期", "correct the day")
            )
        return day

    def _body(self, filled: Filled, question: Question, findings: list[Diagnostic]) -> str:
        said = filled.said.get(form.BODY, "")
        code = next((code for code, title in self.policy.bodies.items() if said in (code, title)), None)
        if code in question.bodies:
            return str(code)
        allowed = "、".join(self.policy.bodies.get(body, body) for body in question.bodies) or "—"
        problem = Bilingual(
            f"“{said}”不能答复这个问题" if said else "没有填核实单位",
            f"“{said}” may not answer this question" if said else "the body is blank",
        )
        remedy = Bilingual(f"规则准许：{allowed}", f"the rulebook allows: {', '.join(question.bodies) or '-'}")
        findings.append(Diagnostic("body_not_allowed", filled.at(form.BODY), problem, remedy))
        return ""


def _needed(filled: Filled, question: Question, said: dict[str, Any], household: str) -> Iterator[Diagnostic]:
    """Columns without which the answer says nothing."""
    columns = (form.AREA,) if household else form.form_of(question.asks).columns(said["answer"])
    for column in columns:
        if column not in filled.said:
            yield _bad(
                filled, column, f"这个答复须填「{column}」", "this answer needs the cell", "请填写", "fill it in"
            )
    if said["since"] and said["until"] and said["until"] <= said["since"]:
        yield _bad(filled, form.UNTIL, "截止日不晚于起始日", "it ends before it begins", "请更正", "correct it")


def _name(filled: Filled, findings: list[Diagnostic]) -> str:
    said = filled.said.get(form.BY, "")
    if not said:
        findings.append(_bad(filled, form.BY, "没有填核查人", "the reviewer is blank", "写明姓名", "give the name"))
        return ""
    try:
        return plain_name(said, form.BY)
    except InputError as unusable:
        findings += [replace(one, at=filled.at(form.BY)) for one in unusable.findings]
        return ""


def _bad(filled: Filled, header: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> Diagnostic:  # noqa: PLR0913, PLR0917
    said = filled.said.get(header)
    shown = Bilingual(f"{zh}：“{said}”", f"{en}: “{said}”") if said else Bilingual(zh, en)
    return Diagnostic("bad_cell", filled.at(header), shown, Bilingual(remedy_zh, remedy_en))


def _not_asked(filled: Filled, household: str) -> Diagnostic:
    problem = Bilingual(
        f"这个问题没有问到户号“{household}”", f"the question does not ask about household “{household}”"
    )
    remedy = Bilingual("请导入本结果目录的 review_queue.xlsx", "import review_queue.xlsx of this run")
    return Diagnostic("household_not_asked", SourceLocation(f"{filled.sheet}!{filled.row}"), problem, remedy)


def _unknown_question(filled: Filled) -> Diagnostic:
    problem = Bilingual("没有哪一次判定提出过这个问题", "no batch of this record asked this question")
    remedy = Bilingual("请导入本结果目录的 review_queue.xlsx", "import review_queue.xlsx of this run")
    return Diagnostic("question_unknown", SourceLocation(f"{filled.sheet}!{filled.row}"), problem, remedy)
