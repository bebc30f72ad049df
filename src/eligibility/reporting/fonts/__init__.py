"""Fonts that travel with the program, so that Chinese prints on a machine that has no Chinese font.

Droid Sans Fallback has the 20,902 characters of Unicode 1.1 and the 6,582 of extension A, among them the rare ones of
names (䶮, 㛃), but neither Latin letters nor digits; Open Sans, its sister, has those. Licences: NOTICE, LICENSE.
"""

from __future__ import annotations

from pathlib import Path

from eligibility.reporting.fonts.glyphs import characters

SANS = ("Open Sans", "Droid Sans Fallback")
"""Family names to ask for, in this order: Latin and digits first, then Chinese."""


def font_folder() -> Path:
    """The folder that holds the font files."""
    return Path(__file__).parent


def chinese_font() -> Path:
    """The one file with the Chinese characters."""
    return font_folder() / "DroidSansFallbackFull.ttf"


def unprintable(text: str, folders: tuple[Path, ...] = ()) -> list[str]:
    """Characters of `text` that no font in our folder or in `folders` can print, sorted, each once.

    >>> unprintable("李䶮 18人")
    []
    >>> unprintable("\U0002cb4e")
    ['\U0002cb4e']
    """
    known = {font for folder in (font_folder(), *folders) for font in folder.iterdir() if font.suffix.lower() in FONTS}
    wanted = set(text) - set("\n\t")
    for font in sorted(known):
        wanted = {one for one in wanted if ord(one) not in characters(font)}
    return sorted(wanted)


FONTS = frozenset({".ttf", ".otf", ".ttc"})
"""Endings of files that hold fonts."""
