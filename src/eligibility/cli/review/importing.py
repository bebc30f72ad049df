"""`eligibility review import`: the filled work list, every cell checked, each answer entered as an event."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from eligibility.application.workbench.asked import asked
from eligibility.application.workbench.effect import MOST_PERSONS, Unheeded, unheeded
from eligibility.application.workbench.opened import Opened, acting
from eligibility.cli.run_summary import unheeded_lines
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.intake.books.workbook import Workbook
from eligibility.intake.files.kinds import kind_of
from eligibility.intake.files.limits import check_size
from eligibility.labels.topics import asked_about
from eligibility.model import work_list as form
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Event
from eligibility.model.resident_id import mask
from eligibility.review import (
    Checker,
    Filled,
    Standing,
    answer_words,
    missing_sheet,
    new_answers,
    read_sheet,
    shares_above,
    sheets_of,
    standing,
    usable,
    with_rest,
)

_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".et")
_LARGEST = 128 << 20
"""Bytes of a filled work list; that of a hundred thousand persons has a tenth of it."""
_SHOWN = 200
_LISTS = ((form.QUESTIONS, form.QUESTION_LOCKED, form.QUESTION_FILL), (form.SHARES, form.SHARE_LOCKED, form.SHARE_FILL))


def import_answers(files: Sequence[Path], run_folder: Path, *, now: datetime, lang: str, json: bool) -> None:
    """Enter the answers of filled work lists; those already recorded, word for word, are left as they are.

    Raises:
        InputError: a workbook cannot be read, or any cell of any of them is wrong; then nothing is recorded.

    """
    lists = _lists(files)
    filled = _filled(lists)
    with acting(run_folder, now) as (opened, writer):
        answers = _checked(filled, opened, now, writer.events)
        added = writer.append(*new_answers(answers, writer.events))
        stands = standing(writer.events)
        record, batch, tried = opened.record, opened.batch, usable(writer.events)
    new = [event.body for event in added]
    against = unheeded(record, batch, tried, new) if new and _small(batch) else Unheeded((), 0)
    disagreements = [one for one in stands.values() if one.disagree]
    counts = {
        "answers": len(answers),
        "recorded": len(added),
        "known": len(answers) - len(added),
        "disagreements": len(disagreements),
        "contradicted": sum(one.effect == "conflict" for one in against.answers),
        "unused": sum(one.effect == "unused" for one in against.answers),
    }
    if json:
        print_json(counts)
        return
    _report(counts, added, disagreements, against, lang)


def _small(batch: Event) -> bool:
    """Whether the batch can be tried again while somebody waits; of a larger one the next run tells."""
    return int(sum(batch.body["outcomes"].values())) <= MOST_PERSONS


def _lists(files: Sequence[Path]) -> list[Path]:
    """The workbooks that were named, and those of folders that were named."""
    found: list[Path] = []
    for file in files:
        if file.is_dir():
            books = sorted(
                one for one in file.rglob("*") if one.suffix.lower() in _BOOKS and not one.name.startswith("~$")
            )
            if not books:
                raise InputError(missing_sheet())
            found += books
        else:
            found.append(file)
    return list(dict.fromkeys(found))


def _filled(files: Sequence[Path]) -> list[tuple[Path, Filled]]:
    filled: list[tuple[Path, Filled]] = []
    findings: list[Diagnostic] = []
    for file in files:
        rows, wrong = _rows_of(file)
        filled += [(file, one) for one in rows]
        findings += _of_file(wrong, file, files)
    _refuse(findings)
    return filled


def _rows_of(file: Path) -> tuple[list[Filled], list[Diagnostic]]:
    """The filled rows of one workbook, and what is wrong with it."""
    if not file.is_file():
        problem = Bilingual("文件不存在", "there is no such file")
        raise InputError(
            Diagnostic("file_missing", SourceLocation(str(file)), problem, Bilingual("检查路径", "check the path"))
        )
    kind = kind_of(file, file.name)
    if not kind.book:
        return [], [missing_sheet()]
    check_size(file, file.name, _LARGEST)
    book = Workbook(file, kind, file.name)
    if form.QUESTIONS not in book.sheets:
        return [], [missing_sheet()]
    filled: list[Filled] = []
    findings: list[Diagnostic] = []
    for name, locked, fill in _LISTS:
        for sheet in sheets_of(name, book.sheets):
            rows, wrong = read_sheet(sheet, book.grid(sheet).rows, locked, fill)
            filled += rows
            findings += wrong
    return filled, findings


def _of_file(findings: list[Diagnostic], file: Path, files: Sequence[Path]) -> list[Diagnostic]:
    """Findings by cell, with the name of the file where there are several."""
    if len(files) == 1:
        return findings
    return [replace(one, at=replace(one.at, file=f"{file.name} {one.at.file}")) for one in findings]


def _checked(
    filled: list[tuple[Path, Filled]], opened: Opened, now: datetime, events: Sequence[Event]
) -> list[dict[str, Any]]:
    questions = asked(opened)
    checker = Checker(questions, opened.policy, now.date())
    files = list(dict.fromkeys(file for file, _ in filled))
    digests = {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    answers: list[dict[str, Any]] = []
    findings: list[Diagnostic] = []
    given: dict[tuple[str, str, str], tuple[Path, Filled]] = {}
    for file, row in filled:
        answer = checker.check(row)
        if isinstance(answer, list):
            findings += _of_file(answer, file, files)
            continue
        place = {"file": file.name, "sheet": row.sheet, "row": row.row, "sha256": digests[file]}
        answers.append(answer | {"place": place, "batch": opened.batch.seq})
        first = given.setdefault((answer["question"], answer["household"], answer["by"]), (file, row))
        if first != (file, row):
            findings += _of_file([_twice(row, first, several=len(files) > 1)], file, files)
    stands = standing(events)
    answers, wrong = with_rest(opened.con, answers, stands)
    findings += wrong
    findings += shares_above(answers, stands, {one.id: one.most_umu for one in questions.values()})
    _refuse(findings)
    return answers


def _refuse(findings: list[Diagnostic]) -> None:
    """Nothing is entered where anything is wrong; a file that is none of ours is not told cell by cell."""
    if len(findings) > _SHOWN:
        more = Bilingual(f"另有 {len(findings) - _SHOWN} 处", f"{len(findings) - _SHOWN} more")
        remedy = Bilingual("先更正以上各处", "mend these first")
        raise InputError(*findings[:_SHOWN], Diagnostic("more_findings", SourceLocation("review import"), more, remedy))
    if findings:
        raise InputError(*findings)


def _twice(row: Filled, first: tuple[Path, Filled], *, several: bool) -> Diagnostic:
    file, earlier = first
    where = f"{file.name + ' ' if several else ''}{earlier.sheet}!{earlier.row}"
    problem = Bilingual(
        f"同一问题已由同一人在 {where} 行答复", f"the same person answered this question in row {where}"
    )
    return Diagnostic(
        "answered_twice",
        SourceLocation(f"{row.sheet}!{row.row}"),
        problem,
        Bilingual("只留一行", "keep one of the rows"),
    )


def _report(
    counts: Mapping[str, int], added: list[Event], disagreements: list[Standing], against: Unheeded, lang: str
) -> None:
    console, en = Screen(soft_wrap=True), lang == "en"
    if en:
        console.print(
            f"{counts['answers']} answers read: {counts['recorded']} recorded, {counts['known']} known already."
        )
    else:
        console.print(
            f"读到 {counts['answers']} 个答复：新记入 {counts['recorded']} 个，此前已记 {counts['known']} 个。"
        )
    for kind, count in sorted(_by_kind(added).items()):
        console.print(f"  {asked_about(kind).in_language(lang)} {count}")
    for standing_ in disagreements:
        console.print(f"{on('yellow')}{disagreement(standing_, lang)}{OFF}")
    if against.answers:
        for line in unheeded_lines(against.answers, lang):
            console.print(line)
        if counts["contradicted"]:
            console.print(
                f"Deciding again with them, {against.unsettled} persons decided so far go to review. Answer again where it was a slip."
                if en
                else f"照此重新判定，已有结论的 {against.unsettled} 人会转人工核查；填错了的，改正后再导入一次即可。"
            )
    if counts["recorded"]:
        console.print(
            "Decide again with: eligibility run … --answers RUN"
            if en
            else "重新判定：eligibility run … --answers 结果目录"
        )


def disagreement(one: Standing, lang: str) -> str:
    """Two reviewers' words against each other, in one line."""
    first = one.answers[0]
    subject = mask(first["subject"]) if first["subject_kind"] == "person" else first["subject"]
    words = "；".join(f"{answer['by']}：{answer_words(answer)}" for answer in one.answers)
    if lang == "en":
        return f"! reviewers disagree, nothing is settled: {first['asks']} {subject}: {words}"
    return f"！答复不一致，暂不采用：{first['asks']} {subject}：{words}"


def _by_kind(events: list[Event]) -> dict[str, int]:
    counted: dict[str, int] = defaultdict(int)
    for event in events:
        counted[event.body["asks"]] += 1
    return counted
