"""The payment roster (核定发放名册) with its funding table (配套资金), as workbook and PDF, and the file for the bank.

Ids and accounts are masked everywhere but in the bank's file. Sums are of whole 分; what stands in a cell is exact.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from eligibility.labels.values import readable
from eligibility.model.policy import Policy
from eligibility.model.resident_id import mask
from eligibility.model.visible import visible
from eligibility.money.roster import Held, Line, Roster
from eligibility.money.words import exact_yuan, money_range, yuan_and_fen
from eligibility.reporting.books.sheets import EXCEL_ROWS, Book, Field
from eligibility.reporting.printed.letters import Sender, day_text
from eligibility.reporting.printed.payment_words import HELD, KINDS, payer_title
from eligibility.reporting.printed.typeset import typeset

SIGNERS = ("核定", "稽核", "审批")
"""Who signs a roster, by hand."""

Place = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class PaymentPapers:
    """A roster to be printed: `people` resident id → street, community, group, name; `accounts` → holder, bank, number (None: no file)."""

    number: str
    event: int
    supersedes: int | None
    roster: Roster
    policy: Policy
    people: Mapping[str, Place]
    sender: Sender
    accounts: Mapping[str, tuple[str, str, str]] | None = None
    fonts: tuple[Path, ...] = field(default=())

    @property
    def payers(self) -> list[str]:
        """Codes of the payers, as the rulebook has them, then others."""
        listed = [share.payer for benefit in self.policy.benefits.values() for share in benefit.shares]
        found = {payer for line in self.roster.lines for payer in line.parts}
        return [one for one in dict.fromkeys((*listed, *sorted(found))) if one in found]

    def payer(self, code: str) -> str:
        """The name of a payer."""
        return payer_title(self.policy, code)

    def benefit(self, code: str) -> str:
        """The name of a benefit."""
        known = self.policy.benefits.get(code)
        return known.title if known else readable(code)

    def outcome_class(self, code: str) -> str:
        """The name of a class."""
        known = self.policy.classes.get(code)
        return known.title if known else code

    def place(self, person: str) -> Place:
        """Where a person stands in the roster; one who is no longer in the run has no place."""
        return self.people.get(person, ("", "", "", ""))

    def lines(self) -> list[tuple[int, Line]]:
        """The lines with their running numbers, by street and community in the order of the run."""
        streets = _order(place[0] for place in self.people.values())
        communities = _order((place[0], place[1]) for place in self.people.values())

        def key(line: Line) -> tuple[int, int]:
            place = self.place(line.resident_id)
            return streets.get(place[0], len(streets)), communities.get((place[0], place[1]), len(communities))

        return list(enumerate(sorted(self.roster.lines, key=key), start=1))


def masked_account(number: str) -> str:
    """An account number as it may be shown: its last four digits.

    >>> masked_account("6217000000001234")
    '************1234'
    """
    return "*" * max(len(number) - 4, 0) + number[-4:]


def write_payment_book(papers: PaymentPapers, path: Path) -> None:
    """Write the workbook: the roster, the funding by street and payer, what is held, the control sums."""
    payers = papers.payers
    with Book(path, papers.policy, "核定发放名册") as book:
        fields = [
            *(Field("序号", 7, "number"), Field("街道", 12), Field("社区/村", 14), Field("村民小组", 12)),
            *(Field("姓名", 12), Field("公民身份号码（部分隐去）", 24), Field("项目", 18), Field("类别", 12)),
            *(Field("期间", 10), Field("性质", 10), Field("金额（元）", 14, "money")),
            *(Field(f"{papers.payer(code)}（元）", 14, "money") for code in payers),
            *(Field("发放金额（元）", 14, "money"), Field("账号（部分隐去）", 24)),
        ]
        book.list("核定发放名册", fields, _roster_rows(papers, payers), EXCEL_ROWS)
        _sums(book, papers, payers)
        held_fields = [
            *(Field("街道", 12), Field("社区/村", 14), Field("村民小组", 12), Field("姓名", 12)),
            *(
                Field("公民身份号码（部分隐去）", 24),
                Field("项目", 18),
                Field("为何暂不发放", 30),
                Field("期数", 7, "number"),
            ),
            *(Field("首期", 10), Field("末期", 10), Field("合计金额", 26), Field("此前已核定（元）", 16, "money")),
        ]
        book.list("暂不发放", held_fields, _held_rows(papers), EXCEL_ROWS)


def payment_pages(papers: PaymentPapers) -> Iterator[tuple[str, str, bytes]]:
    """For each community its street, its name, and the PDF of its part of the roster, with control sums and signatures."""
    numbered = papers.lines()
    payers = papers.payers
    for (street, community), group in groupby(numbered, key=lambda one: papers.place(one[1].resident_id)[:2]):
        part = list(group)
        yield (
            street,
            community,
            typeset("payments", _page(papers, payers, street, community, part), papers.sender.day, papers.fonts),
        )


def write_bank_file(papers: PaymentPapers, path: Path) -> list[str]:
    """Write the bank's CSV, one line an account with its sum; returns ids of persons to be paid who have no usable account.

    Who would get nothing, or owes more than he gets, is not in it.
    """
    totals: dict[str, int] = {}
    for _, line in papers.lines():
        totals[line.resident_id] = totals.get(line.resident_id, 0) + line.paid_out
    without = [person for person, fen in totals.items() if fen > 0 and person not in (papers.accounts or {})]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["序号", "户名", "账号", "开户行", "金额", "身份证号", "摘要"])
    number = 0
    for person, fen in totals.items():
        if fen > 0 and papers.accounts and person in papers.accounts:
            number += 1
            holder, bank, account = papers.accounts[person]
            cells = (
                str(number),
                holder,
                account,
                bank,
                f"{exact_yuan(fen):.2f}",
                person,
                f"名册{papers.number}",
            )
            writer.writerow([_no_formula(cell) for cell in cells])
    path.write_text("\ufeff" + text.getvalue(), encoding="utf-8", newline="")
    return without


def _roster_rows(papers: PaymentPapers, payers: Sequence[str]) -> Iterator[list[str | int | Decimal | None]]:
    for number, line in papers.lines():
        street, community, group, name = (visible(text) for text in papers.place(line.resident_id))
        account = (papers.accounts or {}).get(line.resident_id)
        yield [
            *(number, street, community, group, name, mask(line.resident_id), papers.benefit(line.benefit)),
            *(
                papers.outcome_class(line.outcome_class),
                period_words(line.period),
                KINDS[line.kind].zh,
                exact_yuan(line.fen),
            ),
            *(exact_yuan(line.parts[code]) if code in line.parts else None for code in payers),
            *(exact_yuan(line.paid_out), masked_account(account[2]) if account else ""),
        ]


def _held_rows(papers: PaymentPapers) -> Iterator[list[str | int | Decimal | None]]:
    for one in papers.roster.held:
        street, community, group, name = (visible(text) for text in papers.place(one.resident_id))
        yield [
            *(street, community, group, name, mask(one.resident_id), papers.benefit(one.benefit), held_words(one)),
            *(
                one.periods,
                period_words(one.first_period),
                period_words(one.last_period),
                money_range(one.low, one.high),
            ),
            exact_yuan(one.before),
        ]


def held_words(one: Held) -> str:
    """Why something is held."""
    return HELD[one.why].zh if one.why in HELD else one.why


def period_words(period: str) -> str:
    """A period in words.

    >>> period_words("2022-10"), period_words("2022"), period_words("once")
    ('2022年10月', '2022年', '一次')
    """
    if period == "once":
        return "一次"
    year, _, month = period.partition("-")
    return f"{year}年{int(month)}月" if month else f"{year}年"


def _sums(book: Book, papers: PaymentPapers, payers: Sequence[str]) -> None:
    fields = [
        *(
            Field("街道", 14),
            Field("社区/村", 16),
            Field("项目", 20),
            Field("人数", 9, "number"),
            Field("笔数", 9, "number"),
        ),
        *(Field("金额（元）", 16, "money"), *(Field(f"{papers.payer(code)}（元）", 16, "money") for code in payers)),
        Field("发放金额（元）", 16, "money"),
    ]
    rows = [
        [street, community, benefit, *_counted(lines, payers)]
        for street, community, benefit, lines in _by_place(papers)
    ]
    book.list("配套资金", fields, [*rows, ["合计", "", "", *_counted(papers.roster.lines, payers)]], EXCEL_ROWS)


def _by_place(papers: PaymentPapers) -> Iterator[tuple[str, str, str, list[Line]]]:
    found: dict[tuple[str, str, str], list[Line]] = {}
    for _, line in papers.lines():
        street, community, *_ = papers.place(line.resident_id)
        found.setdefault((street, community, papers.benefit(line.benefit)), []).append(line)
    for (street, community, benefit), lines in found.items():
        yield visible(street), visible(community), benefit, lines


def _counted(lines: Sequence[Line], payers: Sequence[str]) -> list[int | Decimal]:
    return [
        len({line.resident_id for line in lines}),
        len(lines),
        exact_yuan(sum(line.fen for line in lines)),
        *(exact_yuan(sum(line.parts.get(code, 0) for line in lines)) for code in payers),
        exact_yuan(sum(line.paid_out for line in lines)),
    ]


def _page(
    papers: PaymentPapers, payers: Sequence[str], street: str, community: str, part: Sequence[tuple[int, Line]]
) -> dict[str, object]:
    lines = [line for _, line in part]
    return {
        "街道": visible(street),
        "社区": visible(community) or "（不在本次名册上的人）",
        "名册号": papers.number,
        "事件": papers.event,
        "取代": papers.supersedes,
        "期间": "至".join(period_words(one) for one in papers.roster.span.name.split("~")),
        "办法": papers.policy.title,
        "出资方": [papers.payer(code) for code in payers],
        "行": [_page_row(papers, payers, number, line) for number, line in part],
        "合计": [
            yuan_and_fen(sum(line.fen for line in lines)),
            *(yuan_and_fen(sum(line.parts.get(c, 0) for line in lines)) for c in payers),
        ],
        "人数": len({line.resident_id for line in lines}),
        "笔数": len(lines),
        "发放": yuan_and_fen(sum(line.paid_out for line in lines)),
        "全册": yuan_and_fen(sum(line.fen for line in papers.roster.lines)),
        "全册人数": len({line.resident_id for line in papers.roster.lines}),
        "签字": list(SIGNERS),
        "单位": papers.sender.office,
        "日期": day_text(papers.sender.day),
    }


def _page_row(papers: PaymentPapers, payers: Sequence[str], number: int, line: Line) -> list[str]:
    _, _, group, name = (visible(text) for text in papers.place(line.resident_id))
    account = (papers.accounts or {}).get(line.resident_id)
    return [
        *(str(number), group, name, mask(line.resident_id), papers.benefit(line.benefit), period_words(line.period)),
        *(KINDS[line.kind].zh, yuan_and_fen(line.fen), *(yuan_and_fen(line.parts.get(code, 0)) for code in payers)),
        f"…{account[2][-4:]}" if account else "",
    ]


def _order(values: Iterable[object]) -> dict[object, int]:
    return {value: place for place, value in enumerate(dict.fromkeys(values))}


def _no_formula(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{text}" if text[:1] in "=+-@＝＋－＠\t\r" and text else text
