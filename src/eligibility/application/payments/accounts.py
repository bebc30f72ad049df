"""Bank accounts of persons, from a file that the office keeps: they are used, never kept with a run or in the record."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.resident_id import known_as

HEADERS = {
    "resident_id": ("身份证号", "公民身份号码", "resident_id"),
    "holder": ("户名", "holder"),
    "bank": ("开户行", "bank"),
    "account": ("账号", "银行账号", "account"),
}
_NUMBER = re.compile(r"[0-9]{8,30}")


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a person."""

    holder: str
    bank: str
    number: str


@dataclass(frozen=True, slots=True)
class Accounts:
    """Accounts by resident id, and what is wrong with rows of the file, which are left out and told."""

    by_person: dict[str, Account]
    findings: tuple[Diagnostic, ...]


def read_accounts(path: Path) -> Accounts:
    """Read a CSV (UTF-8 or GB 18030) with the columns 身份证号, 户名, 开户行, 账号.

    Two different accounts of one person leave him without one: nobody chooses between them.

    Raises:
        InputError: the file cannot be read, or a column is missing.

    """
    rows = list(csv_rows(path, HEADERS))
    found: dict[str, Account] = {}
    findings: list[Diagnostic] = []
    twice: set[str] = set()
    for number, row in rows:
        person, account = known_as(row["resident_id"]), re.sub(r"[\s-]", "", row["account"])
        if not _NUMBER.fullmatch(account):
            findings.append(_no_number(path, number))
            continue
        made = Account(row["holder"].strip(), row["bank"].strip(), account)
        if person in found and found[person] != made:
            twice.add(person)
            findings.append(_two_numbers(path, number))
        found[person] = made
    return Accounts({person: one for person, one in found.items() if person not in twice}, tuple(findings))


def csv_rows(
    path: Path, headers: dict[str, tuple[str, ...]], further: tuple[str, ...] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV by the keys of `headers`, with their numbers in the file (the header is row 1).

    A column of one of the names `further` may be absent; it stands under the key "".

    Raises:
        InputError: the file cannot be read, or a column is missing.

    """
    lines = list(csv.reader(_text(path).splitlines()))
    head = [cell.strip() for cell in lines[0]] if lines else []
    at = {key: next((head.index(name) for name in names if name in head), -1) for key, names in headers.items()}
    extra = next((head.index(name) for name in further if name in head), -1)
    missing = [names[0] for key, names in headers.items() if at[key] < 0]
    if missing:
        problem = Bilingual(f"缺少列：{'、'.join(missing)}", f"columns are missing: {', '.join(missing)}")
        remedy = Bilingual("第一行写列名，另存为 CSV", "write the names of the columns in the first row, save as CSV")
        raise InputError(Diagnostic("column_missing", SourceLocation(str(path), row=1), problem, remedy))
    if extra >= 0:
        at[""] = extra
    for number, line in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in line):
            yield number, {key: line[place].strip() if place < len(line) else "" for key, place in at.items()}


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(_unreadable(path, str(error.strerror))) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(_unreadable(path, "既不是 UTF-8，也不是 GB 18030"))


def _unreadable(path: Path, why: str) -> Diagnostic:
    problem = Bilingual(f"文件读不出：{why}", f"the file cannot be read: {why}")
    return Diagnostic(
        "file_unreadable",
        SourceLocation(str(path)),
        problem,
        Bilingual("另存为 UTF-8 的 CSV", "save it as CSV in UTF-8"),
    )


def _no_number(path: Path, row: int) -> Diagnostic:
    problem = Bilingual("账号不是 8 至 30 位数字，未采用", "the account is not of 8 to 30 digits and is not used")
    remedy = Bilingual("更正该行后重做名册", "correct the row and make the roster again")
    return Diagnostic("account_unusable", SourceLocation(str(path), row=row), problem, remedy)


def _two_numbers(path: Path, row: int) -> Diagnostic:
    problem = Bilingual("同一人有两个不同的账号，均不采用", "two different accounts of one person: neither is used")
    remedy = Bilingual("问明用哪一个，删去另一行", "find out which is right and delete the other row")
    return Diagnostic("account_twice", SourceLocation(str(path), row=row), problem, remedy)
