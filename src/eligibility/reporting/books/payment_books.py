"""Workbooks of money: the budget of a year, and what was paid against the rosters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from eligibility.model.policy import Policy
from eligibility.model.resident_id import mask
from eligibility.model.visible import visible
from eligibility.money.budget import Need, summed
from eligibility.money.words import exact_yuan
from eligibility.reporting.books.sheets import EXCEL_ROWS, Book, Field
from eligibility.reporting.printed.payment_roster import period_words
from eligibility.reporting.printed.payment_words import PAID_REMEDIES, PAID_WORDS, payer_title

Cells = list[str | int | Decimal | None]

_MONEY = ("已定（少）", "已定（多）", "待核者若全部纳入再加", "最多合计")


@dataclass(frozen=True, slots=True)
class BudgetSheet:
    """What the workbook of a budget shows; amounts in 分."""

    year: int
    policy: Policy
    needs: Sequence[Need]
    under_trial: Sequence[Need] | None
    tried: Mapping[str, str]
    appropriated: int | None
    paid: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A difference between rosters and payments, as it is listed."""

    code: str
    resident_id: str
    place: tuple[str, str, str, str]
    period: str
    least: int
    most: int
    rows: tuple[int, ...]


def write_budget_book(budget: BudgetSheet, path: Path) -> None:
    """Write the sheets: the whole against what was appropriated and paid, then by month, street, payer, and everything."""
    with Book(path, budget.policy, f"{budget.year}年资金需求") as book:
        fields = [Field("项目", 44), Field("金额（元）", 18, "money"), Field("说明", 60)]
        book.list("总表", fields, list(_whole(budget)), EXCEL_ROWS)
        for name, header, key in (
            ("按月", "月份", "month"),
            ("按街道", "街道", "street"),
            ("按出资方", "出资方", "payer"),
        ):
            rows: list[Cells] = [
                [_named(budget.policy, key, code), *_amounts(sums)]
                for (code,), sums in summed(budget.needs, key).items()
            ]
            book.list(
                name, [Field(header, 16), *(Field(f"{one}（元）", 20, "money") for one in _MONEY)], rows, EXCEL_ROWS
            )
        every = [
            *(
                Field("月份", 10),
                Field("街道", 14),
                Field("项目", 20),
                Field("出资方", 14),
                Field("已定人数", 9, "number"),
            ),
            *(Field("待核人数", 9, "number"), Field("算不出人数", 10, "number")),
            *(Field(f"{one}（元）", 20, "money") for one in _MONEY),
        ]
        details: list[Cells] = []
        for one in budget.needs:
            cells: Cells = [one.month, visible(one.street), budget.policy.benefits[one.benefit].title]
            cells += [payer_title(budget.policy, one.payer), one.persons, one.open_persons, one.unknown]
            details.append([*cells, *_amounts((one.low, one.high, one.open_high))])
        book.list("明细", every, details, EXCEL_ROWS)


def totals(needs: Iterable[Need]) -> tuple[int, int, int]:
    """`low`, `high` and `open_high` of all of them, in 分."""
    return summed(needs).get((), (0, 0, 0))


def _whole(budget: BudgetSheet) -> Iterable[Cells]:
    low, high, more = totals(budget.needs)
    unknown = sum(one.unknown for one in budget.needs)
    paid = sum(budget.paid.values())
    yield ["已定人员的需求（少）", exact_yuan(low), "金额为区间的按下限"]
    yield ["已定人员的需求（多）", exact_yuan(high), "金额为区间的按上限"]
    yield ["待核人员若全部纳入，再加", exact_yuan(more), "一个也不纳入则为零"]
    yield ["最多合计", exact_yuan(high + more), ""]
    if unknown:
        yield ["算不出金额的人次", None, f"{unknown:,} 人次：法定数值未设定或事实不详，不在以上各数之内"]
    if budget.appropriated is not None:
        yield ["预算安排", exact_yuan(budget.appropriated), ""]
        yield ["预算安排减已定需求（多）", exact_yuan(budget.appropriated - high), "负数为缺口"]
        yield ["预算安排减最多合计", exact_yuan(budget.appropriated - high - more), "负数为缺口"]
    yield ["已付（与名册核对过的付款文件）", exact_yuan(paid), "按付款日期所在年份"]
    if budget.appropriated:
        rate = Decimal(paid * 10_000 // budget.appropriated).scaleb(-2)
        yield ["预算执行率", None, f"{rate}%（已付 ÷ 预算安排，舍去百分之一以下）"]
    if budget.under_trial is not None:
        other = totals(budget.under_trial)
        tried = "；".join(f"{name}={value}" for name, value in budget.tried.items())
        yield [f"试算：{tried}", exact_yuan(other[1]), "已定人员的需求（多）"]
        yield ["试算与现行之差", exact_yuan(other[1] - high), "正数为增加"]
        yield ["试算：最多合计", exact_yuan(other[1] + other[2]), ""]
        for (payer,), sums in summed(budget.under_trial, "payer").items():
            before = summed(budget.needs, "payer").get((payer,), (0, 0, 0))
            yield [
                f"试算：{payer_title(budget.policy, payer)}承担",
                exact_yuan(sums[1]),
                f"现行 {exact_yuan(before[1]):,} 元",
            ]


def write_paid_book(lines: Sequence[PaidLine], unusable: Sequence[tuple[int, str]], policy: Policy, path: Path) -> None:
    """Write the differences by kind, and the rows of the file that could not be used."""
    with Book(path, policy, "发放对账") as book:
        fields = [
            *(Field("街道", 12), Field("社区/村", 14), Field("村民小组", 12), Field("姓名", 12)),
            *(
                Field("公民身份号码（部分隐去）", 24),
                Field("差异", 30),
                Field("期间", 10),
                Field("至少（元）", 14, "money"),
            ),
            *(Field("至多（元）", 14, "money"), Field("付款文件行号", 16), Field("怎样办", 44)),
        ]
        rows: list[Cells] = [
            [
                *(visible(text) for text in one.place),
                *(mask(one.resident_id), PAID_WORDS[one.code].zh, period_words(one.period) if one.period else ""),
                *(
                    exact_yuan(one.least),
                    exact_yuan(one.most),
                    "、".join(str(row) for row in one.rows),
                    PAID_REMEDIES[one.code].zh,
                ),
            ]
            for one in lines
        ]
        book.list("差异", fields, rows, EXCEL_ROWS)
        book.list(
            "未采用的行", [Field("行号", 8, "number"), Field("为何", 80)], [list(one) for one in unusable], EXCEL_ROWS
        )


def _named(policy: Policy, key: str, code: str) -> str:
    return payer_title(policy, code) if key == "payer" else visible(code)


def _amounts(sums: tuple[int, int, int]) -> list[Decimal]:
    low, high, more = sums
    return [exact_yuan(low), exact_yuan(high), exact_yuan(more), exact_yuan(high + more)]
