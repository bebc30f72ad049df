"""Ways to spoil a dossier: bytes, rows, columns, headers, encodings, types, files. Each is a function of chance and bytes."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

Files = dict[str, bytes]
"""A dossier in memory: the name of each file, and its bytes."""

HOSTILE = (
    "", " ", "　", "'", "\0", "=1+1", "+86", "-1", "@x", "=HYPERLINK(\"http://x\")", "#N/A", "#REF!", "#公式未计算", "Err:502",
    "1e308", "-1e308", "1E+400", "nan", "inf", "9" * 400, "0.0000000000001", "１２．５", "12.5亩", "一百二亩", "十二亩三分五厘",
    "点五亩", "亩", "12.3.4", "1,2,3", "1,234.5 ㎡", "-0", "1/2", "03/04/2012", "2012-02-30", "0000-00-00", "9999-12-31",
    "二〇一二年三月五日", "99999999", "40973", "2012年", "今年", "无", "是", "TRUE", "合计", "小计：3人", "备注：", "填表人：",
    "身份证号", "530199197001010018", "000001197001010015", "5.30199E+17", "云国土资复〔2012〕665号", "第十批次", "一组", "1-99999组",
    "、" * 50, "甲" * 40000, "\u202e倒", "\ufeff", "𠮷", "\ud7ff", "é́́́́", "a\nb", 'a"b', "a,b", "a\tb", "💥", "\x1f", "\x04", "{value}",
    "'; DROP TABLE paper.persons; --", "%s%s", "$other", "1" + "0" * 30, "∞", "½亩", "①", "ⅷ", "٣", "三千万亿亩", "负三亩",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "big5", "shift_jis", "latin-1", "utf-32")
ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".xlsb", ".ods", ".parquet", ".txt", ".CSV", "")


def spoil(files: Files, chance: Random) -> list[str]:
    """Spoil the dossier in place, one to three times; the names of what was done."""
    done = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        name = chance.choice(sorted(files)) if files else ""
        way = chance.choice(WAYS)
        if name:
            if files[name][:2] in _PACKED and way not in _ON_BYTES:
                way = part_changed
            way(files, name, chance)
            done.append(f"{way.__name__}({name})")
    return done


def bytes_changed(files: Files, name: str, chance: Random) -> None:
    """Some bytes are others."""
    body = bytearray(files[name])
    for _ in range(chance.choice((1, 3, 30)) if body else 0):
        body[chance.randrange(len(body))] = chance.randrange(256)
    files[name] = bytes(body)


def bytes_gone(files: Files, name: str, chance: Random) -> None:
    """A stretch is gone, doubled, or the file ends early."""
    body = files[name]
    begin, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    files[name] = chance.choice((body[:begin] + body[end:], body[:end] + body[begin:], body[:begin]))


def bytes_put_in(files: Files, name: str, chance: Random) -> None:
    """Noise in the middle."""
    at, body = chance.randrange(len(files[name]) + 1), files[name]
    files[name] = body[:at] + chance.choice((chance.randbytes(40), b'"', b"\0" * 9, b"\r", b"\n\n", b",,,")) + body[at:]


def part_changed(files: Files, name: str, chance: Random) -> None:
    """Bytes inside one part of a zipped workbook are others, the package itself is whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(files[name])) as package:
            parts = {part: package.read(part) for part in package.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error):
        parts = {}
    if not parts:
        bytes_changed(files, name, chance)
        return
    (bytes_changed, bytes_gone, bytes_put_in)[chance.randrange(3)](parts, chance.choice(sorted(parts)), chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, body in parts.items():
            package.writestr(part, body)
    files[name] = out.getvalue()


def _rows(files: Files, name: str) -> list[list[str]]:
    text = files[name].decode("utf-8-sig", "replace").replace("\0", "")
    csv.field_size_limit(1 << 30)
    return list(csv.reader(io.StringIO(text, newline="")))


def _put(files: Files, name: str, rows: list[list[str]], encoding: str = "utf-8-sig") -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    files[name] = out.getvalue().encode(encoding, "replace")


def rows_changed(files: Files, name: str, chance: Random) -> None:
    """A row is dropped, doubled, moved, cut, widened, blank, or a note stands between."""
    rows = _rows(files, name)
    if not rows:
        return
    at = chance.randrange(len(rows))
    row = rows[at]
    match chance.randrange(8):
        case 0:
            del rows[at]
        case 1:
            rows.insert(chance.randrange(len(rows)), list(row))
        case 2:
            chance.shuffle(rows)
        case 3:
            rows[at] = row[: chance.randrange(len(row) + 1)]
        case 4:
            rows[at] = [*row, chance.choice(HOSTILE)]
        case 5:
            rows.insert(at, [])
        case 6:
            rows.insert(at, [chance.choice(("合计", "填表人：张三", "（亩）", "呈贡区名册", "以上属实，特此证明。"))])
        case 7:
            rows[at:at] = [list(row)] * chance.choice((2, 300))
    _put(files, name, rows)


def columns_changed(files: Files, name: str, chance: Random) -> None:
    """A column is dropped, doubled, swapped, emptied or filled with one hostile cell."""
    rows = _rows(files, name)
    width = max(map(len, rows), default=0)
    if not width:
        return
    at, other, cell = chance.randrange(width), chance.randrange(width), chance.choice(HOSTILE)
    way = chance.randrange(5)
    for row in rows:
        row.extend([""] * (width - len(row)))
        if way == 0:
            del row[at]
        elif way == 1:
            row.insert(other, row[at])
        elif way == 2:
            row[at], row[other] = row[other], row[at]
        else:
            row[at] = "" if way == 3 else cell if row is not rows[0] else row[at]
    _put(files, name, rows)


def header_changed(files: Files, name: str, chance: Random) -> None:
    """A header is misspelt, split into two rows, pushed down by titles, or gone."""
    rows = _rows(files, name)
    if not rows or not rows[0]:
        return
    head = rows[0]
    at = chance.randrange(len(head))
    match chance.randrange(5):
        case 0:
            head[at] = head[at][:-1] + chance.choice("吗号x ")
        case 1:
            head[at] = chance.choice(HOSTILE)
        case 2:
            rows[:1] = [[word[: len(word) // 2] for word in head], [word[len(word) // 2 :] for word in head]]
        case 3:
            rows[:0] = [["标题"]] * chance.choice((1, 3, 20))
        case 4:
            head[at] = head[chance.randrange(len(head))]
    _put(files, name, rows)


def cells_changed(files: Files, name: str, chance: Random) -> None:
    """Cells hold what they should not."""
    rows = _rows(files, name)
    for _ in range(chance.choice((1, 5, 40))):
        row = chance.choice(rows) if rows else []
        if row:
            row[chance.randrange(len(row))] = chance.choice(HOSTILE)
    _put(files, name, rows)


def encoding_changed(files: Files, name: str, chance: Random) -> None:
    """Another encoding, or a second mark of byte order."""
    _put(files, name, _rows(files, name), chance.choice(ENCODINGS))
    files[name] = chance.choice((b"", b"", b"\xef\xbb\xbf")) + files[name]


def file_changed(files: Files, name: str, chance: Random) -> None:
    """A file is gone, empty, doubled, or called otherwise."""
    body = files.pop(name)
    stem = name.rpartition(".")[0] or name
    match chance.randrange(4):
        case 0:
            return
        case 1:
            files[name] = b""
        case 2:
            files |= {name: body, f"{stem}-{chance.randrange(9)}.csv": body}
        case 3:
            files[stem + chance.choice(ENDINGS)] = body


def kind_changed(files: Files, name: str, chance: Random) -> None:
    """The same table as a workbook or as parquet, with cells of other types and merged ones."""
    rows, stem = _rows(files, name), name.rpartition(".")[0] or name
    width = max(map(len, rows), default=0)
    if not width or width > 60 or len(rows) > 400:
        return
    del files[name]
    out = io.BytesIO()
    if chance.randrange(2):
        columns = {f"{cell or 'x'}{index if rows[0].count(cell) > 1 else ''}": [(row + [""] * width)[index] for row in rows[1:]]
                   for index, cell in enumerate((rows[0] + [""] * width)[:width])}  # fmt: skip
        pq.write_table(pa.table({key: _typed(column, chance) for key, column in columns.items()}), out)
        files[f"{stem}.parquet"] = out.getvalue()
        return
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([_cell(cell, chance) for cell in row])
    for _ in range(chance.randrange(3)):
        top, left = chance.randrange(1, len(rows) + 1), chance.randrange(1, width + 1)
        book.active.merge_cells(
            start_row=top, end_row=top + chance.randrange(9), start_column=left, end_column=left + 1
        )
    book.save(out)
    files[f"{stem}.xlsx"] = out.getvalue()


def _typed(column: list[str], chance: Random) -> pa.Array:
    try:
        return pa.array([float(cell or 0) for cell in column]) if chance.randrange(2) else pa.array(column)
    except (ValueError, pa.ArrowInvalid, UnicodeError):
        return pa.array([None if not cell else cell.encode("utf-8", "replace") for cell in column])


def _cell(text: str, chance: Random) -> object:
    text = "".join(mark for mark in text if mark >= " ")[:30_000]
    if chance.randrange(8) == 0:
        try:
            return float(text)
        except ValueError:
            return chance.choice((True, 40973, 1e300, -0.5, text))
    return text


WAYS: tuple[Callable[[Files, str, Random], None], ...] = (
    *(cells_changed,) * 5, *(rows_changed,) * 4, *(columns_changed,) * 2, *(header_changed,) * 2, *(kind_changed,) * 2,
    bytes_changed, bytes_gone, bytes_put_in, part_changed, encoding_changed, file_changed,
)  # fmt: skip
"""Ways that leave something to read come more often: a file refused at its first byte tries nothing."""
_PACKED = (b"PK", b"\xd0\xcf", b"PA")
_ON_BYTES = (bytes_changed, bytes_gone, bytes_put_in, file_changed)
