"""Reads the attribute table of a map layer (.dbf, dBASE III and its kin) as rows of text."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from eligibility.intake.files.grid import Grid, Row
from eligibility.intake.files.limits import check_size
from eligibility.intake.notices import refuse
from eligibility.model.diagnostic import Bilingual, InputError, SourceLocation

_ENCODINGS = {0x4D: "gb18030", 0x4F: "gb18030", 0x7A: "gb18030", 0x08: "utf-8"}
"""Language ids that say how text is written; another one, or none, is tried as UTF-8, then as GB18030."""
_VERSIONS = frozenset({0x02, 0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5})
_HEADER = struct.Struct("<BBBBIHH20x")
_FIELD = struct.Struct("<11sc4xBB14x")
_END = 0x0D
_DELETED = b"*"
_MOST_FIELDS = 1024
_BLOCK = 4096
_TEXT_KINDS = frozenset("CM")
_BLANK_DATE = frozenset({"", "00000000", "0"})


class _Field(NamedTuple):
    name: str
    kind: str
    start: int
    width: int


def looks_like_dbf(path: Path) -> bool:
    """Whether a file is such a table, by its ending and its first byte."""
    if path.suffix.lower() != ".dbf":
        return False
    with path.open("rb") as file:
        return bool((first := file.read(1)) and first[0] in _VERSIONS)


def read_dbf(path: Path, name: str = "") -> Grid:
    """The table as a grid: the names of the fields in row 1, one record in each further row; InputError when it is broken.

    Records marked as deleted are left out. Numbers of rows count them, so that they are those a viewer shows.
    """
    name = name or path.name
    check_size(path, name)
    with path.open("rb") as file:
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size:
            raise _broken(name)
        version, _, _, _, count, header_bytes, width = _HEADER.unpack(head)
        language = head[29]
        fields = _fields(file.read(max(0, header_bytes - _HEADER.size)), name)
    if version not in _VERSIONS or not fields or width < 1 + sum(field.width for field in fields):
        raise _broken(name)
    encoding = _encoding(path, language, header_bytes, width)
    return Grid(path, "", _rows(path, fields, (header_bytes, count, width), encoding, name), name=name)


def _fields(raw: bytes, name: str) -> list[_Field]:
    found, start = list[_Field](), 1
    for place in range(0, len(raw) - _FIELD.size + 1, _FIELD.size):
        if raw[place] == _END or len(found) >= _MOST_FIELDS:
            break
        title, kind, width, _ = _FIELD.unpack_from(raw, place)
        if width == 0:
            raise _broken(name)
        text = title.partition(b"\0")[0].decode("gb18030", "replace").strip()
        found.append(_Field(text, kind.decode("ascii", "replace").upper(), start, width))
        start += width
    return found


def _encoding(path: Path, language: int, start: int, width: int) -> str:
    if language in _ENCODINGS and language != 0:
        return _ENCODINGS[language]
    with path.open("rb") as file:
        file.seek(start)
        sample = file.read(_BLOCK * width // max(width, 1) * 8)
    try:
        sample[: len(sample) - len(sample) % width].decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _rows(path: Path, fields: list[_Field], shape: tuple[int, int, int], encoding: str, name: str) -> Iterator[Row]:
    start, count, width = shape
    yield 1, [field.name for field in fields]
    with path.open("rb") as file:
        file.seek(start)
        for number in range(count):
            record = file.read(width)
            if len(record) < width:
                if record.strip(b"\x1a\0 ") or number < count - 1:
                    raise _broken(name)
                return
            if record[:1] != _DELETED:
                yield number + 2, [_text(record, field, encoding) for field in fields]


def _text(record: bytes, field: _Field, encoding: str) -> str:
    raw = record[field.start : field.start + field.width]
    text = raw.decode(encoding, "replace").strip("\0 ")
    if field.kind == "D":
        return "" if text in _BLANK_DATE else text
    if field.kind == "L":
        return {"T": "是", "Y": "是", "F": "否", "N": "否"}.get(text.upper(), "")
    if field.kind in _TEXT_KINDS:
        return text
    return "" if set(text) <= {"*", " "} else text


def _broken(name: str) -> InputError:
    return refuse(
        "broken_file",
        SourceLocation(name),
        Bilingual("图层属性表（dbf）损坏，无法读取", "the attribute table (dbf) is broken and cannot be read"),
        Bilingual("在 GIS 软件中重新导出，或另存为 xlsx", "export it again from the GIS program, or save it as xlsx"),
    )
