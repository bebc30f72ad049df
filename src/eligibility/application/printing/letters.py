"""Letters to the persons of a run: one a person for Word, or one PDF a community; and their template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from eligibility.application.printing.placing import Letterhead, Printed, new_folder, place
from eligibility.application.workbench.chosen import choose, leave_out_incomplete, mark_incomplete
from eligibility.application.workbench.opened import reading
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.reporting.fonts import unprintable
from eligibility.reporting.printed.letter_docx import DEFAULT, fill
from eligibility.reporting.printed.letters import day_text, letters, names_of
from eligibility.reporting.printed.typeset import typeset

People = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Letters:
    """Which letters of which run, where to, and in which form; nobody named: everybody of the run."""

    run: Path
    out: Path
    persons: tuple[str, ...]
    community: str
    word: bool
    template: Path | None


def write_letters(order: Letters, head: Letterhead) -> Printed:
    """Write a docx a person, or a PDF a community (a letter begins on a page of its own).

    Raises:
        InputError: no finished run, nobody of that name in it, a broken template, or `out` is in use.

    """
    if order.template and not order.word:
        problem = Bilingual("模板只用于 docx", "a template is for docx only")
        remedy = Bilingual("加 --format docx", "add --format docx")
        raise InputError(Diagnostic("template_for_pdf", SourceLocation("--template"), problem, remedy))
    sender = head.sender
    with reading(order.run) as opened:
        con, policy = opened.con, opened.policy
        if order.persons or order.community:
            choose(con, order.persons, order.community, None)
        else:
            con.execute("CREATE TEMP TABLE chosen AS SELECT row_id FROM decision.persons")
        if sender.draft:
            mark_incomplete(con, notices=True)
        left_out = 0 if sender.draft else leave_out_incomplete(con, notices=True)
        people = list(letters(con, policy, sender))
    with new_folder(order.out) as folder:
        files = _word(order, people, folder) if order.word else _pdf(policy, people, head, folder)
        written = sum(1 for _ in files)
    missing = () if order.word else tuple(unprintable(names_of(people), head.fonts))
    return Printed(len(people), written, left_out, missing)


def write_template(out: Path) -> None:
    """Copy the shipped template to `out`.

    Raises:
        InputError: `out` exists or cannot be written.

    """
    try:
        with out.open("xb") as file, DEFAULT.open("rb") as shipped:
            shutil.copyfileobj(shipped, file)
    except OSError as error:
        problem = Bilingual(f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}")
        remedy = Bilingual("用 --out 指定一个新文件", "name a new file with --out")
        raise InputError(Diagnostic("out_not_writable", SourceLocation(str(out)), problem, remedy)) from None


def _word(order: Letters, people: People, folder: Path) -> Iterator[Path]:
    for number, one in enumerate(people, start=1):
        name = f"{number:05d}_{one['姓名']}_{one['身份证号'][-4:]}.docx"
        path = place(folder, one["街道"], one["社区"], name)
        fill(order.template or DEFAULT, one, path)
        yield path


def _pdf(policy: Policy, people: People, head: Letterhead, folder: Path) -> Iterator[Path]:
    for (street, community), part in groupby(people, key=lambda one: (one["街道"], one["社区"])):
        data = {"letters": list(part), "单位": head.office, "日期": day_text(head.day), "办法": policy.title}
        path = place(folder, street, "", f"告知书_{community}.pdf")
        path.write_bytes(typeset("letter", data, head.day, head.fonts))
        yield path
