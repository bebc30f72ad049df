"""`review_queue.xlsx`: what to ask whom. First the questions, of which one answer may settle many; then the persons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.domain.policy import Policy
from eligibility.reporting.books.sheets import TO_FILL, Book, Cell, Field
from eligibility.reporting.counts import REVIEW, Summary
from eligibility.reporting.queries import query, rows
from eligibility.reporting.words import Family, Titles

BLANKS = (
    *(Field(TO_FILL[0], 12, "fill"), Field(TO_FILL[1], 11, "fill")),
    *(Field(TO_FILL[2], 12, "day"), Field(TO_FILL[3], 28, "fill")),
)
QUESTION_FIELDS = (
    *(
        Field("问题编号", 10),
        Field("街道", 12),
        Field("社区/村", 14),
        Field("村民小组", 12),
        Field("核查原因", 34, "wrap"),
    ),
    *(Field("涉及人数", 10, "number"), Field("仅此一因人数", 13, "number"), Field("需补材料", 38, "wrap")),
    *(Field("可核实单位", 24, "wrap"), *BLANKS),
)
PERSON_FIELDS = (
    *(Field("问题编号", 14), Field("街道", 12), Field("社区/村", 14), Field("村民小组", 12), Field("户号", 13)),
    *(Field("姓名", 11), Field("身份证号", 21), Field("核查原因", 40, "wrap"), Field("缺少的材料", 38, "wrap")),
    *(Field("可核实单位", 24, "wrap"), Field("待核的条款", 36, "wrap"), *BLANKS),
)
NO_REASON = "（未列明原因）"


@dataclass(frozen=True, slots=True)
class Question:
    """The same reason in the same group; `alone`: persons who wait for nothing else."""

    number: str
    street: str
    community: str
    group: str
    reason: str
    persons: int
    alone: int


def write_review_book(con: DuckDBPyConnection, policy: Policy, path: Path, *, found: Summary, sheet_rows: int) -> None:
    """Write the work list of the persons in review to `path`, by community and reason, with room for the answers."""
    titles = Titles(policy)
    questions = [Question(f"问{n}", *row) for n, row in enumerate(rows(con, "review_questions"), start=1)]
    numbers = {(q.street, q.community, q.group, q.reason): q.number for q in questions}
    with Book(path, policy, "待人工核查清单") as book:
        book.list("问题清单", QUESTION_FIELDS, (_question_row(titles, q) for q in questions), sheet_rows)
        for street, outcomes in found.streets.items():
            if outcomes.get(REVIEW):
                book.list(street, PERSON_FIELDS, _person_rows(con, titles, street, numbers), sheet_rows)


def _question_row(titles: Titles, question: Question) -> Sequence[Cell]:
    reason = titles.policy.reasons.get(question.reason)
    return (
        *(question.number, question.street, question.community, question.group),
        *(titles.zh(Family.REASON, question.reason) or NO_REASON, question.persons, question.alone),
        titles.listed(Family.DOCUMENT, ";".join(reason.documents) if reason else ""),
        titles.listed(Family.BODY, ";".join(reason.bodies) if reason else ""),
    )


def _person_rows(
    con: DuckDBPyConnection, titles: Titles, street: str, numbers: dict[tuple[str, str, str, str], str]
) -> Iterator[Sequence[Cell]]:
    cursor = con.execute(query("review_persons"), [street])
    while batch := cursor.fetchmany(10_000):
        for place, community, group, household, name, resident, reasons, missing, bodies, clauses in batch:
            asked = [numbers[place, community, group, reason] for reason in reasons.split(";")]
            yield (
                *("；".join(asked), place, community, group, household, name, resident),
                *(titles.listed(Family.REASON, reasons) or NO_REASON, titles.listed(Family.DOCUMENT, missing)),
                *(titles.listed(Family.BODY, bodies), titles.listed(Family.CLAUSE, clauses)),
            )
