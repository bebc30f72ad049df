"""What a whole roster lacks is asked for once, of the body that has it; nobody is refused or admitted for want of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import asked, of_person, questions

from support.paper_folder import Decided, Papers, resident_id, whole_loss

LISTS = {
    "public_staff": ("staff_list", "human_resources"),
    "officer": ("officer_list", "veterans"),
    "student": ("student_list", "education"),
    "imprisoned": ("prison_list", "justice"),
    "deceased_on": ("death_list", "civil_affairs;public_security"),
}
"""Column of the roster → the list that would fill it, and who has that list."""


def without_columns(*columns: str, papers: Papers | None = None) -> Papers:
    """Good papers whose roster has no such columns."""
    papers = papers or whole_loss()
    for row in papers.tables["persons"]:
        for column in columns:
            del row[column]
    return papers


def two_young_men() -> Papers:
    """Two of one household, young enough for the school list to matter; everything of theirs is proven."""
    papers = whole_loss()
    papers.tables["persons"][0]["resident_id"] = resident_id(1, "1990-01-01")
    return papers.person(3, "1990-02-02")


def comparisons(decided: Decided) -> dict[str, dict[str, object]]:
    return {row["subject"]: row for row in questions(decided) if row["asks"] == "comparison"}


@pytest.mark.parametrize("column", LISTS)
def test_a_list_that_nobody_supplied_is_one_question_to_the_body_that_has_it(column: str, tmp_path: Path) -> None:
    decided = asked(without_columns(column, papers=two_young_men()), tmp_path)
    for number, born in ((1, "1990-01-01"), (3, "1990-02-02")):
        person = decided.person(number, born)
        assert (person["outcome"], person["reasons"]) == ("manual_review", "comparison_pending")
        assert of_person(decided, resident_id(number, born)) == {"comparison"}
        assert (person["missing_evidence"], person["settled_by"]) == LISTS[column]
    found = comparisons(decided)
    assert list(found) == [column]
    assert (found[column]["documents"], found[column]["bodies"]) == LISTS[column]
    assert (found[column]["persons_touched"], found[column]["persons_settled"]) == (2, 0)  # a list, not an answer


def test_all_lists_together_are_one_question_each_and_nothing_else_is_asked(tmp_path: Path) -> None:
    decided = asked(without_columns(*LISTS, "employee_pension", papers=two_young_men()), tmp_path)
    assert set(comparisons(decided)) == set(LISTS)  # the pension excludes nobody under km-reform
    assert decided.person(1, "1990-01-01")["reasons"] == "comparison_pending"
    assert of_person(decided, resident_id(1, "1990-01-01")) == {"comparison"}


@pytest.mark.parametrize("column", ["public_staff", "officer"])
def test_a_blank_cell_in_a_column_that_exists_is_still_that_person_s_question(column: str, tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["persons"][0][column] = ""
    decided = asked(papers, tmp_path)
    assert decided.person()["reasons"] == "status_unknown"
    assert not comparisons(decided)


def test_a_blank_death_in_a_column_that_exists_means_alive(tmp_path: Path) -> None:
    assert asked(whole_loss(), tmp_path).person()["outcome"] == "eligible"


def test_who_is_refused_by_the_papers_stays_refused_without_any_list(tmp_path: Path) -> None:
    papers = whole_loss().person(6, household_id="H6").certificate("H6")  # nothing of theirs was taken
    decided = asked(without_columns(*LISTS, papers=papers), tmp_path)
    assert decided.person(6)["outcome"] == "not_eligible"


def test_heads_who_may_have_died_leave_the_quotient_open_for_want_of_the_list_alone(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["title_certificates"][0]["area_mu"] = "4.50"  # 0.50 亩 stay, for two heads
    papers.person(3)
    assert asked(papers, tmp_path / "a").person()["outcome"] == "eligible"
    decided = asked(without_columns("deceased_on", papers=papers), tmp_path / "b")
    assert (decided.facts()["heads_lo"], decided.facts()["heads_hi"]) == (0, 2)
    assert decided.person()["reasons"] == "comparison_pending"
    assert of_person(decided, resident_id(1)) == {"comparison"}


def test_another_gap_is_named_beside_the_list(tmp_path: Path) -> None:
    papers = without_columns("deceased_on")
    papers.tables["persons"][0]["member_from"] = ""
    decided = asked(papers, tmp_path)
    assert "status_unknown" in decided.person()["reasons"].split(";")
    assert of_person(decided, resident_id(1)) == {"comparison", "membership"}


def test_the_list_is_not_asked_for_where_nobody_depends_on_it(tmp_path: Path) -> None:
    """A person of 30 or more is taken to be out of school."""
    decided = asked(without_columns("student"), tmp_path)
    assert decided.person()["outcome"] == "eligible"
    assert not comparisons(decided)
