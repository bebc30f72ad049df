"""The roster of those who are covered, for publication, and the table by street and stage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eligibility.application.printing.placing import Letterhead, Printed, new_folder, place
from eligibility.application.workbench.chosen import leave_out_incomplete, mark_incomplete
from eligibility.application.workbench.opened import reading
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.reporting.fonts import unprintable
from eligibility.reporting.printed.roster import PUBLISHED, entries, period, roster_pages, write_roster_book
from eligibility.reporting.printed.stage_table import stage_lines, stage_page, write_stage_book


def write_roster(run: Path, out: Path, head: Letterhead) -> Printed:
    """Write the roster: one workbook, and a PDF a community to post there.

    Raises:
        InputError: no finished run, or `out` is in use.

    """
    with reading(run) as opened:
        con, policy = opened.con, opened.policy
        con.execute("CREATE TEMP TABLE chosen AS SELECT row_id FROM decision.persons")
        drafts = mark_incomplete(con, notices=False, outcomes=PUBLISHED)
        left_out = 0 if head.draft else leave_out_incomplete(con, notices=False, outcomes=PUBLISHED)
        sender = head.sender if drafts else replace(head.sender, draft="")
        people = entries(con, policy)
    with new_folder(out) as folder:
        write_roster_book(people, policy, folder / "公示名册.xlsx")
        pages = list(roster_pages(people, policy, sender, head.fonts))
        for street, community, page in pages:
            place(folder, street, "", f"公示名册_{community}.pdf").write_bytes(page)
    names = "".join(f"{one.name}{one.group}{one.community}{one.street}" for one in people)
    missing = tuple(unprintable(names, head.fonts))
    return Printed(len(people), len(pages) + 1, left_out, missing, period(policy, head.day))


def write_summary_table(run: Path, out: Path, head: Letterhead) -> Printed:
    """Write the table by street as workbook and PDF, from signatures and 联审意见.

    Raises:
        InputError: no finished run, its rulebook names no stages, or `out` is in use.

    """
    with reading(run) as opened:
        if not opened.policy.stages:
            problem = Bilingual("本规则没有写审核环节", "the rulebook names no stages")
            remedy = Bilingual(
                "在规则目录写 stages.yaml 后重新审核", "write stages.yaml in the rulebook, then run again"
            )
            raise InputError(Diagnostic("stages_missing", SourceLocation(str(run)), problem, remedy))
        lines = stage_lines(opened.con, opened.policy)
        with new_folder(out) as folder:
            write_stage_book(lines, opened.policy, folder / "汇总表.xlsx")
            (folder / "汇总表.pdf").write_bytes(stage_page(lines, opened.policy, head.sender, head.fonts))
    return Printed(0, 2, missing=tuple(unprintable("".join(line.street for line in lines), head.fonts)))
