"""Parts of an xlsx package: which one holds a sheet, which the shared strings, and small packages made of a piece of them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
"""The part with the shared strings, where there is one."""
_SMALL = (".xml", ".rels")
_FOLDERS = frozenset({"", "_rels", "xl", "xl/_rels"})


def sheet_part(package: zipfile.ZipFile, sheet: str) -> str | None:
    """The name of the part that holds a sheet. Raises what zipfile and ElementTree raise for a broken package."""
    if _BOOK not in package.namelist() or _LINKS not in package.namelist():
        return None
    book = ElementTree.fromstring(package.read(_BOOK))
    links = ElementTree.fromstring(package.read(_LINKS))
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter() if local(link.tag) == "Relationship"}
    for entry in (entry for entry in book.iter() if local(entry.tag) == "sheet"):
        relation = next((value for key, value in entry.items() if key.endswith("}id")), "")
        target = targets.get(relation)
        if entry.get("name") == sheet and target:
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def frame(package: zipfile.ZipFile) -> dict[str, bytes]:
    """All that says how sheets are read, but neither sheets nor shared strings."""
    names = [name for name in package.namelist() if posixpath.dirname(name) in _FOLDERS and name.endswith(_SMALL)]
    return {name: package.read(name) for name in names if name != STRINGS}


def packed(*parts: Mapping[str, bytes]) -> io.BytesIO:
    """A package of these parts in memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, body in (pair for some in parts for pair in some.items()):
            package.writestr(name, body)
    out.seek(0)
    return out


def local(tag: str) -> str:
    """The name without its namespace: strict and transitional workbooks have different ones."""
    return tag.rpartition("}")[2]
