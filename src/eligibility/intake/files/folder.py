"""Which files of a dossier folder hold which table: one file, several parts by name, or a subfolder of parts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from eligibility.intake.files.kinds import BOOK_SUFFIXES, SUFFIXES
from eligibility.intake.files.titles import nearest_title, table_of_part, table_of_title, table_twice
from eligibility.intake.notices import Notice, refuse
from eligibility.model.diagnostic import Bilingual, SourceLocation
from eligibility.model.tables import TABLES, Table

_DEEPEST = 8
"""Folders below one another that are looked into."""


class Part(NamedTuple):
    """One file of a table; `whole`: its name is the title alone, so that it should be the only one.

    `added`: its name only mentions the title (附件2：征地协议（二组）), its header is that of the table.
    """

    path: Path
    name: str
    whole: bool
    added: bool = False


class Listing(NamedTuple):
    """What a folder holds: the files of each table, other files by path and name, and notices of what is left aside."""

    parts: dict[Table, list[Part]]
    others: list[tuple[Path, str]]
    notices: list[Notice]


def parts_of_folder(folder: Path) -> Listing:
    """The files of each table in the order of their names, and the others.

    Raises:
        InputError: a table stands in files that may repeat each other, or a link leads out of the folder.

    """
    parts: dict[Table, list[Part]] = defaultdict(list)
    notices: list[Notice] = []
    others: list[tuple[Path, str]] = []
    for path in _entries(folder, folder):
        if _is_truth(path):
            notices.append(Notice("unknown_file", "", path.name, other=_nearest(path)))
            continue
        exact = table_of_title(path.name if path.is_dir() else path.stem)
        if path.is_dir() and exact:
            parts[exact] += _parts_in(path, folder, others)
            continue
        table = exact or (None if path.is_dir() else table_of_part(path.stem))
        if path.is_file() and table and path.suffix.lower() in SUFFIXES:
            parts[table].append(Part(path, path.name, whole=exact is not None))
        elif path.is_file():
            others.append((path, path.name))
        elif within := list(_files_in(path, folder)):
            others += within
            notices.append(Notice("unknown_file", "", path.name, other=_nearest(path)))
    for table, files in parts.items():
        _one_reading(table, files, folder.name)
    return Listing({table: parts[table] for table in TABLES if table in parts}, others, notices)


def _is_truth(path: Path) -> bool:
    """Whether a folder is the truth of a made-up district, which `simulate` puts beside its papers: it is no paper."""
    return path.name == "truth" and (path / "district.json").is_file()


def _files_in(folder: Path, dossier: Path, depth: int = 0) -> Iterator[tuple[Path, str]]:
    """Every file below a folder that is no table, by path and name."""
    for path in _entries(folder, dossier):
        if path.is_file():
            yield path, path.relative_to(dossier).as_posix()
        elif depth < _DEEPEST:
            yield from _files_in(path, dossier, depth + 1)


def _entries(folder: Path, dossier: Path) -> list[Path]:
    """What stands in a folder, by name, without hidden files; a link out of the dossier is refused."""
    inside = dossier.resolve()
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith((".", "~$")):
            continue
        if path.is_symlink() and not _inside(path, inside):
            raise refuse(
                "leaves_folder",
                SourceLocation(str(path.relative_to(dossier))),
                Bilingual(
                    "这是通向卷宗以外（或绕回自身）的链接，未读取",
                    "this is a link that leads out of the dossier, or in a circle; it was not followed",
                ),
                Bilingual("把文件本身复制到卷宗里", "copy the file itself into the dossier"),
            )
        if path.is_file() or path.is_dir():
            found.append(path)
    return found


def _inside(link: Path, folder: Path) -> bool:
    """Whether a link ends in the folder; one that runs in a circle ends nowhere."""
    try:
        return link.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):
        return False


def _parts_in(inner: Path, dossier: Path, others: list[tuple[Path, str]]) -> list[Part]:
    parts = []
    for path in _entries(inner, dossier):
        name = path.relative_to(dossier).as_posix()
        if path.is_file() and path.suffix.lower() in SUFFIXES:
            parts.append(Part(path, name, whole=False))
        elif path.is_file():
            others.append((path, name))
        else:
            others += _files_in(path, dossier)
    return parts


def _one_reading(table: Table, files: list[Part], where: str) -> None:
    """Several files must be parts: not of different kinds, not one the whole, no two the same."""
    seen: dict[str, Part] = {}
    for part in files[1:]:
        if _group(part) != _group(files[0]) or part.whole or files[0].whole:
            raise table_twice(table, files[0].name, part.name, where)
    for part in files if len(files) > 1 else ():
        for mark in (part.path.stem, file_hash(part.path)):
            if mark in seen:
                raise table_twice(table, seen[mark].name, part.name, where)
            seen[mark] = part


def _group(part: Part) -> str:
    suffix = part.path.suffix.lower()
    return "workbook" if suffix in BOOK_SUFFIXES else suffix


def file_hash(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _nearest(path: Path) -> str:
    return nearest_title(path.stem)
