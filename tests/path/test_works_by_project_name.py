"""Approvals that do not state whether they are for large water works, as real ones never do."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, Papers, whole_loss

ASSUMED = "works_by_project_name"


def approvals(project: str, agreed: str, *, column: bool = True, works: str = "") -> Papers:
    """Good papers whose approval and agreement name these projects, the approval with `works` as given or no such column."""
    papers = whole_loss()
    row = papers.tables["approvals"][0]
    row.update(project=project, works=works)
    if not column:
        del row["works"]
    papers.tables["agreements"][0]["project"] = agreed
    return papers


@pytest.mark.parametrize("column", ["blank", "absent"])
@pytest.mark.parametrize(("project", "agreed"), [("大学城道路", "大学城道路"), ("", "大学城道路"), ("大学城道路", "")])
def test_a_named_project_is_enough_and_the_decision_names_the_assumption(
    project: str, agreed: str, column: str, tmp_path: Path
) -> None:
    person = approvals(project, agreed, column=column == "blank").decide(tmp_path).person()
    assert person["outcome"] == "eligible"
    assert ASSUMED in person["assumed_parameters"].split(";")


@pytest.mark.parametrize("nothing", ["", "无", "/", "不详"])
def test_no_project_at_all_leaves_it_open(nothing: str, tmp_path: Path) -> None:
    person = approvals(nothing, nothing).decide(tmp_path).person()
    assert (person["outcome"], person["reasons"]) == ("manual_review", "special_works")


@pytest.mark.parametrize(("project", "agreed"), [("呈贡水库扩建", "大学城道路"), ("", "水电站")])
def test_a_project_that_names_water_works_goes_to_a_person(project: str, agreed: str, tmp_path: Path) -> None:
    person = approvals(project, agreed).decide(tmp_path).person()
    assert (person["outcome"], person["reasons"]) == ("manual_review", "special_works")


def test_a_cell_that_cannot_be_read_is_not_blank(tmp_path: Path) -> None:
    person = approvals("大学城道路", "大学城道路", works="看不清").decide(tmp_path).person()
    assert (person["outcome"], person["reasons"]) == ("manual_review", "special_works")


def test_rows_that_contradict_each_other_are_not_blank(tmp_path: Path) -> None:
    papers = approvals("大学城道路", "大学城道路")
    papers.tables["approvals"].append(papers.tables["approvals"][0] | {"works": "是"})
    assert papers.decide(tmp_path).person()["outcome"] == "manual_review"


def test_a_stated_no_does_not_rest_on_the_assumption(tmp_path: Path) -> None:
    person = whole_loss().decide(tmp_path).person()
    assert person["outcome"] == "eligible"
    assert ASSUMED not in person["assumed_parameters"].split(";")


def test_under_the_other_value_a_blank_cell_stays_open(tmp_path: Path) -> None:
    policy = load_policy(RULES, as_of=AS_OF, trying={ASSUMED: "false"})
    person = approvals("大学城道路", "大学城道路").decide(tmp_path, policy).person()
    assert (person["outcome"], person["reasons"]) == ("manual_review", "special_works")
