"""The cage of typst: a template beside this module and plain data make a PDF; only the fonts that are named are used.

Quirks: the data enters as one JSON string (`sys.inputs`); without a fixed timestamp the bytes change with the clock;
a character that no font has is printed as an empty box without a word, so callers ask `fonts.unprintable` first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst

from eligibility.reporting.fonts import SANS, font_folder

TEMPLATES = Path(__file__).parent / "templates"


def typeset(name: str, data: Mapping[str, Any], day: date, fonts: Sequence[Path] = ()) -> bytes:
    """The PDF of `templates/<name>.typ` filled with `data`, dated `day`; the same input gives the same bytes.

    `fonts` are folders whose fonts are used where ours lack a character.
    """
    families = [*SANS, *_families(fonts)]
    made = typst.compile(
        str(TEMPLATES / f"{name}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(folder) for folder in (font_folder(), *fonts)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**data, "fonts": families}, ensure_ascii=False)},
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single file")
    return made


def _families(folders: Sequence[Path]) -> list[str]:
    """Names of the families in further folders, as typst knows them."""
    if not folders:
        return []
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)).families()
    return sorted(set(found) - set(SANS))
