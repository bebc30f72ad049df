"""A small district rewritten as offices rewrite papers: nobody is refused or admitted wrongly for it. The long form is bench.metamorphic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from bench.metamorphic.catalogue import REWRITINGS
from bench.metamorphic.districts import District, district
from bench.metamorphic.papers import Papers
from bench.metamorphic.rewriting import SAFE, UNDERSTOOD, NotApplicableError
from bench.metamorphic.schedule import AROUND, Round, attempts
from bench.metamorphic.trial import Decisions, Failure, compare, decisions_on

CHAINS = [
    ["group_as_villagers", "community_with_district", "date_with_signs", "area_with_mu", "rows_shuffled", "file_chinese_names"],
    ["group_ordinal", "community_as_committee", "date_in_words", "columns_reordered", "file_gb18030", "titles_and_notes"],
    ["group_in_wide_digits", "date_serial", "area_in_words", "id_written_otherwise", "file_xlsx", "cells_merged"],
    ["households_renumbered", "approval_number_style", "land_class_basic", "money_in_wan", "rows_backwards", "file_in_parts"],
    ["roll_by_plot", "date_slashes", "headers_listed", "persons_row_twice"],
    ["agreement_by_plot", "parcel_by_plot", "date_points", "headers_english", "file_one_workbook"],
]  # fmt: skip
"""Rewritings that are understood, several at once: nothing may change, so none hides what another does."""

SPOILT = [
    "group_as_she", "group_of_natural_village", "group_cells_mixed", "groups_of_two_villages", "community_with_township",
    "community_former_name", "community_misspelt", "community_same_name", "hukou_in_words", "citation_unreadable",
    "date_with_blanks", "date_month_as_decimal", "signed_on_in_future", "approved_on_in_future", "member_from_in_future",
    "deceased_before_birth", "agreements_part_misnamed", "agreements_part_other_headers", "roll_part_misnamed", "table_lost",
    "title_certificates_row_twice", "payouts_row_twice", "agreements_row_twice", "certificate_twice_spelt_otherwise",
    "agreement_lost_roll_kept", "payouts_row_gone", "household_off_roster", "persons_row_cut", "agreements_cell_missing",
    "subtotals_second_column", "certificate_by_equal_plots", "certificate_by_plot", "group_of_nobody", "household_number_decimal",
    "member_before_birth", "area_merged_on_rolls", "unit_title", "unit_nowhere",
    "agreements_area_zero", "group_total_slip", "roll_slip", "certificate_for_the_rest", "certificate_reissued",
    "group_contradicts_citation", "households_restart_per_group", "household_number_case", "household_number_padded",
    "payouts_household_mistyped", "household_split_suffix", "household_split_on_certificate", "person_twice_mistyped",
]  # fmt: skip
"""Rewritings that hide or spoil something, one at a time: they may send persons to review and do nothing else."""


@pytest.fixture(scope="module")
def place() -> District:
    """Ninety persons in two communities: rolls, pools and equal shares, certificates and all four outcomes."""
    return district("titled", 11, 90, 15, 3)


@pytest.fixture(scope="module")
def before(place: District) -> Decisions:
    decisions = decisions_on(place.papers)
    assert decisions.end == "decided"
    return decisions


def rewritten(place: District, names: list[str]) -> Papers:
    papers = place.papers.twin()
    for name in names:
        REWRITINGS[name].change(papers, Random(name))
    return papers


def test_the_district_has_persons_of_every_kind(place: District, before: Decisions) -> None:
    assert {"eligible", "not_eligible", "register"} <= set(place.truth.values())
    decided = [before.outcomes[written] for written in before.outcomes]
    assert decided.count("eligible") > 5
    assert decided.count("not_eligible") > 5


@pytest.mark.parametrize("names", CHAINS, ids=lambda names: names[0])
def test_what_is_understood_changes_no_decision(place: District, before: Decisions, names: list[str]) -> None:
    assert {REWRITINGS[name].expectation for name in names} == {UNDERSTOOD}
    papers = rewritten(place, names)
    assert compare(place, papers, before, decisions_on(papers), UNDERSTOOD).failures == []


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_spoilt_makes_no_wrong_decision(place: District, before: Decisions, name: str) -> None:
    assert REWRITINGS[name].expectation == SAFE
    papers = rewritten(place, [name])
    assert compare(place, papers, before, decisions_on(papers), SAFE).failures == []


@pytest.fixture(scope="module")
def places(place: District) -> list[District]:
    return [place, district("loose", 3, 120, 20, 2), district("usual", 5, 150, 25, 3), district("clean", 8, 60, 15, 2)]


@pytest.mark.parametrize("name", REWRITINGS)
def test_every_rewriting_changes_the_files_and_is_the_same_by_its_seed(
    places: list[District], name: str, tmp_path: Path
) -> None:
    for number, where in enumerate(places * 5):
        papers, again = where.papers.twin(), where.papers.twin()
        try:
            REWRITINGS[name].change(papers, Random(f"{number}:{name}"))
            REWRITINGS[name].change(again, Random(f"{number}:{name}"))
        except NotApplicableError:
            continue
        assert texts(papers) == texts(again)
        assert texts(papers) != texts(where.papers)
        papers.write(tmp_path / "dossier")
        return
    pytest.fail("it can be applied to none of the districts")


def texts(papers: Papers) -> list[object]:
    """Everything that is written of a dossier but the bytes of workbooks, which bear the time of day."""
    sheets = [
        (sheet.file, sheet.encoding, sheet.titles, sheet.notes, [sheet.header(key) for key in sheet.columns],
         [([row.get(key, "") for key in sheet.columns][: row.cut], sorted(row.merged)) for row in sheet.rows], sheet.second is not None)
        for sheet in papers.sheets
    ]  # fmt: skip
    return [sheets, sorted(papers.others), papers.book, sorted(papers.excused)]


def outcome_of(place: District, truth: str, before: Decisions, was: str) -> str:
    """The id of a person of this truth who was decided so."""
    return next(
        written
        for written, outcome in before.outcomes.items()
        if outcome == was and place.truth[place.true_ids[written]] == truth
    )


@pytest.mark.parametrize(
    ("truth", "was", "now", "safe", "understood"),
    [
        ("eligible", "eligible", "not_eligible", ["wrong_refusal"], ["wrong_refusal"]),
        ("eligible", "eligible", "register", ["wrong_refusal"], ["wrong_refusal"]),
        ("not_eligible", "not_eligible", "eligible", ["wrong_admission"], ["wrong_admission"]),
        ("register", "register", "not_eligible", ["wrong_refusal"], ["wrong_refusal"]),
        ("register", "register", "eligible", ["wrong_admission"], ["wrong_admission"]),
        ("eligible", "eligible", "manual_review", [], ["changed"]),
        ("eligible", "eligible", "", ["lost"], ["changed", "lost"]),
    ],
)
def test_a_wrong_decision_is_noticed(  # noqa: PLR0917
    place: District, before: Decisions, truth: str, was: str, now: str, safe: list[str], understood: list[str]
) -> None:
    person = outcome_of(place, truth, before, was)
    outcomes = {written: outcome for written, outcome in before.outcomes.items() if written != person or now}
    after = replace(before, outcomes=outcomes | ({person: now} if now else {}), quarantined=0)
    for expectation, expected in ((SAFE, safe), (UNDERSTOOD, understood)):
        trial = compare(place, place.papers, before, after, expectation)
        assert [failure.kind for failure in trial.failures] == expected


def test_an_error_that_stood_before_is_counted_apart(place: District, before: Decisions) -> None:
    person = outcome_of(place, "eligible", before, "eligible")
    mistaken = replace(before, outcomes={**before.outcomes, person: "not_eligible"})
    trial = compare(place, place.papers, mistaken, mistaken, SAFE)
    assert (trial.failures, trial.counts["wrong_before"]) == ([], 1)


def test_a_decision_of_nobody_and_a_fault_are_noticed(place: District, before: Decisions) -> None:
    more = replace(before, outcomes={**before.outcomes, "小计": "manual_review"})
    assert compare(place, place.papers, before, more, SAFE).failures == [
        Failure("invented", "小计", after="manual_review")
    ]
    fault = Decisions("fault KeyError")
    assert [failure.kind for failure in compare(place, place.papers, before, fault, SAFE).failures] == ["fault"]
    refusal = Decisions("refused missing_column")
    assert compare(place, place.papers, before, refusal, SAFE).failures == []
    assert [failure.kind for failure in compare(place, place.papers, before, refusal, UNDERSTOOD).failures] == [
        "unreadable"
    ]


def test_only_whom_a_lost_paper_concerns_is_excused(place: District, before: Decisions) -> None:
    person, other = (
        outcome_of(place, "eligible", before, "eligible"),
        outcome_of(place, "not_eligible", before, "not_eligible"),
    )
    papers = place.papers.twin()
    papers.excused = {person}
    after = replace(before, outcomes={**before.outcomes, person: "not_eligible", other: "eligible"})
    trial = compare(place, papers, before, after, SAFE)
    assert [failure.person for failure in trial.failures] == [place.true_ids[other]]
    assert trial.counts["excused"] == 1


def test_a_dossier_has_its_rewritings_by_seed_and_number_alone() -> None:
    whole = {
        a.number: a.names for number in range(1000 // AROUND + 1) for a in attempts(Round(1, number, (), range(1000)))
    }
    wanted = range(7 * AROUND + 1, 8 * AROUND - 1)
    part = {a.number: a.names for a in attempts(Round(1, 7, (), wanted))}
    assert part == {number: whole[number] for number in wanted}
    assert {name for names in whole.values() for name in names} == set(REWRITINGS)
    assert 0.3 < sum(len(names) == 2 for names in whole.values()) / 1000 < 0.5
