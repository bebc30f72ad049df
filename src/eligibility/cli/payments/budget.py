"""`eligibility payments budget`."""

from __future__ import annotations

from pathlib import Path

from eligibility.application.payments.budget import budget_of
from eligibility.application.payments.paid import fen_of
from eligibility.cli.papers.placing import new_folder, say
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.money.words import yuan
from eligibility.reporting.books.payment_books import BudgetSheet, totals, write_budget_book


def write_budget(run: Path, year: int, appropriated: str, values: tuple[str, ...], out: Path, *, lang: str) -> None:
    """Write the workbook of a budget.

    Raises:
        InputError: see `budget_of`; an amount or a trial value that cannot be read, or `out` is in use.

    """
    given = fen_of(appropriated) if appropriated else None
    if appropriated and given is None:
        problem = Bilingual(f"“{appropriated}”不是金额", f"“{appropriated}” is no amount")
        remedy = Bilingual("写成元，如 60000000", "in yuan, such as 60000000")
        raise InputError(Diagnostic("bad_number", SourceLocation("--appropriated"), problem, remedy))
    if bad := next((value for value in values if "=" not in value), None):
        problem = Bilingual(f"“{bad}”应写成 参数=值", f"“{bad}” must be parameter=value")
        remedy = Bilingual("如 --set fiscal_share=70", "such as --set fiscal_share=70")
        raise InputError(Diagnostic("bad_value", SourceLocation("--set"), problem, remedy))
    tried = dict(value.split("=", 1) for value in values)
    with new_folder(out) as folder:
        made = budget_of(run, year, tried)
        sheet = BudgetSheet(year, made.policy, made.needs, made.under_trial, made.tried, given, made.paid)
        write_budget_book(sheet, folder / f"{year}年资金需求.xlsx")
    low, high, more = totals(made.needs)
    zh = f"{year}年需求：已定 {yuan(low)} 至 {yuan(high)} 元，待核者若全部纳入再加 {yuan(more)} 元：{out}"
    en = f"need of {year}: {yuan(low)} to {yuan(high)} yuan decided, {yuan(more)} more if all in review were admitted: {out}"
    if made.under_trial is not None:
        other = totals(made.under_trial)[1]
        zh += f"；试算 {yuan(other)} 元（差 {yuan(other - high)}）"
        en += f"; under trial {yuan(other)} ({yuan(other - high)})"
    unknown = sum(one.unknown for one in made.needs)
    if unknown:
        zh += f"；{unknown:,} 人次算不出金额，不在其内"
        en += f"; {unknown:,} have no figure and are not in it"
    say(zh, en, lang)
