"""One approval of several numbers, and one batch of several approvals: what an agreement names is what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paper_folder import Papers, whole_loss

BOTH = "国土资函〔2012〕665号、云国土资〔2012〕700号"
BATCH = "呈贡区2013年度第三批次{}城市建设用地"


def renumbered(approval: str, parcel: str, cited: str) -> Papers:
    papers = whole_loss()
    papers.tables["approvals"][0]["approval_no"] = approval
    papers.tables["approval_parcels"][0]["approval_no"] = parcel
    papers.tables["agreements"][0]["cited_approval_no"] = cited
    return papers


@pytest.mark.parametrize("parcel", [BOTH, "国土资函（2012）665号", "云国土资[2012]700号"])
@pytest.mark.parametrize("cited", [BOTH, "国土资函〔2012〕665号", "云国土资〔2012〕700号及国土资函〔2012〕665号"])
def test_an_approval_is_cited_by_any_of_its_numbers(parcel: str, cited: str, tmp_path: Path) -> None:
    decided = renumbered(BOTH, parcel, cited).decide(tmp_path)
    assert decided.coverage() == (20.0, 20.0, "covered")
    assert decided.person()["outcome"] == "eligible"
    assert "no_approval" not in {row[0] for row in decided.con.execute("SELECT code FROM link.findings").fetchall()}


def test_a_number_that_two_approvals_bear_is_certain_of_neither(tmp_path: Path) -> None:
    papers = renumbered(BOTH, BOTH, "国土资函〔2012〕665号")
    papers.approval("国土资函〔2012〕665号、云国土资〔2012〕701号", project="环湖路")
    assert papers.decide(tmp_path).coverage() == (0.0, 20.0, "ambiguous")


def by_batch(cited: str, *, listed: list[str]) -> Papers:
    papers = Papers().person().certificate().group().line().line("H2", "16.00")
    papers.person(2, household_id="H2").certificate("H2", "30.00")
    for number, part in enumerate(listed):
        papers.approval(f"云国土资复〔2013〕{number + 1}号", project=BATCH.format(part))
    return papers.agreement(project=BATCH.format(cited), cited_approval_no="")


@pytest.mark.parametrize(
    ("cited", "listed", "covered"),
    [
        ("（二）", ["（二）"], 20.0),
        ("（二）", ["（一）", "(2)"], 20.0),
        ("", [""], 20.0),
        ("", ["", "（一）"], 20.0),  # the whole title is the same
        ("（二）", ["（一）"], 0.0),  # the second part may be missing from the dossier
        ("", ["（一）"], 0.0),
        ("（二）", [""], 0.0),
        ("（一）和（二）", ["（一）"], 0.0),
    ],
)
def test_a_part_of_a_batch_is_no_other_part_of_it(
    cited: str, listed: list[str], covered: float, tmp_path: Path
) -> None:
    assert by_batch(cited, listed=listed).decide(tmp_path).coverage()[0] == covered


def test_a_batch_and_its_part_do_not_contradict_each_other(tmp_path: Path) -> None:
    def findings(cell: str) -> set[str]:
        papers = whole_loss()
        papers.tables["approvals"][0] |= {"batch": cell, "project": BATCH.format("（一）")}
        con = papers.decide(tmp_path / cell).con
        return {row[0] for row in con.execute("SELECT code FROM link.findings").fetchall()}

    assert "batch_contradicted" not in findings("2013年度第三批次")
    assert "batch_contradicted" in findings("2013年度第三批次（二）")
