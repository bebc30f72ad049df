"""`eligibility review import`: the filled work list, every cell checked, each answer entered as an event."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from eligibility.application.workbench.asked import asked
from eligibility.application.workbench.opened import Opened, acting
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.intake.books.workbook import Workbook
from eligibility.intake.files.kinds import kind_of
from eligibility.intake.files.limits import check_size
from eligibility.model import work_list as form
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Event
from eligibility.model.resident_id import mask
from eligibility.review import (
    Checker,
    Filled,
    Standing,
    missing_sheet,
    new_answers,
    read_sheet,
    shares_above,
    sheets_of,
    standing,
)

_LARGEST = 128 << 20
"""Bytes of a filled work list; that of a hundred thousand persons has a tenth of it."""
_SHOWN = 200
_LISTS = ((form.QUESTIONS, form.QUESTION_LOCKED, form.QUESTION_FILL), (form.SHARES, form.SHARE_LOCKED, form.SHARE_FILL))


def import_answers(file: Path, run_folder: Path, *, now: datetime, lang: str, json: bool) -> None:
    """Enter the answers of a filled work list; those already recorded, word for word, are left as they are.

    Raises:
        InputError: the workbook cannot be read, or any cell of it is wrong; then nothing is recorded.

    """
    filled = _filled(file)
    with acting(run_folder, now) as (desk, writer):
        answers = _checked(filled, desk, now, file, writer.events)
        added = writer.append(*new_answers(answers, writer.events))
        stands = standing(writer.events)
    disagreements = [one for one in stands.values() if one.disagree]
    told = {
        "answers": len(answers),
        "recorded": len(added),
        "known": len(answers) - len(added),
        "disagreements": len(disagreements),
    }
    if json:
        print_json(told)
        return
    _tell(told, added, disagreements, lang)


def _filled(file: Path) -> list[Filled]:
    if not file.is_file():
        problem = Bilingual("文件不存在", "there is no such file")
        raise InputError(
            Diagnostic("file_missing", SourceLocation(str(file)), problem, Bilingual("检查路径", "check the path"))
        )
    kind = kind_of(file, file.name)
    if not kind.book:
        raise InputError(missing_sheet())
    check_size(file, file.name, _LARGEST)
    book = Workbook(file, kind, file.name)
    filled: list[Filled] = []
    findings: list[Diagnostic] = []
    if form.QUESTIONS not in book.sheets:
        raise InputError(missing_sheet())
    for name, locked, fill in _LISTS:
        for sheet in sheets_of(name, book.sheets):
            rows, wrong = read_sheet(sheet, book.grid(sheet).rows, locked, fill)
            filled += rows
            findings += wrong
    _refuse(findings)
    return filled


def _checked(
    filled: list[Filled], desk: Opened, now: datetime, file: Path, events: Sequence[Event]
) -> list[dict[str, Any]]:
    questions = asked(desk)
    checker = Checker(questions, desk.policy, now.date())
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    answers: list[dict[str, Any]] = []
    findings: list[Diagnostic] = []
    said: dict[tuple[str, str, str], Filled] = {}
    for one in filled:
        answer = checker.check(one)
        if isinstance(answer, list):
            findings += answer
            continue
        place = {"file": file.name, "sheet": one.sheet, "row": one.row, "sha256": sha256}
        answers.append(answer | {"place": place, "batch": desk.batch.seq})
        first = said.setdefault((answer["question"], answer["household"], answer["by"]), one)
        if first is not one:
            findings.append(_twice(one, first))
    findings += shares_above(answers, standing(events), {one.id: one.most_umu for one in questions.values()})
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


def _twice(one: Filled, first: Filled) -> Diagnostic:
    where = f"{first.sheet}!{first.row}"
    problem = Bilingual(
        f"同一问题已由同一人在 {where} 行答复", f"the same person answered this question in row {where}"
    )
    return Diagnostic(
        "answered_twice",
        SourceLocation(f"{one.sheet}!{one.row}"),
        problem,
        Bilingual("只留一行", "keep one of the rows"),
    )


def _tell(told: dict[str, int], added: list[Event], disagreements: list[Standing], lang: str) -> None:
    console = Screen(soft_wrap=True)
    if lang == "en":
        console.print(f"{told['answers']} answers read: {told['recorded']} recorded, {told['known']} known already.")
    else:
        console.print(f"读到 {told['answers']} 个答复：新记入 {told['recorded']} 个，此前已记 {told['known']} 个。")
    for kind, count in sorted(_by_kind(added).items()):
        console.print(f"  {kind} {count}")
    for one in disagreements:
        console.print(f"{on('yellow')}{disagreement(one, lang)}{OFF}")
    if told["recorded"]:
        word = (
            "Decide again with: eligibility run … --answers RUN"
            if lang == "en"
            else "重新判定：eligibility run … --answers 结果目录"
        )
        console.print(word)


def disagreement(one: Standing, lang: str) -> str:
    """Two reviewers' words against each other, in one line."""
    first = one.answers[0]
    subject = mask(first["subject"]) if first["subject_kind"] == "person" else first["subject"]
    words = "；".join(f"{said['by']}：{_word(said)}" for said in one.answers)
    if lang == "en":
        return f"! reviewers disagree, nothing is settled: {first['asks']} {subject}: {words}"
    return f"！答复不一致，暂不采用：{first['asks']} {subject}：{words}"


def _word(said: dict[str, Any]) -> str:
    area = "" if said["area_umu"] is None else f"{said['area_umu'] / 1_000_000:.4f}亩"
    words = {key: word for word, key in form.form_of(said["asks"]).words.items()}
    answer = words.get(said["answer"], said["answer"])
    return " ".join(part for part in (answer, area, said["since"], said["until"]) if part)


def _by_kind(events: list[Event]) -> dict[str, int]:
    counted: dict[str, int] = defaultdict(int)
    for event in events:
        counted[event.body["asks"]] += 1
    return counted
