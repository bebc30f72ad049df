"""What a letter (告知书) says to one person: outcome, clauses with citation, missing papers, and how to object.

Law stands in it in the rulebook's words alone. The keys are Chinese: the bureau edits the Word template by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from eligibility.labels.titles import Family, Titles
from eligibility.labels.values import say_parameter
from eligibility.model.policy import Citation, Policy, Status
from eligibility.reporting.queries import query, rows, shown

SAID = {
    "eligible": "各项要求均已由材料证明，纳入保障范围。",
    "register": "除下列事项外，各项要求均已由材料证明。您先作备案登记，不是不符合；下列事项消除后，请到社区办理。",
    "manual_review": "现有材料还不足以作出结论。这既不是符合，也不是不符合；请按下表补充材料，补充后重新审核。",
    "not_eligible": "有材料证明下列要求不成立，因此不纳入保障范围。",
}
"""What the outcome means for the person, in plain words."""
CLAUSES_TITLE = {"not_eligible": "不成立的要求", "register": "暂不满足的事项"}
OBJECTION = "对结论或所依据的材料有异议的，请持本告知书和有关材料，到社区或区级经办机构申请复核。"
UNSEEN = {Status.ASSUMED: "（推定，未见原文）", Status.UNSET: "（未设定）"}


@dataclass(frozen=True, slots=True)
class Sender:
    """The office that sends letters, and their day."""

    office: str
    day: date


def letters(con: DuckDBPyConnection, policy: Policy, sender: Sender) -> Iterator[dict[str, Any]]:
    """The fields of a letter for each person of the table `chosen`."""
    titles = Titles(policy)
    answer = con.execute(query("letters"))
    names = [column[0] for column in answer.description or ()]
    people = [dict(zip(names, shown(row), strict=True)) for row in answer.fetchall()]
    questions: dict[int, list[tuple[str, str, str]]] = {}
    for row_id, *question in rows(con, "letter_questions"):
        questions.setdefault(row_id, []).append(tuple(question))
    for person in people:
        yield _letter(titles, person, questions.get(person["row_id"], ()), sender)


def _letter(
    titles: Titles, person: dict[str, Any], questions: Sequence[tuple[str, str, str]], sender: Sender
) -> dict[str, Any]:
    policy, outcome = titles.policy, person["outcome"]
    return {
        "姓名": person["name"],
        "身份证号": person["resident_id"],
        "户号": person["household_id"],
        "街道": person["street"],
        "社区": person["community"],
        "小组": person["group"],
        "结论": titles.zh(Family.OUTCOME, outcome),
        "办法": policy.title,
        "依据文件": f"《{policy.instrument}》",
        "审核日": day_text(policy.as_of),
        "情形编号": person["profile_id"],
        "说明": [SAID[outcome]] if outcome in SAID else [],
        "条款标题": CLAUSES_TITLE.get(outcome, "条款"),
        "条款": list(_clauses(titles, person)),
        "材料": list(_papers(titles, questions)) if outcome == "manual_review" else [],
        "推定": list(_assumed(policy, person["assumed_parameters"])),
        "救济": list(remedies(policy)),
        "单位": sender.office,
        "日期": day_text(sender.day),
    }


def _clauses(titles: Titles, person: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The clauses that refuse; of somebody registered, those that are refuted."""
    codes = person["reasons"] if person["outcome"] == "not_eligible" else person["clauses_refuted"]
    if person["outcome"] not in CLAUSES_TITLE:
        return
    for code in filter(None, codes.split(";")):
        clause = titles.policy.clauses.get(code)
        yield {
            "名称": titles.zh(Family.CLAUSE, code),
            "说明": titles.zh(Family.REFUSAL, code),
            "依据": cited(clause.citation) if clause else "",
            "原文": f"“{clause.citation.quote}”" if clause and clause.citation.quote else "",
        }


def _papers(titles: Titles, questions: Sequence[tuple[str, str, str]]) -> Iterator[dict[str, str]]:
    """Each open matter with the papers that may answer it, and who supplies or finds out."""
    for matter, documents, bodies in questions:
        papers = [titles.zh(Family.DOCUMENT, code) for code in documents.split(";") if code]
        yield {
            "原因": "、".join(titles.zh(Family.REASON, code) for code in matter.split(";") if code),
            "材料": "；或 ".join(papers) or "由单位查明，不需您提供",
            "单位": "、".join(titles.zh(Family.BODY, body) for body in bodies.split(";") if body),
        }


def _assumed(policy: Policy, codes: str) -> Iterator[dict[str, str]]:
    for code in filter(None, codes.split(";")):
        parameter = policy.parameters.get(code)
        value = say_parameter(parameter, policy.value(code)).zh if parameter else ""
        yield {"名称": parameter.title if parameter else code, "取值": value}


def remedies(policy: Policy) -> Iterator[str]:
    """How to object: first to the bureau, then as the rulebook's parameters say; one that it lacks is not mentioned."""
    yield OBJECTION
    for code, said in (("appeal_days", "申请行政复议"), ("lawsuit_months", "向人民法院提起行政诉讼")):
        if code in policy.parameters and (dated := policy.parameters[code].on(policy.as_of)) and dated.value:
            limit = say_parameter(policy.parameters[code], dated.value).zh.replace(" ", "")
            yield f"可以自知道本结论之日起{limit}内{said}（{cited(dated.citation)}）。"


def cited(law: Citation) -> str:
    """Instrument and article; what was not read in the text says so."""
    return f"{law.instrument} {law.article}".strip() + UNSEEN.get(law.status, "")


def day_text(day: date) -> str:
    """A day as letters write it: 2022年11月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def names_of(people: Sequence[dict[str, Any]]) -> str:
    """Every text of the letters that comes from papers, to see whether it can be printed."""
    return "".join(str(one[key]) for one in people for key in ("姓名", "街道", "社区", "小组", "户号"))
