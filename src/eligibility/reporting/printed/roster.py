"""The roster for publication (公示名册): who is covered, for the village to see, and nothing beyond what it must see.

Ids are masked. A household's number, reasons and cases are left out, persons stand by name and not by household, and
of somebody under age (or whose age is not known) only the surname is shown: 备案登记 alone says "minor or at school".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path

from duckdb import DuckDBPyConnection

from eligibility.labels.titles import Family, Titles
from eligibility.model.policy import Policy
from eligibility.model.resident_id import mask
from eligibility.reporting.books.sheets import EXCEL_ROWS, Book, Field
from eligibility.reporting.printed.letters import Sender, day_text, remedies
from eligibility.reporting.printed.typeset import typeset
from eligibility.reporting.queries import query, shown

PUBLISHED = ("eligible", "register")
"""Outcomes that are published: who is covered. A refusal or an open question concerns nobody but the person."""
MINOR_AGE = "publication_minor_age"
DAYS = "publication_days"
FIELDS = (
    *(Field("序号", 8, "number"), Field("社区/村", 16), Field("村民小组", 14), Field("姓名", 14)),
    Field("公民身份号码（部分隐去）", 26),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the roster, as it may be shown."""

    street: str
    community: str
    group: str
    name: str
    masked_id: str
    outcome: str


def entries(con: DuckDBPyConnection, policy: Policy) -> list[Entry]:
    """Everyone to be published, by place and name."""
    found = con.execute(query("roster"), [list(PUBLISHED)]).fetchall()
    return [
        Entry(street, community, group, shown_name(name, born, policy), mask(resident_id), outcome)
        for row in found
        for street, community, group, name, resident_id, born, outcome in [shown(row)]
    ]


def shown_name(name: str, born: date | None, policy: Policy) -> str:
    """The name as it may be shown: whole for an adult, the first character for others; never where no age is set."""
    age = policy.value(MINOR_AGE) if MINOR_AGE in policy.parameters else None
    grown = born is not None and isinstance(age, int) and _years(born, policy.as_of) >= age
    return name if grown else name[:1] + "某" * max(len(name) - 1, 1)


def _years(born: date, day: date) -> int:
    """Full years; somebody born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def period(policy: Policy, first: date) -> tuple[date, date] | None:
    """The first and the last day of publication; None where the rulebook sets no number of days."""
    days = policy.value(DAYS) if DAYS in policy.parameters else None
    return (first, first + timedelta(days=days - 1)) if isinstance(days, int) and days > 0 else None


def write_roster_book(people: Sequence[Entry], policy: Policy, path: Path) -> None:
    """Write the workbook: one sheet a street."""
    said = partial(Titles(policy).zh, Family.OUTCOME)
    fields = (*FIELDS, Field("审核结论", 14, "outcome", said))
    with Book(path, policy, "公示名册") as book:
        for street, part in groupby(people, key=lambda one: one.street):
            rows = (
                (n, one.community, one.group, one.name, one.masked_id, one.outcome)
                for n, one in enumerate(part, start=1)
            )
            book.list(street, fields, rows, EXCEL_ROWS)


def roster_pages(
    people: Sequence[Entry], policy: Policy, sender: Sender, fonts: Sequence[Path] = ()
) -> Iterator[tuple[str, str, bytes]]:
    """For each community its street, its name, and the PDF to be posted there."""
    titles, days = Titles(policy), period(policy, sender.day)
    for (street, community), part in groupby(people, key=lambda one: (one.street, one.community)):
        data = {
            "街道": street,
            "社区": community,
            "办法": policy.title,
            "审核日": day_text(policy.as_of),
            "期限": f"{day_text(days[0])}至{day_text(days[1])}" if days else "＿＿＿＿年＿＿月＿＿日至＿＿月＿＿日",
            "异议": next(remedies(policy)).replace("本告知书和", ""),
            "草稿": sender.draft,
            "单位": sender.office,
            "日期": day_text(sender.day),
            "人员": [[one.group, one.name, one.masked_id, titles.zh(Family.OUTCOME, one.outcome)] for one in part],
        }
        yield street, community, typeset("roster", data, sender.day, fonts)
