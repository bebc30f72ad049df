"""What a clerk reads of a proposed mapping, and of the kinds of sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from eligibility.application.mapping import FILE, Proposed


def print_kinds(kinds: Sequence[tuple[str, str, str, bool]]) -> None:
    """Print every kind of source, with the table that its rows tell of and whether it is read."""
    console = Console(highlight=False, soft_wrap=True)
    for name, title, table, read in kinds:
        console.print(f"{name}  {title}  {table}  {'读取' if read else '只认得'}", markup=False)
    console.print(f"{len(kinds)} 类 / kinds", markup=False)


def print_mapping(proposed: Proposed, out: Path | None, lang: str) -> None:
    """Print each sheet with its kind, the columns that are to be answered, and where the mapping stands."""
    console, en = Console(highlight=False, soft_wrap=True), lang == "en"
    for one in proposed.mapping.sheets:
        place = one.file + (f"「{one.sheet}」" if one.sheet else "")
        style = "yellow" if one.asked or "待确认" in one.why else ""
        console.print(f"{place}  {one.kind}  {one.rows} 行", style=style, markup=False)
        console.print(f"  {one.why}", markup=False)
        for column in one.columns:
            if column.asked:
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
