"""`review_queue.xlsx`: what to ask whom, as a form to fill in. First the questions, then areas by household, then the persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.labels.titles import Family, Titles
from eligibility.model import work_list as form
from eligibility.model.policy import Policy
from eligibility.reporting.books.forms import FormRow, write_form
from eligibility.reporting.books.sheets import Book, Cell, Field
from eligibility.reporting.counts import REVIEW, Summary
from eligibility.reporting.queries import query, rows

_FILL = {
    form.ANSWER: Field(form.ANSWER, 18, "fill"),
    form.AREA: Field(form.AREA, 10, "fill_area"),
    form.SINCE: Field(form.SINCE, 12, "day"),
    form.UNTIL: Field(form.UNTIL, 12, "day"),
    form.BODY: Field(form.BODY, 20, "fill"),
    form.BY: Field(form.BY, 11, "fill"),
    form.ON: Field(form.ON, 12, "day"),
    form.NOTE: Field(form.NOTE, 28, "fill"),
}
_LOCKED_WIDTHS = (10, 14, 12, 30, 44, 10, 12, 34, 24)
_NUMBERS = ("涉及人数", "答复即可办结人数")
QUESTION_FIELDS = (
    *(
        Field(header, width, "number" if header in _NUMBERS else "wrap")
        for header, width in zip(form.QUESTION_LOCKED, _LOCKED_WIDTHS, strict=True)
    ),
    *(_FILL[header] for header in form.QUESTION_FILL),
)
SHARE_FIELDS = (
    *(Field(header, width) for header, width in zip(form.SHARE_LOCKED, (10, 18, 14, 12, 14), strict=True)),
    *(_FILL[header] for header in form.SHARE_FILL),
)
PERSON_FIELDS = (
    *(Field("问题编号", 14, "wrap"), Field("街道", 12), Field("社区/村", 14), Field("村民小组", 12), Field("户号", 13)),
    *(Field("姓名", 11), Field("身份证号", 21), Field("核查原因", 40, "wrap"), Field("缺少的材料", 38, "wrap")),
    *(Field("可核实单位", 24, "wrap"), Field("待核的条款", 36, "wrap")),
)
NO_REASON = "（未列明原因）"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the work list: whose it is, and the ids of its questions; persons are listed who wait for one of them."""

    title: str
    questions: Sequence[str]


def write_review_book(  # noqa: PLR0913
    con: DuckDBPyConnection, policy: Policy, path: Path, *, found: Summary, sheet_rows: int, part: Part | None = None
) -> None:
    """Write the work list of the persons in review to `path`, by community and reason, with room for the answers.

    Each row bears its key and digests in hidden columns, so that the import knows the question wherever the row stands and
    finds a cell that was changed.
    """
    titles = Titles(policy)
    con.execute(query("queue_question"))
    if part is not None:
        con.execute("DELETE FROM queue_question WHERE NOT list_contains(?, question_id)", [list(part.questions)])
    con.execute(query("queue_asked"))
    with Book(path, policy, "待人工核查清单") as book:
        _write_guide(book, found, part)
        write_form(book, form.QUESTIONS, QUESTION_FIELDS, _questions(con, titles), sheet_rows)
        shares = rows(con, "review_shares")
        if shares:
            write_form(book, form.SHARES, SHARE_FIELDS, _shares(shares, titles), sheet_rows)
        for street, outcomes in found.streets.items():
            if outcomes.get(REVIEW):
                if part is None:
                    book.list(street, PERSON_FIELDS, _person_rows(con, titles, street, whole=True), sheet_rows)
                elif people := list(_person_rows(con, titles, street, whole=False)):
                    book.list(street, PERSON_FIELDS, people, sheet_rows)


GUIDE = "填写说明"
_STEPS = (
    "一、在“核查清单”里找本单位的问题：在“可核实单位”一栏筛选。排在前面的，一个答复办结的人最多。",
    "二、填“核查结论”（有下拉框的从中选；问批文的填文号；问户籍的填地名），再填核实单位、核查人、日期。灰色的格子这一题用不着。",
    "三、“各户被征多少”的，在“分户面积”里逐户填亩数，没有被征的填 0，再在“核查清单”该题选“已填分户面积”；只填有的几户，其余确实没有的，选“已填分户面积，其余农户没有”，各户合计须等于协议面积。最右一栏随时显示已填合计和协议面积，两者相等才算齐。",
    "四、查不清的选“仍不详”；要改的是卷宗本身的，选“已补材料，见备注”，并把材料补进卷宗。",
    "五、可以排序、筛选、隐藏列，也可以删去不归本单位的行后各自填写，再分别导入；不要改动白色以外已有文字的格子，改动了导入时会指出是哪一格。",
    "六、填好交经办：eligibility review import 本文件 --run 结果目录。同一文件里所有写错的格子一次列出，改好再导入；没有写错的才会入账。",
)
"""How the list is filled in, as a colleague of another office reads it."""


def _write_guide(book: Book, found: Summary, part: Part | None) -> None:
    """The first sheet: what to do with this file, and how many persons wait in each street."""
    sheet = book.sheet(GUIDE)
    sheet.set_column(0, 0, 110, book.styles["wrap"])
    sheet.write_string(0, 0, "待人工核查清单" + (f"：{part.title}" if part else ""), book.styles["header_wrap"])
    for number, step in enumerate(_STEPS, start=1):
        sheet.write_string(number, 0, step, book.styles["wrap"])
        sheet.set_row(number, 34)
    if part is not None:
        note = f"这一份有 {len(part.questions):,} 个问题；分出去的各份填好后可以一并导入。"
        sheet.write_string(len(_STEPS) + 2, 0, note, book.styles["wrap"])
        return
    waiting = [
        f"{street} {outcomes[REVIEW]:,} 人" for street, outcomes in found.streets.items() if outcomes.get(REVIEW)
    ]
    sheet.write_string(len(_STEPS) + 2, 0, "待核人员：" + "，".join(waiting), book.styles["wrap"])


def _questions(con: DuckDBPyConnection, titles: Titles) -> Iterator[FormRow]:
    for question_id, asks, number, community, group, reason, title, touched, settled, papers, bodies in rows(
        con, "review_questions"
    ):
        cells = (
            *(
                f"问{number}",
                community,
                group,
                titles.listed(Family.REASON, reason) or NO_REASON,
                title,
                touched,
                settled,
            ),
            *(titles.listed(Family.DOCUMENT, papers), titles.listed(Family.BODY, bodies)),
        )
        answer = form.form_of(asks)
        choices = {form.BODY: _bodies(titles, bodies)}
        if not answer.text:
            choices[form.ANSWER] = answer.choices
        yield FormRow(form.key_of(question_id), cells, choices, _wanted(answer))


def _wanted(answer: form.Form) -> frozenset[str]:
    """The columns that some answer to the question needs; the others are greyed."""
    more = {form.UNTIL} if "member" in answer.words.values() and answer.needs else set()
    return frozenset(
        {form.ANSWER, form.BODY, form.BY, form.ON, form.NOTE, *more, *(column for _, column in answer.needs)}
    )


def _shares(shares: Iterable[tuple[object, ...]], titles: Titles) -> Iterator[FormRow]:
    first: set[str] = set()
    for question_id, number, agreement, community, group, household, bodies, most in shares:
        key = form.key_of(str(question_id), str(household))
        total = "" if str(question_id) in first or most is None else str(most)
        first.add(str(question_id))
        cells = (f"问{number}", str(agreement), str(community or ""), str(group or ""), str(household))
        yield FormRow(key, cells, {form.BODY: _bodies(titles, str(bodies))}, frozenset(form.SHARE_FILL), total)


def _bodies(titles: Titles, codes: str) -> tuple[str, ...]:
    return tuple(titles.zh(Family.BODY, code) for code in codes.split(";") if code)


def _person_rows(con: DuckDBPyConnection, titles: Titles, street: str, *, whole: bool) -> Iterator[Sequence[Cell]]:
    """The persons of a street: all who are in review, or only those who wait for a question of this list."""
    cursor = con.execute(query("review_persons"), [street, whole])
    while batch := cursor.fetchmany(10_000):
        for numbers, place, community, group, household, name, resident, reasons, missing, bodies, clauses in batch:
            yield (
                *(numbers, place, community, group, household, name, resident),
                *(titles.listed(Family.REASON, reasons) or NO_REASON, titles.listed(Family.DOCUMENT, missing)),
                *(titles.listed(Family.BODY, bodies), titles.listed(Family.CLAUSE, clauses)),
            )
