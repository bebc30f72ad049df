"""The three ways of attributing shared land side by side: counts, and names of everyone they decide otherwise."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from rules_tools_runs import finished, refused, said

from support.paper_folder import Papers, resident_id


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A group of 10 亩 that lost 9.5 with equal shares: 户1 of one head held 4, 户2 of three heads 6."""
    papers = Papers().group(area="10.00", persons="4").approval(area="100.00").agreement(area="9.50")
    papers.person(1).certificate("H1", "4.00")
    for number in (2, 3, 4):
        papers.person(number, household_id="H2")
    papers.certificate("H2", "6.00").line("H1", "", basis="均分").line("H2", "", basis="均分")
    return finished(papers, tmp_path_factory.mktemp("shared"))


def test_each_way_gives_what_its_formula_says(shared: Path) -> None:
    ways = {way["value"]: way for way in json.loads(said("attribution", "--run", shared, "--json"))}
    assert list(ways) == ["documented_only", "group_ratio", "per_capita"]
    # 户1 keeps 0 to 0.5 亩, or 0.2 by ratio, or 1.625 by heads; 户2 keeps 0 to 0.5 for three heads, whatever the way
    assert ways["documented_only"]["outcomes"] == {"eligible": 3, "manual_review": 1}
    assert ways["group_ratio"]["outcomes"] == {"eligible": 4}
    assert ways["per_capita"]["outcomes"] == {"eligible": 3, "not_eligible": 1}
    assert ways["documented_only"]["changed"] == 0
    assert ways["per_capita"]["turns"] == [{"old": "manual_review", "new": "not_eligible", "persons": 1}]


def test_who_changes_is_named_in_the_file_and_masked_on_the_screen(shared: Path, tmp_path: Path) -> None:
    told = said("attribution", "--run", shared, "--out", tmp_path / "names")
    assert resident_id(1) not in told
    assert "5301" in told
    with (tmp_path / "names" / "attribution.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["resident_id"] for row in rows] == [resident_id(1)]
    assert [rows[0][way] for way in ("documented_only", "group_ratio", "per_capita")] == [
        "manual_review",
        "eligible",
        "not_eligible",
    ]


def test_nothing_is_written_into_a_run(shared: Path) -> None:
    assert "不能写入" in refused("attribution", "--run", shared, "--out", shared / "names")
