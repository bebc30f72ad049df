"""Pages that are written from the program are as the program is now, and say something of everything they list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.reference import FOLDER, NAMES, files, made, words
from bench.reference.__main__ import main
from typer.testing import CliRunner

from eligibility.application.pipeline import STAGES
from eligibility.cli.app import app

TEXTS = {name: (FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_fresh(name: str, decided: Path) -> None:
    text = files.page_of(decided) if name == "files" else made(name)  # its run is shared with other tests
    fresh = text == TEXTS[name]
    assert fresh, f"python -m bench.reference {name}"  # pytest would compare long pages line by line


def test_no_other_page_stands_among_them() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(NAMES)


def test_every_table_and_file_is_told_and_no_other() -> None:
    written = {table for stage in STAGES for table in stage.writes}
    assert set(words()["tables"]) == written
    assert set(re.findall(r"^## (\S+)$", TEXTS["files"], re.MULTILINE)) == set(words()["files"])


def test_every_command_stands_with_every_option() -> None:
    """Held against `--help` itself, as a reader sees it."""
    sections = re.findall(
        r"^#+ eligibility ([^\n]+)\n\n([^#]*?)^```\n(.*?)(?=^#|\Z)", TEXTS["commands"], re.MULTILINE | re.DOTALL
    )
    assert len(sections) > 25
    met = set[str]()
    for command, said, section in sections:
        shown = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).output
        options = set(re.findall(r"^[│ *]*(--[a-z][a-z-]+)", shown, re.MULTILINE)) - {"--help"}
        assert options <= set(re.findall(r"--[a-z][a-z-]+", section)), command
        assert re.search("[一-鿿]", said), command
        assert re.search("[a-z]{3}", said), command
        met |= options
    assert {"--rules", "--as-of", "--json", "--run", "--out"} <= met


def test_a_stale_page_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bench.reference.__main__.FOLDER", tmp_path)
    (tmp_path / "decisions.md").write_text(TEXTS["decisions"] + "x", encoding="utf-8")
    assert main(["--check", "decisions"]) == 2
    assert "decisions.md" in capsys.readouterr().out
    (tmp_path / "decisions.md").write_text(TEXTS["decisions"], encoding="utf-8")
    assert main(["--check", "decisions"]) == 0
    assert main(["no-such-page"]) == 2
