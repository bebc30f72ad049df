"""The README and its English twin say the same, and what they show is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eligibility.cli.app import app

ROOT = Path(__file__).parents[2]
CHINESE, ENGLISH = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.en.md"))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CASE = ROOT / "docs" / "example" / "case.yaml"


def commands(text: str) -> list[tuple[str, list[str]]]:
    """The code blocks of a page, comments left out."""
    return [
        (language, [line.split("#")[0].rstrip() for line in code.splitlines()])
        for language, code in FENCE.findall(text)
    ]


def prose(text: str) -> str:
    return FENCE.sub("", text)


def test_both_have_the_same_headings() -> None:
    levels = [[len(one) for one in re.findall(r"^(#+) ", prose(text), re.MULTILINE)] for text in (CHINESE, ENGLISH)]
    assert levels[0] == levels[1]
    assert len(levels[0]) >= 7


def test_both_have_the_same_commands() -> None:
    assert commands(CHINESE) == commands(ENGLISH)
    shown = "\n".join(line for _, lines in commands(CHINESE) for line in lines)
    for wanted in ("make demo", "make test", "eligibility check", "import eligibility"):
        assert wanted in shown


def test_both_lead_to_the_same_places_and_have_the_same_lists() -> None:
    for text, own, other in ((CHINESE, "README.md", "README.en.md"), (ENGLISH, "README.en.md", "README.md")):
        assert f"]({other})" in text
        assert f"]({own})" not in text
    places = [set(re.findall(r"\]\(([^)]+)\)", text)) - {"README.md", "README.en.md"} for text in (CHINESE, ENGLISH)]
    assert places[0] == places[1]
    rows = [
        [len(re.findall(mark, text, re.MULTILINE)) for mark in (r"^- ", r"^\d\. ", r"^\| ")]
        for text in (CHINESE, ENGLISH)
    ]
    assert rows[0] == rows[1]


def test_every_command_of_make_exists() -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"\bmake ([a-z-]+)\b", CHINESE)) | {"demo", "test"}:
        assert re.search(rf"^{target}:", rules, re.MULTILINE), target


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_case_comes_out_as_the_table_says(name: str, tmp_path: Path) -> None:
    rows = re.findall(r"^\| `(\S+亩 至 \S+亩)` \| ([^|]+) \|", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == 3
    given = CASE.read_text(encoding="utf-8")
    for area, outcome in rows:
        tried = tmp_path / "case.yaml"
        tried.write_text(re.sub(r"(?m)^人均剩余耕地: .*$", f"人均剩余耕地: {area}", given), encoding="utf-8")
        said = CliRunner().invoke(app, ["check", str(tried), "--as-of", "2022-10-31"]).output.splitlines()[0]
        assert said.startswith(f"结论：{re.search('[一-鿿]+', outcome)[0]}："), (area, said)  # type: ignore[index]


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_its_pictures_are_there_and_small(name: str) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert pictures
    assert all(0 < (ROOT / one).stat().st_size < 200_000 for one in pictures)
