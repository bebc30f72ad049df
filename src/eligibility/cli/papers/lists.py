"""`eligibility papers roster` and `summary`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eligibility.application.workbench.chosen import leave_out_incomplete, mark_incomplete
from eligibility.application.workbench.opened import reading
from eligibility.cli.papers.placing import new_folder, place, say, say_left_out, warn_unprintable
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.reporting.printed.letters import Sender
from eligibility.reporting.printed.roster import PUBLISHED, entries, period, roster_pages, write_roster_book
from eligibility.reporting.printed.stage_table import stage_lines, stage_page, write_stage_book

Fonts = tuple[Path, ...]


def write_roster(run: Path, out: Path, sender: Sender, fonts: Fonts, *, lang: str) -> None:
    """Write the roster: one workbook, and a PDF a community to post there.

    Raises:
        InputError: no finished run, or `out` is in use.

    """
    with reading(run) as opened:
        con, policy = opened.con, opened.policy
        con.execute("CREATE TEMP TABLE chosen AS SELECT row_id FROM decision.persons")
        drafts = mark_incomplete(con, notices=False, outcomes=PUBLISHED)
        left_out = 0 if sender.draft else leave_out_incomplete(con, notices=False, outcomes=PUBLISHED)
        sender = sender if drafts else replace(sender, draft="")
        people = entries(con, policy)
    with new_folder(out) as folder:
        write_roster_book(people, policy, folder / "公示名册.xlsx")
        for street, community, page in roster_pages(people, policy, sender, fonts):
            place(folder, street, "", f"公示名册_{community}.pdf").write_bytes(page)
    warn_unprintable("".join(f"{one.name}{one.group}{one.community}{one.street}" for one in people), fonts, lang)
    days = period(policy, sender.day)
    zh, en = (f"公示期 {days[0]} 至 {days[1]}", f"published {days[0]} to {days[1]}") if days else _no_days()
    say(f"公示名册 {len(people):,} 人：{out}。{zh}", f"roster of {len(people):,} persons: {out}. {en}", lang)
    say_left_out(left_out, lang)


def write_summary_table(run: Path, out: Path, sender: Sender, fonts: Fonts, *, lang: str) -> None:
    """Write the table by street as workbook and PDF, from signatures and 联审意见.

    Raises:
        InputError: no finished run, its rulebook names no stages, or `out` is in use.

    """
    with reading(run) as desk:
        if not desk.policy.stages:
            problem = Bilingual("本规则没有写审核环节", "the rulebook names no stages")
            remedy = Bilingual(
                "在规则目录写 stages.yaml 后重新审核", "write stages.yaml in the rulebook, then run again"
            )
            raise InputError(Diagnostic("stages_missing", SourceLocation(str(run)), problem, remedy))
        lines = stage_lines(desk.con, desk.policy)
        with new_folder(out) as folder:
            write_stage_book(lines, desk.policy, folder / "汇总表.xlsx")
            (folder / "汇总表.pdf").write_bytes(stage_page(lines, desk.policy, sender, fonts))
    warn_unprintable("".join(line.street for line in lines), fonts, lang)
    say(f"汇总表：{out}", f"summary table: {out}", lang)


def _no_days() -> tuple[str, str]:
    return (
        "公示天数未设定（publication_days），期限留空待填",
        "publication_days is not set: the period is left blank to fill in",
    )
