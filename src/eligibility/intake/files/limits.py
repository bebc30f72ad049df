"""What is refused before it is opened: files beyond a stated size, packages that blow up, sheets of absurd extent."""

from __future__ import annotations

import zipfile
from pathlib import Path

from eligibility.intake.notices import refuse
from eligibility.model.diagnostic import Bilingual, InputError, SourceLocation

GIB = 1 << 30
LARGEST_FILE = 8 * GIB
"""A csv or parquet file: some sixty million persons."""
LARGEST_WORKBOOK = GIB // 2
LARGEST_PART = 3 * GIB // 2
"""One part of a workbook; the sheet of a million persons has 0.7 GiB."""
LARGEST_UNPACKED = 4 * GIB
"""All parts of a workbook together; a full sheet of Excel has about one GiB."""
UNPACKED_FREELY = 64 << 20
"""Below so many bytes a part may be packed as tightly as it likes."""
STEEPEST = 250
"""Times that a larger part may grow when unpacked; honest sheets stay below a hundred."""
_TIGHTEST = 1032
"""No stream of deflate grows more than so many times."""
_BLOCK = 1 << 20
MOST_CELLS = 60_000_000
"""Cells between the first and the last one of a sheet: 1,048,576 rows of 57 columns."""


def check_size(path: Path, name: str, largest: int = LARGEST_FILE) -> None:
    """InputError when the file is larger than `largest` bytes."""
    size = path.stat().st_size
    if size > largest:
        zh = f"文件有 {size / GIB:.1f} GiB，超过上限 {largest / GIB:.1f} GiB"
        raise _too_large(name, "", zh, f"{size / GIB:.1f} GiB, above the limit of {largest / GIB:.1f} GiB")


def check_package(path: Path, name: str) -> None:
    """InputError when the parts of a zipped workbook are absurdly large once unpacked (a zip bomb).

    Raises what zipfile raises for a broken one.
    """
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    total = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > UNPACKED_FREELY and part.file_size > STEEPEST * max(part.compress_size, 1) for part in parts
    )
    if any(part.file_size > LARGEST_PART for part in parts):
        largest = max(part.file_size for part in parts)
        zh = f"工作簿中的一个工作表展开后有 {largest / GIB:.1f} GiB，超过上限 {LARGEST_PART / GIB:.1f} GiB"
        en = f"a part unpacks to {largest / GIB:.1f} GiB, above the limit of {LARGEST_PART / GIB:.1f} GiB"
        raise _too_large(name, "", zh, en)
    if total > LARGEST_UNPACKED or steep:
        zh = f"压缩包展开后有 {total / GIB:.1f} GiB，远超正常工作簿（疑似压缩炸弹），未打开"
        raise _too_large(name, "", zh, f"unpacks to {total / GIB:.1f} GiB, no honest workbook does; it was not opened")
    with zipfile.ZipFile(path) as package:
        for part in package.infolist():
            _check_honest(package, part)


def _check_honest(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Raise BadZipFile when a part that could hold a bomb says that it is smaller than it is.

    The reader of workbooks believes what it unpacks, not what the package says; this one stops at the stated size, and
    then the checksum does not fit.
    """
    if part.compress_size * _TIGHTEST <= UNPACKED_FREELY or part.file_size > LARGEST_PART:
        return
    with package.open(part) as body:
        while body.read(_BLOCK):
            pass


def check_extent(name: str, sheet: str, extent: tuple[int, int]) -> None:
    """InputError when a sheet spans more cells than any table has: it would fill the memory with blanks."""
    rows, columns = extent
    if rows * columns > MOST_CELLS:
        zh = f"内容散布到第{rows}行第{columns}列，超出可读范围"
        raise _too_large(name, sheet, zh, f"content as far as row {rows}, column {columns}: too large to be read")


def _too_large(name: str, sheet: str, zh: str, en: str) -> InputError:
    remedy = Bilingual(
        "按街道拆成几个文件，删去表外的零星内容", "split it by street; remove stray cells outside the table"
    )
    return refuse("too_large", SourceLocation(name, sheet), Bilingual(zh, en), remedy)
