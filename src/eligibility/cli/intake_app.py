"""`eligibility intake …`: what the bureau does with papers before anything is decided."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from eligibility.cli.options import lang

intake_app = typer.Typer()


@intake_app.command("check")
def check(
    dossier: Annotated[Path, typer.Argument(help="卷宗目录或工作簿 / folder or workbook of papers")],
    out: Annotated[
        Path | None, typer.Option("--out", help="写出问题清单与标注副本的目录 / folder for the list and marked copies")
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", help="对应表，默认卷宗里的 mapping.yaml / the mapping, default that of the dossier"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """只读取、只报告，不作判定；标出每个要更正的单元格 / read and report without deciding; mark the cells to mend."""
    from eligibility.application.checking import check_dossier
    from eligibility.cli.render_intake import print_check
    from eligibility.cli.screen import print_json

    checked = check_dossier(dossier, out, mapping)
    if json:
        print_json(checked)
    else:
        print_check(checked, out, lang=lang())


@intake_app.command("map")
def map_(
    dossier: Annotated[Path, typer.Argument(help="卷宗目录或工作簿 / folder or workbook of papers")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="写出对应表 mapping.yaml（及同名 xlsx）/ write the mapping and a workbook of it"),
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--mapping", help="以前核对过的对应表，同样的表沿用 / an earlier mapping whose answers are kept"),
    ] = None,
) -> None:
    """认出每张表是哪一类、每列是什么意思，供核对更正 / what each sheet is and its columns mean, to be corrected."""
    from eligibility.application.mapping import map_dossier
    from eligibility.cli.render_mapping import print_mapping

    print_mapping(map_dossier(dossier, out, earlier), out, lang())


@intake_app.command("kinds")
def kinds(
    folder: Annotated[
        Path | None,
        typer.Argument(help="要检查的类别目录，默认自带的 / folder of kinds to check, default those that come along"),
    ] = None,
) -> None:
    """检查并列出来源类别 / check the kinds of sources and list them."""
    from eligibility.application.mapping import kinds_of
    from eligibility.cli.render_mapping import print_kinds

    print_kinds(kinds_of(folder))


@intake_app.command("template")
def template(
    out: Annotated[Path, typer.Option("--out", help="写入的目录 / folder to write")],
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="加上这套规则自己的列 / with the columns that this rulebook adds"),
    ] = None,
) -> None:
    """写出带表头、下拉选项和填表说明的空白工作簿 / empty workbooks with headers, drop-downs and instructions."""
    from eligibility.application.checking import write_templates
    from eligibility.cli.screen import Screen

    count = write_templates(out, lang=lang(), rules=rules)
    Screen().print(f"{count} workbooks written to {out}" if lang() == "en" else f"已在 {out} 写出 {count} 张空白表")


@intake_app.command("codes")
def codes(
    code: Annotated[str, typer.Argument(help="问题代码，如 bad_date / a code, such as bad_date")] = "",
) -> None:
    """问题代码的意思、后果和办法 / what a code means, what follows from it, how to mend it."""
    from eligibility.application.checking import finding_codes

    sys.stdout.write("\n".join(finding_codes(code, lang=lang())) + "\n")
