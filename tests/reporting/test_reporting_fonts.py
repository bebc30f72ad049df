"""Chinese prints on a machine without Chinese fonts; what cannot be printed is noticed."""

from __future__ import annotations

import tomllib
from pathlib import Path

from eligibility.reporting.fonts import chinese_font, font_folder, unprintable
from eligibility.reporting.fonts.glyphs import characters

ROOT = Path(__file__).parents[2]


def test_common_and_rare_characters_of_names_are_there() -> None:
    assert unprintable("昆明市呈贡区乌龙街道〔2019〕1号 龚犇喆䶮㛃 5301**********1234") == []


def test_a_character_that_no_font_has_is_named_once() -> None:
    assert unprintable("王\U0002cb4e\U0002cb4e李") == ["\U0002cb4e"]


def test_a_further_folder_of_fonts_counts(tmp_path: Path) -> None:
    (tmp_path / "notes.ttf").write_text("not a font", encoding="utf-8")
    assert unprintable("王\U0002cb4e", (tmp_path,)) == ["\U0002cb4e"]
    assert characters(tmp_path / "notes.ttf") == frozenset()


def test_the_chinese_file_has_the_first_chinese_block_whole() -> None:
    assert set(range(0x4E00, 0x9FA6)) <= characters(chinese_font())


def test_fonts_and_their_licence_travel_with_the_package() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "reporting/fonts/*" in told["tool"]["setuptools"]["package-data"]["eligibility"]
    notice = (font_folder() / "NOTICE").read_text(encoding="utf-8")
    assert all(font.name in notice for font in font_folder().glob("*.ttf"))
    assert "Apache License" in (font_folder() / "LICENSE").read_text(encoding="utf-8")
