"""What is said of printed files, and of characters that could not be printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from eligibility.application.printing.placing import Printed
from eligibility.cli.screen import print_plain
from eligibility.model.visible import visible

_SHOWN = 12
"""Missing characters that are listed; more are counted."""


def tell_letters(printed: Printed, out: Path, lang: str) -> None:
    """How many letters in how many files."""
    warn_unprintable(printed.missing, lang)
    say(
        f"告知书 {printed.persons:,} 份，{printed.files:,} 个文件：{out}",
        f"{printed.persons:,} letters in {printed.files:,} files: {out}",
        lang,
    )
    _say_left_out(printed.left_out, lang)


def tell_roster(printed: Printed, out: Path, lang: str) -> None:
    """How many persons are published, and from when to when."""
    warn_unprintable(printed.missing, lang)
    if printed.period:
        zh = f"公示期 {printed.period[0]} 至 {printed.period[1]}"
        en = f"published {printed.period[0]} to {printed.period[1]}"
    else:
        zh = "公示天数未设定（publication_days），期限留空待填"
        en = "publication_days is not set: the period is left blank to fill in"
    say(f"公示名册 {printed.persons:,} 人：{out}。{zh}", f"roster of {printed.persons:,} persons: {out}. {en}", lang)
    _say_left_out(printed.left_out, lang)


def tell_summary_table(printed: Printed, out: Path, lang: str) -> None:
    """Where the table by street stands."""
    warn_unprintable(printed.missing, lang)
    say(f"汇总表：{out}", f"summary table: {out}", lang)


def warn_unprintable(missing: Sequence[str], lang: str) -> None:
    """Say on standard error which characters were printed as empty boxes, and what to do."""
    if not missing:
        return
    listed = " ".join(f"{visible(one)} U+{ord(one):04X}" for one in missing[:_SHOWN])
    more = f" …（{len(missing)}）" if len(missing) > _SHOWN else ""
    zh = f"[glyph_missing] 字体缺字，PDF 中印成空框：{listed}{more}\n  → 用 --fonts 指定含这些字的字体目录（如 SimSun-ExtB）后重新输出"
    en = f"[glyph_missing] characters printed as boxes: {listed}{more}\n  → name a folder with a font that has them by --fonts"
    sys.stderr.write(visible(en if lang == "en" else zh) + "\n")


def _say_left_out(persons: int, lang: str) -> None:
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
