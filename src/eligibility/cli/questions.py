"""`eligibility questions`: what to ask first, so that one answer settles as many persons as possible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from eligibility.application.saved_runs import open_run
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.model.resident_id import mask

COLUMNS = (
    "question_id", "number", "asks", "kind", "subject_kind", "subject", "community", "group_name", "title", "title_en", "documents",
    "bodies", "persons_touched", "persons_settled",
)  # fmt: skip
TOTALS = """
SELECT
    (SELECT count(*) FROM decision.questions),
    (SELECT count(DISTINCT row_id) FROM decision.person_questions),
    (SELECT coalesce(sum(persons_settled), 0)::BIGINT FROM decision.questions)
"""


def show_questions(run: Path, top: int, *, lang: str, json: bool) -> None:
    """Print the `top` questions of a finished run (0: all), the most valuable first; resident ids are masked.

    Raises:
        InputError: no finished run, or one made before questions were kept.

    """
    con, policy = open_run(run, again=False)
    with con:
        try:
            found = con.execute(f"SELECT {', '.join(COLUMNS)} FROM decision.questions").fetchall()
            totals = con.execute(TOTALS).fetchall()[0]
        except (duckdb.IOException, duckdb.CatalogException):
            raise InputError(_outdated(run)) from None
    questions = [_masked(dict(zip(COLUMNS, row, strict=True))) for row in found[: top or None]]
    if json:
        print_json(questions)
        return
    console = Screen()
    console.print(_table(questions, policy, lang))
    console.print(_closing(questions, totals, lang))


def _masked(question: dict[str, Any]) -> dict[str, Any]:
    return question | {"subject": mask(question["subject"])} if question["subject_kind"] == "person" else question


def _table(questions: list[dict[str, Any]], policy: Policy, lang: str) -> Table:
    en = lang == "en"
    table = Table(title="What to ask first" if en else "先问什么", show_lines=True)
    table.add_column("Question" if en else "问题", overflow="fold", ratio=1)
    table.add_column("Settles" if en else "可办结", justify="right", no_wrap=True)
    table.add_column("Touches" if en else "涉及", justify="right", no_wrap=True)
    for one in questions:
        table.add_row(
            _told(one, policy, en), f"{on('bold')}{one['persons_settled']:,}{OFF}", f"{one['persons_touched']:,}"
        )
    return table


def _told(one: dict[str, Any], policy: Policy, en: bool) -> str:
    """The question; below it where, by which papers and by whom it is answered."""
    papers, bodies = _titles(one["documents"], policy.documents, en), _titles(one["bodies"], policy.bodies, en)
    place = f"{one['community']} {one['group_name']}".strip()
    asked = f"{papers} ← {bodies}" if papers and bodies else papers or bodies
    below = "；".join(part for part in (place, asked) if part)
    number = f"No. {one['number']}" if en else f"问{one['number']}"
    return f"{number} {one['title_en' if en else 'title']}\n{on('dim')}{below}{OFF}"


def _titles(codes: str, titles: dict[str, str], en: bool) -> str:
    return "、".join(code if en else titles.get(code, code) for code in codes.split(";") if code)


def _closing(questions: list[dict[str, Any]], totals: tuple[int, int, int], lang: str) -> str:
    every, persons, alone = totals
    settled = sum(one["persons_settled"] for one in questions)
    if lang == "en":
        return (
            f"{persons:,} persons wait for {every:,} questions; {alone:,} of them are settled by one answer."
            f" These {len(questions):,} would settle {settled:,}."
        )
    return f"待核 {persons:,} 人，问题 {every:,} 个；其中 {alone:,} 人有一个答复即可办结。以上 {len(questions):,} 问答复后即可办结 {settled:,} 人。"


def _outdated(run: Path) -> Diagnostic:
    said = Bilingual(
        "该结果由较早的程序作出，没有存下问题清单", "the run was made by an earlier program and keeps no questions"
    )
    remedy = Bilingual("请重新执行 eligibility run", "decide the dossier anew with eligibility run")
    return Diagnostic("run_outdated", SourceLocation(str(run)), said, remedy)
