"""Where printed files go, what is said of them, and what could not be printed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eligibility.cli.screen import print_plain
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.visible import visible
from eligibility.reporting.fonts import unprintable
from eligibility.store.folders import MARK, atomic_folder, safe_name

_SHOWN = 12
"""Missing characters that are listed; more are counted."""


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder that appears whole at `out`; unlike a run, never in the place of a run.

    Raises:
        InputError: `out` holds something, or cannot be written.

    """
    if (out / MARK).exists():
        problem = Bilingual("是一次审核的结果目录，不能覆盖", "is the folder of a run and must not be replaced")
        remedy = Bilingual("请用 --out 指定一个新目录", "name a new folder with --out")
        raise InputError(Diagnostic("out_in_use", SourceLocation(str(out)), problem, remedy))
    with atomic_folder(out) as folder:
        yield folder


def place(folder: Path, street: str, community: str, name: str) -> Path:
    """A path in `folder` by street and community ("": none), every part safe as a name; its folder is made.

    Two names that differ only in what a file name cannot hold get numbers.
    """
    within = folder.joinpath(*(safe_name(part) for part in (street, community) if part))
    within.mkdir(parents=True, exist_ok=True)
    path, copy = within / safe_name(name), 1
    while path.exists():
        copy += 1
        path = within / f"{Path(safe_name(name)).stem} ({copy}){Path(name).suffix}"
    return path


def warn_unprintable(text: str, fonts: tuple[Path, ...], lang: str) -> None:
    """Say on standard error which characters were printed as empty boxes, and what to do."""
    missing = unprintable(text, fonts)
    if not missing:
        return
    listed = " ".join(f"{visible(one)} U+{ord(one):04X}" for one in missing[:_SHOWN])
    more = f" …（{len(missing)}）" if len(missing) > _SHOWN else ""
    zh = f"[glyph_missing] 字体缺字，PDF 中印成空框：{listed}{more}\n  → 用 --fonts 指定含这些字的字体目录（如 SimSun-ExtB）后重新输出"
    en = f"[glyph_missing] characters printed as boxes: {listed}{more}\n  → name a folder with a font that has them by --fonts"
    sys.stderr.write(visible(en if lang == "en" else zh) + "\n")


def say_left_out(persons: int, lang: str) -> None:
    """How many were left out because their cases are not signed through."""
    if persons:
        say(
            f"另有 {persons:,} 人的环节尚未完成，未出；要看草稿加 --draft",
            f"{persons:,} more are not signed through all stages and were left out; add --draft to see drafts",
            lang,
        )


def say(zh: str, en: str, lang: str) -> None:
    """One line on standard output."""
    print_plain(en if lang == "en" else zh)
