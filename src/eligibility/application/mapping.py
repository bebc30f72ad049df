"""The mapping of a dossier: proposed for every sheet, written for a clerk to correct, read again by a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eligibility.intake.aside import Sheet, sheet_concerns
from eligibility.intake.bureau.listed import cover_of
from eligibility.intake.bureau.survey import Paper, survey
from eligibility.intake.bureau.ways import lacking, ways
from eligibility.intake.files.grid import column_letter
from eligibility.intake.files.units import stated_units
from eligibility.intake.sources import files_of
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.tables import TABLES
from eligibility.reporting.books.mapping_book import write_mapping_book
from eligibility.rulebook.yaml_file import read_yaml
from eligibility.sources import (
    ASIDE,
    ASK,
    ListKey,
    MappedColumn,
    MappedSheet,
    Mapping,
    read_catalogue,
    read_mapping,
    shipped,
)
from eligibility.sources.samples import samples
from eligibility.store.folders import atomic_file

FILE = "mapping.yaml"
"""The mapping that lies in a dossier."""
_ROWS_COUNTED = 200_000
_HEAD = """\
# 对应表：卷宗里每张表是哪一类、每一列是什么意思。由程序提出，请核对、更正后放入卷宗（文件名 mapping.yaml）。
#   kind    类别；? 表示还不能确定，须改为某一类别；不采用的写 aside
#   means   列的含义；? 表示还不能确定；不采用的写 aside。类别和含义的名称见 docs/sources.md 或 mapping.xlsx 的说明页
#   constants  标题或文件名写明一次、各行相同的内容，如 {agreement_no: 协1, community: 样溪社区}
#   compared  用来比对的名单：complete 名单是否完整（是、否）；from、to 从哪天到哪天；area 只限某街道或社区的写明。写“是”的，名单上没有的人才算“否”
#   unit    本表面积单位（亩、公顷、平方米），标题或表头已写明的不必填
# What each sheet is and what its columns mean: proposed by the program, to be corrected by a clerk and put into the dossier.
"""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal: the mapping, and how many sheets are read, left aside, and have to be asked."""

    mapping: Mapping
    read: int
    aside: int
    asked: int


def map_dossier(dossier: Path, out: Path | None, earlier: Path | None) -> Proposed:
    """Propose the mapping of a dossier, with the answers of an `earlier` one; with `out` write it, and a workbook beside it.

    Raises:
        InputError: the dossier or an earlier mapping cannot be used, or the files cannot be written.

    """
    proposed = propose_mapping(dossier, given_mapping(dossier, earlier))
    if not proposed.mapping.sheets:
        raise no_mapping(dossier)
    if out is not None:
        write_mapping(proposed, out)
        write_mapping_book(out.with_suffix(".xlsx"), *_rows(proposed))
    return proposed


def kinds_of(folder: Path | None) -> list[tuple[str, str, str, bool]]:
    """Every kind of source: name, title, the table that its rows tell of, and whether it is read.

    Raises:
        InputError: a file of the folder is wrong; every fault is a finding.

    """
    catalogue = read_catalogue(folder) if folder else shipped()
    return [
        (name, kind.zh, kind.table or kind.becomes, bool(kind.table or kind.readings))
        for name, kind in catalogue.kinds.items()
    ]


def given_mapping(dossier: Path, given: Path | None) -> Mapping | None:
    """The mapping that was given, or lies in the dossier; None where there is none.

    Raises:
        InputError: it cannot be read, or names what is not known.

    """
    path = given or (dossier / FILE if dossier.is_dir() and (dossier / FILE).is_file() else None)
    if path is None:
        return None
    file, problems = read_yaml(path)
    if problems:
        raise InputError(*problems)
    own = given is None or given.resolve().parent == dossier.resolve()
    return read_mapping(file.content, path.name, shipped()).model_copy(update={"own": own})


def propose_mapping(dossier: Path, given: Mapping | None = None) -> Proposed:
    """What each sheet of a dossier probably is; `given`: an earlier mapping, whose answers hold for the same forms.

    Raises:
        InputError: there is no such dossier.

    """
    catalogue = shipped()
    named, others = files_of(dossier)
    sheets, counts = list[MappedSheet](), {"read": 0, "aside": 0, "asked": 0}
    for name, table in named:
        why = f"九张表之一（{table.zh}），按其表头读取，不在此更正"
        sheets.append(MappedSheet(file=name, kind=f"table_{table.key}", why=why))
        counts["read"] += 1
    for paper in survey(others, catalogue, given):
        use = _use(paper)
        counts[use] += 1
        sheets.append(_sheet(paper, use))
    return Proposed(Mapping(sheets=tuple(sheets)), counts["read"], counts["aside"], counts["asked"])


def _use(paper: Paper) -> str:
    """What a run would do with the sheet: read it, leave it aside, or ask."""
    if not paper.proposal.kind:
        return "asked" if sheet_concerns(Sheet(paper.sheet or paper.name, paper.head)) is not None else "aside"
    if not paper.proposal.sure:
        return "asked"
    kind = shipped().kinds.get(paper.kind)
    if kind is not None and kind.compares:
        return "read"
    if kind is None or any(True for _ in ways(paper, shipped())):
        return "read" if kind else "aside"
    return "asked" if kind.readings or kind.concerns else "aside"


def _sheet(paper: Paper, use: str) -> MappedSheet:
    proposal, header = paper.proposal, paper.proposal.header
    kind = shipped().kinds.get(proposal.kind)
    why = proposal.reason_zh
    if kind is not None and paper.kind and use == "asked":
        missing = [key for reading in kind.readings for key in lacking(paper, reading)]
        names = "、".join(shipped().name_of(key) for key in dict.fromkeys(missing))
        why += f"；缺少「{names}」，可写入 constants 或指定列" if names else "；本类表不能直接读取，无关的写 aside"
    compares = bool(kind and paper.kind and kind.compares)
    says = {
        "read": "用于比对" if compares and not any(True for _ in ways(paper, shipped())) else "读取",
        "aside": "已认得，不采用",
        "asked": "待确认",
    }[use]
    count, units, cells = _looked_through(paper)
    matters = sheet_concerns(Sheet(paper.sheet or paper.name, paper.head)) is not None
    said = proposal.kind if paper.kind else ASK if proposal.kind or matters else ASIDE
    return MappedSheet(
        file=paper.name,
        sheet=paper.sheet,
        kind=said,
        why=f"{kind.zh + '：' if kind else ''}{says}（{why}）"
        + (f"；最接近 {proposal.kind}" if said == ASK and proposal.kind else ""),
        rows=count,
        header=(header.first, header.last) if header else (),
        unit=proposal.unit or units,
        constants=proposal.constants,
        compared=_reach(paper) if compares else {},
        columns=tuple(_columns(paper, cells)),
    )


def _reach(paper: Paper) -> dict[ListKey, str]:
    """How far a list reaches, as far as it is known; that it is complete is for a clerk to say."""
    compared, seen = paper.proposal.compared, cover_of(paper).seen
    until = compared.get("to") or (seen.isoformat() if seen else "")
    return {
        "complete": compared.get("complete", "否"),
        "from": compared.get("from", ""),
        "to": until,
        "area": compared.get("area", ""),
    }


def _columns(paper: Paper, cells: list[list[str]]) -> Iterator[MappedColumn]:
    for column in paper.proposal.columns:
        if not any(column.levels):
            continue
        why = {
            "listed": "本类表的表头", "known": "通用表头", "asked": "可能有别的意思，请核对",
            "like": f"近似「{column.like}」（{column.score:.2f}），请核对", "unknown": "不认得",
        }[column.certainty.value]  # fmt: skip
        means = column.meaning if column.sure else ASK
        if means == ASK and column.meaning:
            why += f"；最接近 {column.meaning}"
        column_cells = (row[column.index] for row in cells if column.index < len(row))
        yield MappedColumn(
            column=column_letter(column.index),
            header=column.header,
            means=means,
            why=f"{shipped().name_of(column.meaning)}：{why}" if column.meaning else why,
            samples=samples(column_cells, column.meaning),
        )


def _looked_through(paper: Paper) -> tuple[int, str, list[list[str]]]:
    """How many rows stand behind the header, the unit that the title states, and the first rows of data."""
    header = paper.proposal.header
    last, count, first = header.last if header else 0, 0, list[list[str]]()
    for number, cells in paper.grid().rows:
        if number > last and any(map(str.strip, cells)):
            count += 1
            if len(first) < 20:
                first.append(list(cells))
            if count >= _ROWS_COUNTED:
                break
    stated = stated_units(header.titles, title=True).area if header else frozenset()
    words = {"mu": "亩", "ha": "公顷", "m2": "平方米"}
    return count, words.get(next(iter(stated)), "") if len(stated) == 1 else "", first


def write_mapping(proposed: Proposed, path: Path) -> None:
    """Write the mapping as a file that `given_mapping` reads, whole or not at all.

    Raises:
        InputError: the folder cannot be written.

    """
    with atomic_file(path) as partial:
        partial.write_text(_HEAD + "\n".join(_lines(proposed.mapping)) + "\n", encoding="utf-8")


def _lines(mapping: Mapping) -> Iterator[str]:
    yield "version: 1"
    yield f"mapped_by: {_said(mapping.mapped_by)}  # 核对人 / who checked it"
    yield "sheets:"
    for sheet in mapping.sheets:
        told: dict[str, Any] = sheet.model_dump()
        for number, key in enumerate(
            ("file", "sheet", "kind", "why", "rows", "header", "unit", "constants", "compared")
        ):
            yield f"{'- ' if number == 0 else '  '}{key}: {_said(told[key])}"
        yield "  columns:" + ("" if sheet.columns else " []")
        for column in sheet.columns:
            yield "  - " + json.dumps(column.model_dump(), ensure_ascii=False)


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def no_mapping(dossier: Path) -> InputError:
    """The refusal of a dossier in which there is nothing to map."""
    return InputError(
        Diagnostic(
            "nothing_to_map",
            SourceLocation(dossier.name),
            Bilingual("卷宗里没有可以打开的表", "no file of the dossier opens as a table"),
            Bilingual(
                "检查路径；放入 xlsx、xls、csv 或 dbf 文件", "check the path; put xlsx, xls, csv or dbf files into it"
            ),
        )
    )


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
