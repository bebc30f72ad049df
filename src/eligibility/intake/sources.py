"""Finds the tables of a dossier: files of a folder, or sheets of one workbook, named by key or Chinese title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eligibility.intake.aside import Aside, Sheet, may_be_part
from eligibility.intake.books.workbook import Workbook
from eligibility.intake.bureau.plan import Plan, SourcePiece, make_plan, refuse_databases
from eligibility.intake.bureau.survey import Paper, papers_of, sheets_of, survey
from eligibility.intake.bureau.ways import ways
from eligibility.intake.files.csv_file import read_csv
from eligibility.intake.files.folder import Part, file_hash, parts_of_folder
from eligibility.intake.files.grid import Grid
from eligibility.intake.files.header import has_header, nearly_has_header
from eligibility.intake.files.kinds import BOOK_SUFFIXES, Kind, kind_of
from eligibility.intake.files.limits import check_size
from eligibility.intake.files.parquet_file import read_parquet
from eligibility.intake.files.titles import nearest_title, table_named, table_of_title, table_twice
from eligibility.intake.notices import Notice, refuse
from eligibility.model.diagnostic import Bilingual, SourceLocation
from eligibility.model.tables import TABLES, Table
from eligibility.sources import Mapping, shipped


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a table; `sheets` only for a workbook, `book` is then open."""

    path: Path
    name: str
    kind: Kind
    sheets: tuple[str, ...] = ()
    book: Workbook | None = None

    @property
    def name_of_sheet(self) -> str:
        """Its first sheet, or the file where it has none."""
        return next(iter(self.sheets), self.name)

    def grids(self) -> Iterator[Grid]:
        """The sheets of the file, one after the other; InputError when it cannot be read."""
        if self.book is not None:
            yield from (self.book.grid(sheet) for sheet in self.sheets)
        elif self.kind is Kind.PARQUET:
            yield read_parquet(self.path, self.name)
        else:
            yield read_csv(self.path, self.name)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a table of the dossier stands: one file, or several read one after another."""

    table: Table
    pieces: tuple[Piece | SourcePiece, ...]

    def grids(self) -> Iterator[Grid]:
        """The sheets of the table, one after the other; InputError when a file cannot be read."""
        for piece in self.pieces:
            yield from piece.grids()


def find_tables(dossier: Path, mapping: Mapping | None = None) -> tuple[dict[str, Found], Aside]:
    """What the dossier holds, by table key, and what is left aside of it; `mapping` says what its sheets are.

    InputError when there is no such dossier, when it is of no known kind, when one table stands in two places, or when
    a link leads out of the folder.
    """
    if dossier.is_dir():
        return _in_folder(dossier, mapping)
    if not dossier.exists():
        raise refuse(
            "missing_dossier",
            SourceLocation(str(dossier)),
            Bilingual("卷宗不存在", "there is no such dossier"),
            Bilingual("检查路径；卷宗是一个文件夹或一个 xlsx 工作簿", "check the path: a folder, or one xlsx workbook"),
        )
    if dossier.suffix.lower() not in BOOK_SUFFIXES or not dossier.is_file():
        raise refuse(
            "unknown_dossier",
            SourceLocation(dossier.name),
            Bilingual("卷宗应为文件夹或 xlsx 工作簿", "a dossier is a folder or an xlsx workbook"),
            Bilingual(
                "把各表放入一个文件夹，或放入一个 xlsx 的各工作表",
                "put the tables in a folder, or in sheets of one xlsx",
            ),
        )
    return _in_workbook(dossier, mapping)


def files_of(dossier: Path) -> tuple[list[tuple[str, Table]], list[tuple[Path, str]]]:
    """The files of a dossier that are named for one of the nine tables, and every other one by path and name.

    Raises:
        InputError: as `find_tables`.

    """
    if not dossier.is_dir():
        found, _ = find_tables(dossier) if not dossier.exists() else ({}, None)
        return [(dossier.name, one.table) for one in found.values()], [(dossier, dossier.name)]
    listing = parts_of_folder(dossier)
    named = [(part.name, table) for table, parts in listing.parts.items() for part in parts]
    return named, [(path, name) for path, name in listing.others if name not in NO_PAPERS]


def _in_folder(folder: Path, mapping: Mapping | None) -> tuple[dict[str, Found], Aside]:
    listing = parts_of_folder(folder)
    aside, parts = Aside(listing.notices), listing.parts
    others = [(path, name) for path, name in listing.others if name not in NO_PAPERS]
    papers = survey(others, shipped(), mapping) if others else []
    plan = make_plan(papers, {table.key for table in parts}, shipped()) if papers else Plan()
    settled = _set_aside(plan, papers, aside)
    if not plan.pieces["persons"] and not any(table.key == "persons" for table in parts):
        refuse_databases(others)
    for path, name in others:
        if name not in settled and (added := aside.file(path, name)) is not None:
            parts.setdefault(added[0], []).append(added[1])
    found: dict[str, Found] = {}
    for table in TABLES:
        if table in parts:
            files = _once_each(parts[table], aside)
            found[table.key] = Found(table, tuple(open_piece(table, part, aside) for part in files))
    found, misfits = _without_misfits(found, mapping)
    if misfits:
        plan = make_plan([*papers, *misfits], found.keys(), shipped())
    return _with_sources(found, plan), aside


def _without_misfits(found: dict[str, Found], mapping: Mapping | None) -> tuple[dict[str, Found], list[Paper]]:
    """The tables without files that only bear the name of one and certainly are another kind of source; those files' sheets."""
    fitting: dict[str, Found] = {}
    misfits: list[Paper] = []
    for key, one in found.items():
        pieces = []
        for piece in one.pieces:
            papers = _of_another_kind(piece, one.table, mapping) if isinstance(piece, Piece) else []
            misfits += papers
            pieces += [] if papers else [piece]
        if pieces:
            fitting[key] = Found(one.table, tuple(pieces))
    return fitting, misfits


def _of_another_kind(piece: Piece, table: Table, mapping: Mapping | None) -> list[Paper]:
    """The sheets of a file that has not the header of its table in any sheet, and a reading as a kind of source."""
    if piece.kind is Kind.PARQUET:
        return []
    if any(has_header(head, table) for _, _, head in sheets_of(piece.path, piece.name, piece.book)):
        return []
    papers = list(papers_of(piece.path, piece.name, shipped(), mapping, piece.book))
    read = [paper for paper in papers if any(True for _ in ways(paper, shipped()))]
    return papers if read else []


NO_PAPERS = ("mapping.yaml", "mapping.xlsx")
"""Files that a dossier may hold and that are no papers."""


def _with_sources(found: dict[str, Found], plan: Plan) -> dict[str, Found]:
    """The tables with the sheets of known kinds that become rows of them, in the order of the contract."""
    for table in TABLES:
        if plan.pieces.get(table.key):
            before = found[table.key].pieces if table.key in found else ()
            found[table.key] = Found(table, (*before, *plan.pieces[table.key]))
    return {table.key: found[table.key] for table in TABLES if table.key in found}


def _set_aside(plan: Plan, papers: list[Paper], aside: Aside) -> set[str]:
    """Note the sheets that are known and left aside; the files of which every sheet is read or so noted."""
    aside.compared += plan.compared
    for paper in plan.aside:
        kind = shipped().kinds.get(paper.kind)
        if kind is None:
            aside.notices.append(Notice("mapped_aside", "", paper.name, paper.sheet))
        elif kind.concerns:
            aside.known(paper.name, paper.sheet, kind.concerns, kind.zh)
        else:
            aside.notices.append(Notice("source_aside", "", paper.name, paper.sheet, other=kind.zh))
    if not plan.used and not plan.aside:
        return set()
    told = plan.used | {(paper.name, paper.sheet) for paper in plan.aside}
    settled = {paper.name for paper in papers if (paper.name, paper.sheet) in told}
    for paper in papers:
        if paper.name in settled and (paper.name, paper.sheet) not in told:
            aside.sheet(paper.name, Sheet(paper.sheet, paper.head), "", nearest_title(paper.sheet or paper.name))
    return settled


def _once_each(files: list[Part], aside: Aside) -> list[Part]:
    """The files of a table without added ones that repeat another byte for byte."""
    if not any(part.added for part in files):
        return files
    seen: dict[str, Part] = {}
    for part in files:
        first = seen.setdefault(file_hash(part.path), part)
        if first is not part:
            aside.notices.append(Notice("same_file", "", part.name, other=first.name))
    return list(seen.values())


def open_piece(table: Table, part: Part, aside: Aside) -> Piece:
    """One file of a table, by its content; what is left aside in it is noted. InputError when it cannot be read."""
    check_size(part.path, part.name)
    kind = kind_of(part.path, part.name)
    if not kind.book:
        return Piece(part.path, part.name, kind)
    book = Workbook(part.path, kind, part.name)
    sheets = _sheets_of(table, book)
    for sheet in book.sheets:
        if sheet not in sheets:
            aside.sheet(part.name, Sheet(sheet, book.head(sheet)), table.key, table.zh)
    return Piece(part.path, part.name, kind, sheets, book)


def _sheets_of(table: Table, book: Workbook) -> tuple[str, ...]:
    """The sheet named by the table; else every sheet with its header (one a street, say); else the first not blank.

    Beside sheets with the header a sheet that nearly has it is taken too, to be refused: the rows of a village whose
    header is miswritten would else be lost.
    """
    named = tuple(sheet for sheet in book.sheets if table_of_title(sheet) is table)
    if named:
        return named[:1]
    filled = tuple(sheet for sheet in book.sheets if book.head(sheet))
    if not any(has_header(book.head(sheet), table) for sheet in filled):
        return filled[:1] or book.sheets[:1]
    return tuple(sheet for sheet in filled if nearly_has_header(book.head(sheet), table))


def _in_workbook(path: Path, mapping: Mapping | None) -> tuple[dict[str, Found], Aside]:
    kind = kind_of(path, path.name)
    book = Workbook(path, kind)
    found: dict[str, Found] = {}
    aside, others = Aside(), list[str]()
    for sheet in book.sheets:
        table = table_of_title(sheet)
        if table is None:
            others.append(sheet)
            continue
        if table.key in found:
            raise table_twice(table, found[table.key].pieces[0].name_of_sheet, sheet, path.name)
        found[table.key] = Found(table, (Piece(path, path.name, kind, (sheet,), book),))
    papers = [paper for paper in survey([(path, path.name)], shipped(), mapping) if paper.sheet in others]
    plan = make_plan(papers, found.keys(), shipped())
    told = plan.used | {(paper.name, paper.sheet) for paper in plan.aside}
    _set_aside(plan, [paper for paper in papers if (paper.name, paper.sheet) in told], aside)
    for sheet in others:
        if (path.name, sheet) in told:
            continue
        seen, named = Sheet(sheet, book.head(sheet)), table_named(sheet)
        if named and may_be_part(sheet, [seen], named):
            before = found[named.key].pieces if named.key in found else ()
            found[named.key] = Found(named, (*before, Piece(path, path.name, kind, (sheet,), book)))
        else:
            aside.sheet(path.name, seen, "", nearest_title(sheet))
    return _with_sources(found, plan), aside
