"""What a file is, by its content: an officer's rename does not make a csv of a workbook."""

from __future__ import annotations

import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from eligibility.intake.notices import refuse
from eligibility.model.diagnostic import Bilingual, InputError, SourceLocation

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet")
"""Endings under which tables are looked for."""
BOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".text", ".dat", ".prn", ".tab", "")
"""Endings of texts that may be a table."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 4096
_PAGES = (b"<html", b"<!doctype", b"<?xml", b"<table", b"mime-version:")


class Kind(StrEnum):
    """How a file is read."""

    TEXT = "text"
    PARQUET = "parquet"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"

    @property
    def book(self) -> bool:
        """Whether it is a workbook with sheets."""
        return self not in (Kind.TEXT, Kind.PARQUET)


def kind_of(path: Path, name: str) -> Kind:
    """The kind of a file.

    Raises:
        InputError: it is protected by a password, or a web page under the name of a workbook.

    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_OLE):
        return _ole(path, name)
    if head.startswith(b"PK"):
        return _package(path, name)
    if head.startswith(b"PAR1") or path.suffix.lower() == ".parquet":
        return Kind.PARQUET
    if head[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES):
        raise refuse(
            "unknown_kind",
            SourceLocation(name),
            Bilingual("文件其实是网页或 XML，不是工作簿", "the file is a web page or XML, whatever its name says"),
            Bilingual("用 Excel 或 WPS 打开后另存为 xlsx", "open it in Excel or WPS and save it as xlsx"),
        )
    return Kind.XLSX if path.suffix.lower() in BOOK_SUFFIXES and not _is_text(head) else Kind.TEXT


def password_protected(name: str) -> InputError:
    """The refusal of a workbook that only a password opens."""
    return refuse(
        "password_protected",
        SourceLocation(name),
        Bilingual("工作簿设有打开密码，无法读取", "the workbook needs a password to open"),
        Bilingual(
            "用 Excel 或 WPS 打开，去掉密码后重新保存", "open it in Excel or WPS, remove the password, save it again"
        ),
    )


def _ole(path: Path, name: str) -> Kind:
    with path.open("rb") as file:
        # the directory of streams is small, but may stand anywhere
        while block := file.read(1 << 20):
            if _ENCRYPTED in block:
                raise password_protected(name)
            if len(block) == 1 << 20:
                file.seek(-len(_ENCRYPTED), 1)
    return Kind.XLS


def _package(path: Path, name: str) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            parts = set(package.namelist())
            if "content.xml" in parts:
                if b"encryption-data" in package.read("META-INF/manifest.xml"):
                    raise password_protected(name)
                return Kind.ODS
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError):
        return Kind.XLSX
    return Kind.XLSB if "xl/workbook.bin" in parts else Kind.XLSX


def _is_text(head: bytes) -> bool:
    return b"\0" not in head
