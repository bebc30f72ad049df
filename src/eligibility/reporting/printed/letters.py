"""What a letter (告知书) says to one person: outcome, clauses with citation, missing papers, and how to object.

Law stands in it in the rulebook's words alone. The keys are Chinese: the bureau edits the Word template by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from eligibility.labels.facts import fact_text
from eligibility.labels.titles import Family, Titles, leading
from eligibility.labels.values import say_parameter
from eligibility.model.formula import conditions_named
from eligibility.model.policy import Citation, FactSpec, Kind, Policy, Status
from eligibility.model.visible import visible
from eligibility.reporting.queries import records, rows, shown

SAID = {
    "eligible": "各项要求均已由材料证明，纳入保障范围。",
    "register": "除下列事项外，各项要求均已由材料证明。您先作备案登记，不是不符合；下列事项消除后，请到社区办理。",
    "manual_review": "现有材料还不足以作出结论。这既不是符合，也不是不符合；请按下表补充材料，补充后重新审核。",
    "not_eligible": "有材料证明下列要求不成立，因此不纳入保障范围。",
}
"""What the outcome means for the person, in plain words."""
CLAUSES_TITLE = {"not_eligible": "不成立的要求", "register": "暂不满足的事项"}
ELSEWHERE = "各项要求均已由材料证明；按下列规定，您另按其他办法办理，这不是不符合，请到社区办理。"
"""What a registration means where a clause leads to another programme."""
OBJECTION = "对结论或所依据的材料有异议的，请持本告知书和有关材料，到社区或区级经办机构申请复核。"
LAND = ("own_area", "lawful_loss", "remaining_area", "heads", "remaining_per_head", "approval_date")
"""Facts that tell what became of the household's land, in the order in which they are reckoned."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The office that sends papers, and their day; `draft`: what stands across papers of cases that are not signed through."""

    office: str
    day: date
    draft: str = ""


def letters(con: DuckDBPyConnection, policy: Policy, sender: Sender) -> Iterator[dict[str, Any]]:
    """The fields of a letter for each person of the table `chosen`; drafts are those of the table `incomplete`, where there is one."""
    titles = Titles(policy)
    people = [dict(zip(person, shown(person.values()), strict=True)) for person in records(con, "letters")]
    questions: dict[int, list[tuple[str, str, str]]] = {}
    for row_id, *question in rows(con, "letter_questions"):
        questions.setdefault(row_id, []).append(tuple(question))
    takings: dict[int, list[str]] = {}
    for row_id, *taking in rows(con, "letter_takings"):
        takings.setdefault(row_id, []).append(_taking(*taking))
    facts = {fact["row_id"]: fact for fact in records(con, "letter_facts")}
    drafts = {row_id for (row_id,) in con.execute("FROM incomplete").fetchall()} if sender.draft else set()
    for person in people:
        row_id = person["row_id"]
        found = [*takings.get(row_id, ()), *_facts(policy, person, facts.get(row_id, {}))]
        made = _letter(titles, person, questions.get(row_id, ()), found, sender)
        yield made if row_id in drafts else made | {"草稿": ""}


def _taking(  # noqa: PLR0913, PLR0917
    agreement: str,
    signed: date,
    signed_to: date,
    umu: int | None,
    approval: str | None,
    approved: date | None,
    approved_to: date | None,
) -> str:
    """What an agreement took of the household, by its roll, and the approval where one is certain."""
    area = "" if umu is None else f"，征收本户耕地 {umu / 1_000_000:.4f} 亩"
    day = f"（{day_text(signed)}签订）" if signed == signed_to else ""
    known = f"（{day_text(approved)}批准）" if approved is not None and approved == approved_to else ""
    return f"征地协议“{visible(agreement)}”{day}{area}；" + (
        f"批文{visible(approval)}{known}" if approval else "批文尚待查明"
    )


def _facts(policy: Policy, person: dict[str, Any], facts: dict[str, Any]) -> Iterator[str]:
    """The facts that decide the case, then those of the household's land; of these only what is known exactly."""
    codes = person["reasons"] if person["outcome"] == "not_eligible" else person["clauses_refuted"]
    decisive = dict.fromkeys(
        fact
        for code in filter(None, codes.split(";"))
        if code in policy.clauses
        for name in conditions_named(policy.clauses[code].when)
        for fact in policy.conditions[name].facts
        if fact in policy.facts and not fact.startswith("gap_")
    )
    if (
        "registered_member" in policy.facts
        and facts.get("joined_lo") is not None
        and facts["joined_lo"] == facts["joined_hi"]
    ):
        yield f"成员起始日：{day_text(facts['joined_lo'])}"
    for fact in [*(fact for fact in decisive if fact not in LAND), *LAND]:
        spec = policy.facts.get(fact)
        if spec is not None and (fact in decisive or _exact(spec, facts)):
            yield f"{spec.title}：{fact_text(spec, facts)}"


def _exact(spec: FactSpec, facts: dict[str, Any]) -> bool:
    """Whether the fact is one value: a range tells a reader little who is not told what it hangs on."""
    values = {facts.get(column) for column in spec.columns}
    return len(values) == 1 and None not in values


def _letter(
    titles: Titles, person: dict[str, Any], questions: Sequence[tuple[str, str, str]], facts: list[str], sender: Sender
) -> dict[str, Any]:
    policy, outcome = titles.policy, person["outcome"]
    led_elsewhere = outcome == "register" and any(
        code in policy.clauses and policy.clauses[code].kind is Kind.ELSEWHERE
        for code in person["clauses_refuted"].split(";")
    )
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
        "说明": [ELSEWHERE] if led_elsewhere else [SAID[outcome]] if outcome in SAID else [],
        "条款标题": "另行办理的依据" if led_elsewhere else CLAUSES_TITLE.get(outcome, "条款"),
        "条款": list(_clauses(titles, person)),
        "事实": facts,
        "材料": list(_papers(titles, questions)) if outcome == "manual_review" else [],
        "推定": list(_assumed(policy, person["assumed_parameters"])),
        "救济": list(remedies(policy)),
        "草稿": sender.draft,
        "单位": sender.office,
        "日期": day_text(sender.day),
    }


def _clauses(titles: Titles, person: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The clauses that refuse; of somebody registered, those that are refuted."""
    codes = person["reasons"] if person["outcome"] == "not_eligible" else person["clauses_refuted"]
    if person["outcome"] not in CLAUSES_TITLE:
        return
    for code in leading(titles.policy, [code for code in codes.split(";") if code]):
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
            "材料": "；或".join(papers) or "由单位查明，不需您提供",
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
            law = cited(dated.citation)
            limits = "" if dated.citation.status is Status.SEEN else "，期限以该法现行规定为准"
            yield f"可以自知道本结论之日起{limit}内{said}（依据{law}{limits}）。"


def cited(law: Citation) -> str:
    """Instrument and article as a letter names them; an article that was not read in the text is not named."""
    title = f"《{law.instrument.strip('《》')}》"
    return title + law.article if law.status is Status.SEEN else title


def day_text(day: date) -> str:
    """A day as letters write it: 2022年11月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def names_of(people: Sequence[dict[str, Any]]) -> str:
    """Every text of the letters that comes from papers, to see whether it can be printed."""
    return "".join(str(one[key]) for one in people for key in ("姓名", "街道", "社区", "小组", "户号"))
