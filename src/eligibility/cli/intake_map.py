"""`eligibility intake map`: what each sheet of a dossier probably is, for a clerk to correct."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from eligibility.application.mapping import FILE, Proposed, given_mapping, no_mapping, propose_mapping, write_mapping
from eligibility.model.tables import TABLES
from eligibility.reporting.books.mapping_book import write_mapping_book
from eligibility.sources import ASIDE, ASK, read_catalogue, shipped


def map_dossier(dossier: Path, out: Path | None, earlier: Path | None, *, lang: str) -> None:
    """Propose the mapping of a dossier; with `out` write it there and as a workbook beside it.

    Raises:
        InputError: the dossier or an earlier mapping cannot be used, or the files cannot be written.

    """
    proposed = propose_mapping(dossier, given_mapping(dossier, earlier))
    if not proposed.mapping.sheets:
        raise no_mapping(dossier)
    _print(proposed, out, lang)
    if out is not None:
        write_mapping(proposed, out)
        write_mapping_book(out.with_suffix(".xlsx"), *_rows(proposed))


def list_kinds(folder: Path | None) -> None:
    """Print every kind of source, with the table that its rows tell of and whether it is read.

    Raises:
        InputError: a file of the folder is wrong; every fault is a finding.

    """
    catalogue = read_catalogue(folder) if folder else shipped()
    console = Console(highlight=False, soft_wrap=True)
    for name, kind in catalogue.kinds.items():
        becomes = kind.table or kind.becomes
        use = "读取" if kind.table or kind.readings else "只认得"
        console.print(f"{name}  {kind.zh}  {becomes}  {use}", markup=False)
    console.print(f"{len(catalogue.kinds)} 类 / kinds", markup=False)


def _rows(proposed: Proposed) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    sheets, columns = list[list[str]](), list[list[str]]()
    for one in proposed.mapping.sheets:
        constants = "；".join(f"{key}={value}" for key, value in one.constants.items())
        sheets.append([one.file, one.sheet, one.kind, one.why, str(one.rows), one.unit, constants])
        for column in one.columns:
            shown = [*column.samples, "", "", ""][:3]
            columns.append([one.file, one.sheet, column.column, column.header, column.means, column.why, *shown])
    names = [[ASIDE, "不采用"], [ASK, "还不能确定"]]
    names += [[name, kind.zh] for name, kind in shipped().kinds.items()]
    keys = dict.fromkeys(column.key for table in TABLES for column in table.columns)
    names += [[key, shipped().name_of(key)] for key in (*keys, *shipped().meanings)]
    return sheets, columns, names


def _print(proposed: Proposed, out: Path | None, lang: str) -> None:
    console, en = Console(highlight=False, soft_wrap=True), lang == "en"
    for one in proposed.mapping.sheets:
        place = one.file + (f"「{one.sheet}」" if one.sheet else "")
        style = "yellow" if one.kind == ASK or "待确认" in one.why else ""
        console.print(f"{place}  {one.kind}  {one.rows} 行", style=style, markup=False)
        console.print(f"  {one.why}", markup=False)
        for column in one.columns:
            if column.means == ASK:
                seen = "、".join(column.samples)
                console.print(
                    f"  ? {column.column}列「{column.header}」 {column.why}  {seen}", style="yellow", markup=False
                )
    read, aside, asked = proposed.read, proposed.aside, proposed.asked
    console.print(
        f"{read} sheets are read, {aside} left aside, {asked} to be answered"
        if en
        else f"读取 {read} 张，不采用 {aside} 张，待确认 {asked} 张",
        markup=False,
    )
    if out is not None:
        console.print(
            f"{out} and {out.with_suffix('.xlsx')}: correct them and put {FILE} into the dossier"
            if en
            else f"已写出 {out} 和 {out.with_suffix('.xlsx')}：核对更正后以 {FILE} 之名放入卷宗",
            markup=False,
        )
    elif asked:
        console.print("Add --out mapping.yaml." if en else "加 --out mapping.yaml，可得供更正的文件。", markup=False)
