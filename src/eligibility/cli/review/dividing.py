"""`eligibility review split`: the work list in parts, for those who fill it in at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from eligibility.application.dividing import divide
from eligibility.application.printing.placing import new_folder
from eligibility.cli.screen import Screen, print_json


def divide_work_list(run: Path, out: Path, by: str, reviewers: Sequence[str], *, lang: str, json: bool) -> None:
    """Write the parts into a new folder, and print what went to whom.

    Raises:
        InputError: no finished run, no names, or `out` is in use.

    """
    with new_folder(out) as folder:
        made = divide(run, folder, by, reviewers)
    if json:
        print_json([asdict(portion) for portion in made])
        return
    en = lang == "en"
    table = Table(title="Parts of the work list" if en else "核查清单分成几份")
    table.add_column("For" if en else "给谁", overflow="fold")
    table.add_column("File" if en else "文件", overflow="fold")
    table.add_column("Questions" if en else "问题", justify="right")
    table.add_column("Persons" if en else "涉及人数", justify="right")
    for portion in made:
        table.add_row(portion.title, portion.file, f"{portion.questions:,}", f"{portion.persons:,}")
    console = Screen()
    console.print(table)
    console.print(
        f"Filled in, import them together: eligibility review import {out} --run {run}"
        if en
        else f"填好后一并导入：eligibility review import {out} --run {run}"
    )
