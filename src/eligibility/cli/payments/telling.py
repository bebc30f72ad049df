"""What is said of payment rosters, budgets and payments that were matched."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from eligibility.application.payments.printing import PrintedBudget, PrintedMatch, PrintedRoster
from eligibility.cli.papers.telling import say, warn_unprintable
from eligibility.model.diagnostic import Diagnostic
from eligibility.model.resident_id import mask
from eligibility.model.visible import visible


def tell_roster(made: PrintedRoster, out: Path, lang: str) -> None:
    """Its number, control sums, who is held, and who has no account."""
    event = "" if made.event is None else f"（第 {made.event} 号事件）"
    say(
        f"名册 {made.number}{event}：{made.persons:,} 人，{made.lines:,} 笔，{made.yuan} 元；暂不发放 {made.held:,} 人：{out}",
        f"roster {made.number}: {made.persons:,} persons, {made.lines:,} lines, {made.yuan} yuan; held {made.held:,}: {out}",
        lang,
    )
    _tell_findings(made.findings, lang)
    if without := made.without_account:
        listed = "、".join(mask(person) for person in without[:10])
        zh = (
            f"[account_missing] {len(without)} 人没有可用的账号，不在银行代发文件里：{listed}\n  → 在账号表中补上后重做"
        )
        en = (
            f"[account_missing] {len(without)} persons have no usable account: {listed}\n  → add them and make it again"
        )
        sys.stderr.write(visible(en if lang == "en" else zh) + "\n")
    warn_unprintable(made.missing, lang)


def tell_budget(made: PrintedBudget, year: int, out: Path, lang: str) -> None:
    """The need of the year, as a range, and under other numbers."""
    zh = f"{year}年需求：已定 {made.low} 至 {made.high} 元，待核者若全部纳入再加 {made.if_all} 元：{out}"
    en = f"need of {year}: {made.low} to {made.high} yuan decided, {made.if_all} more if all in review were admitted: {out}"
    if made.under_trial:
        zh += f"；试算 {made.under_trial} 元（差 {made.more_under_trial}）"
        en += f"; under trial {made.under_trial} ({made.more_under_trial})"
    if made.unknown:
        zh += f"；{made.unknown:,} 人次算不出金额，不在其内"
        en += f"; {made.unknown:,} have no figure and are not in it"
    say(zh, en, lang)


def tell_match(made: PrintedMatch, out: Path, lang: str) -> None:
    """How much was matched, and what differs."""
    _tell_findings(made.unusable, lang)
    say(
        f"已核对（第 {made.event} 号事件）：{made.payments:,} 笔，{made.yuan} 元；差异 {made.differences:,} 项，未采用 {len(made.unusable):,} 行：{out}",
        f"matched (event {made.event}): {made.payments:,} payments, {made.yuan} yuan; {made.differences:,} differences, {len(made.unusable):,} rows left out: {out}",
        lang,
    )


def _tell_findings(findings: Iterable[Diagnostic], lang: str) -> None:
    for finding in findings:
        sys.stderr.write(visible(finding.in_language(lang)) + "\n")
