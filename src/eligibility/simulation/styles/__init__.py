"""The shapes in which bureaus keep their papers, for a made-up district: described by data, written from one world."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from eligibility.simulation.styles.description import LEVEL, STYLES, Paper, describe
from eligibility.simulation.styles.files import ENCODINGS, SUFFIXES, write
from eligibility.simulation.styles.layout import Sheet, lay_out, sort_out
from eligibility.simulation.styles.records import RECORDS, Record
from eligibility.simulation.styles.shelf import District, Shelf

__all__ = ["STYLES", "Shelf", "write_style"]


def write_style(style: str, shelf: Shelf, folder: Path) -> Counter[str]:
    """Write the papers of a district in a style into `folder`, and what they are into `truth/styles.json`.

    Returns how many records stand in the papers of each kind.
    """
    district, made = District(shelf), dict[str, list[Record]]()
    files: dict[str, tuple[Paper, list[Sheet]]] = {}
    for paper in describe(style):
        if paper.records not in made:
            made[paper.records] = list(RECORDS[paper.records](district))
        for file, sheets in sort_out(paper, made[paper.records]).items():
            held = files.setdefault(f"{file}{SUFFIXES[paper.form]}", (paper, []))[1]
            held += [lay_out(paper, name, records) for name, records in sheets.items()]
        if (
            paper.declares.get("complete")
            and "{" not in paper.file
            and not any(one is paper for one, _ in files.values())
        ):
            files[f"{paper.file}{SUFFIXES[paper.form]}"] = (paper, [lay_out(paper, paper.sheet, [])])
    counted = Counter[str]()
    for file, (paper, pages) in files.items():
        write(folder / file, paper.form, pages)
        for page in pages:
            counted[page.kind] += page.records
    _declare(folder / "mapping.yaml", files)
    _describe_files(folder / "truth" / "styles.json", style, files)
    return counted


_DECLARED = """\
# 对应表：各表里没有写明、由提供单位另行说明的事项。其余由程序按表头认读。
# What no paper of the dossier says and the bureaus stated beside it: how far each list reaches.
version: 1
mapped_by: ""
sheets:
"""


def _declare(path: Path, files: dict[str, tuple[Paper, list[Sheet]]]) -> None:
    """Write into the mapping of the dossier what the bureaus state of their lists."""
    lines = [_DECLARED]
    for file, (paper, _) in files.items():
        if paper.declares:
            declared = {key: value for key, value in paper.declares.items() if key != "kind"}
            kind, listed = paper.declares["kind"], json.dumps(declared, ensure_ascii=False)
            lines.append(f"- file: {json.dumps(file, ensure_ascii=False)}\n  kind: {kind}\n  compared: {listed}\n")
    if len(lines) > 1:
        path.write_text("".join(lines), encoding="utf-8")


def _describe_files(path: Path, style: str, files: dict[str, tuple[Paper, list[Sheet]]]) -> None:
    described = [
        {
            "file": file,
            "form": SUFFIXES[paper.form].removeprefix("."),
            "encoding": ENCODINGS.get(paper.form, ""),
            "sheets": [_of_sheet(sheet) for sheet in sheets],
        }
        for file, (paper, sheets) in files.items()
    ]
    text = json.dumps({"style": style, "files": described}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _of_sheet(sheet: Sheet) -> dict[str, object]:
    return {
        "sheet": sheet.name,
        "kind": sheet.kind,
        "title_rows": sheet.title_rows,
        "header_rows": sheet.header_rows,
        "body_rows": sheet.body_rows,
        "records": sheet.records,
        "columns": [[heading.key, LEVEL.join(heading.levels), heading.code] for heading in sheet.headings],
    }
