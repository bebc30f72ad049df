"""A run whose roster was not compared with any list: what the terminal, the page and the manifest say of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eligibility.cli import main
from support.paper_folder import RULES, whole_loss


def _called() -> None:
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four persons: one refused, one who waits for the lists alone, two of whom one also has no known membership."""
    papers = whole_loss().person(3).person(4, member_from="")
    for row in papers.tables["persons"]:
        del row["officer"], row["deceased_on"]
    folder = tmp_path_factory.mktemp("compared")
    dossier = papers.write(folder / "dossier")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_COLOR", "1")
        patch.setenv("COLUMNS", "400")
        patch.setattr("sys.argv", ["eligibility", "run", str(dossier), "--rules", str(RULES), "--as-of", "2022-10-31",
                                   "--out", str(folder / "out")])  # fmt: skip
        _called()
    return folder / "out"


def test_the_manifest_counts_who_waits_for_the_lists_and_for_nothing_else(run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["comparison"] == {"persons": 3, "alone": 2, "lists": {"deceased_on": 3, "officer": 3}}
    assert manifest["outcomes"]["not_eligible"] == 1


def test_the_page_names_the_lists_and_who_has_them(run: Path) -> None:
    page = (run / "report.html").read_text(encoding="utf-8")
    assert "死亡日期（民政部门、公安部门）、军官（退役军人事务部门）" in page
    assert "待比对 <b>3</b> 人，其中 <b>2</b> 人只等比对" in page


def test_the_terminal_says_so_too(
    run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    argv = ["eligibility", "run", str(run.parent / "dossier"), "--rules", str(RULES), "--as-of", "2022-10-31"]
    monkeypatch.setattr("sys.argv", [*argv, "--out", str(run.parent / "again")])
    _called()
    out = capsys.readouterr().out
    assert "死亡日期（民政部门、公安部门）、军官（退役军人事务部门）；待比对 3 人，其中 2 人只等比对，别无所缺" in out
