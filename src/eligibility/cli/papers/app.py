"""`eligibility papers …`: letters, the roster for publication, the table by stage, the Word template."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eligibility.cli.options import Day, Fonts, Office, Out, Run, lang

if TYPE_CHECKING:
    from eligibility.application.printing.placing import Letterhead

papers_app = typer.Typer()

Draft = Annotated[
    bool,
    typer.Option("--draft", help="也出尚未签完的，每页印“草稿” / also what is not signed through, marked on each page"),
]


class Form(StrEnum):
    """Forms of a letter."""

    DOCX = "docx"
    PDF = "pdf"


@papers_app.command("letters")
def letters(
    run: Run,
    out: Out,
    person: Annotated[
        list[str] | None, typer.Option("--person", help="身份证号，可多次 / resident id, repeatable")
    ] = None,
    community: Annotated[str, typer.Option("--community", help="一个社区的全部人员 / everybody of a community")] = "",
    form: Annotated[
        Form, typer.Option("--format", help="docx 每人一份；pdf 每社区一份 / one a person; one a community")
    ] = Form.PDF,
    template: Annotated[
        Path | None, typer.Option("--template", help="自己的 docx 模板 / your own docx template")
    ] = None,
    office: Office = "",
    date: Day = None,
    draft: Draft = False,
    fonts: Fonts = None,
) -> None:
    """告知书：结论、条款与依据、缺什么材料、如何提出异议 / letters: outcome, clauses, what is missing, how to object."""
    from eligibility.application.printing.letters import Letters, write_letters
    from eligibility.cli.papers.telling import tell_letters

    order = Letters(run, out, tuple(person or ()), community, form is Form.DOCX, template)
    tell_letters(write_letters(order, _head(office, date, fonts, draft=draft)), out, lang())


@papers_app.command("roster")
def roster(
    run: Run, out: Out, office: Office = "", date: Day = None, draft: Draft = False, fonts: Fonts = None
) -> None:
    """公示名册：只列符合与备案的人，号码隐去，未成年人只写姓 / roster for publication, ids masked."""
    from eligibility.application.printing.lists import write_roster
    from eligibility.cli.papers.telling import tell_roster

    tell_roster(write_roster(run, out, _head(office, date, fonts, draft=draft)), out, lang())


@papers_app.command("summary")
def summary(run: Run, out: Out, office: Office = "", date: Day = None, fonts: Fonts = None) -> None:
    """汇总表：各街道资料收集、审核、联审的人数 / table by street: collected, reviewed, joint review."""
    from eligibility.application.printing.lists import write_summary_table
    from eligibility.cli.papers.telling import tell_summary_table

    tell_summary_table(write_summary_table(run, out, _head(office, date, fonts)), out, lang())


@papers_app.command("template")
def template(out: Annotated[Path, typer.Option("--out", help="写出的 docx 文件 / docx file to write")]) -> None:
    """写出告知书的 Word 模板，可在 Word 中修改 / write the Word template of the letter, to be edited."""
    from eligibility.application.printing.letters import write_template
    from eligibility.cli.papers.telling import say

    write_template(out)
    say(
        f"已写出模板：{out}。在 Word 中修改后用 --template 指定",
        f"template: {out}. Edit it in Word, then name it with --template",
        lang(),
    )


def _head(office: str, day: datetime | None, fonts: list[Path] | None, *, draft: bool = False) -> Letterhead:
    from eligibility.application.printing.placing import Letterhead

    return Letterhead(office, (day or datetime.now()).date(), draft, tuple(fonts or ()))
