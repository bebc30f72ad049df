"""The summary in numbers, and the manifest."""

from __future__ import annotations

import json

import pytest

from eligibility.reporting import summary, write_manifest
from reporting.reporting_district import PLACES, a_district
from reporting.reporting_policy import OUTCOMES, a_policy


@pytest.fixture(scope="module")
def found(district, policy):
    return summary(district, policy)


def test_every_person_is_counted_once_by_outcome_and_by_street(found):
    assert found.persons == 2000 == sum(found.outcomes.values())
    assert list(found.streets) == list(PLACES)
    assert {o: sum(street[o] for street in found.streets.values()) for o in OUTCOMES} == found.outcomes


def test_an_outcome_that_nobody_has_is_told_as_nought():
    con = a_district(40)
    con.execute("UPDATE decision.persons SET outcome = 'eligible'")
    assert summary(con, a_policy()).outcomes == {"eligible": 40, "not_eligible": 0, "register": 0, "manual_review": 0}


def test_an_outcome_that_the_policy_does_not_name_is_not_lost():
    con = a_district(40)
    con.execute("UPDATE decision.persons SET outcome = 'other' WHERE row_id < 3")
    told = summary(con, a_policy())
    assert told.outcomes["other"] == 3
    assert told.persons == 40


def test_reasons_count_persons_in_review_and_those_who_wait_for_it_alone(found, district):
    (persons, alone) = district.execute(
        "SELECT count(*), count(*) FILTER (reasons = 'shared_compensation') FROM decision.persons "
        "WHERE outcome = 'manual_review' AND reasons LIKE '%shared_compensation%'"
    ).fetchone()
    told = next(one for one in found.reasons if one.reason == "shared_compensation")
    assert (told.persons, told.alone) == (persons, alone)
    assert "most_land_lost" not in {one.reason for one in found.reasons}, "a refusing clause is no reason for review"
    assert [one.persons for one in found.reasons] == sorted((one.persons for one in found.reasons), reverse=True)


def test_unclear_coverage_counts_lines_not_fully_certain(found, district):
    (unclear,) = district.execute(
        "SELECT count(*) FROM link.coverage WHERE status IN ('ambiguous', 'partly', 'uncovered')"
    ).fetchone()
    assert found.unclear_coverage == unclear
    assert sum(one.lines for one in found.coverage) == 60


def test_findings_are_counted_by_kind_in_their_order(found):
    assert [(one.title, one.findings) for one in found.findings] == [("查无批文", 2), ("超征", 1), ("重复征收", 0)]


def test_a_lacking_column_or_table_is_named_with_the_persons_in_review(found):
    told = [(one.table, one.column, one.persons) for one in found.absent]
    assert told == [
        ("persons", "officer", found.outcomes["manual_review"]),
        ("contract_ledger", "", found.outcomes["manual_review"]),
    ]  # nobody waits for the opinions, which are absent too: they prove nothing


def test_a_lacking_column_on_which_nobody_depends_is_not_told():
    con = a_district(40)
    con.execute("UPDATE decision.persons SET outcome = 'eligible'")
    assert summary(con, a_policy()).absent == ()


def test_quarantine_is_counted_by_table_code_and_fate(found):
    told = {(one.table, one.code, one.kept): one.findings for one in found.quarantine}
    assert told == {
        ("persons", "bad_date", True): 1,
        ("persons", "identity_invalid", True): 1,
        ("persons", "duplicate_row", False): 1,
        ("agreements", "bad_number", False): 2,
    }


def test_the_manifest_keeps_everything_in_the_order_of_the_contract(run):
    text = (run / "manifest.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert list(told) == [
        *("program_version", "as_of", "rulebook", "inputs", "rows", "outcomes", "second_evaluator", "seconds")
    ]
    assert list(told["rows"]["persons"]) == ["in", "kept", "quarantined"]
    assert "花名册.csv" in text, "Chinese stands as it is written"


def test_the_manifest_is_the_same_whatever_the_order_of_its_making(tmp_path):
    manifest = {"as_of": "2022-10-31", "extra": [{"b": 1, "a": 2}], "program_version": "1", "rulebook": {"id": "r"}}
    one = write_manifest(tmp_path, manifest).read_bytes()
    other = write_manifest(tmp_path, dict(reversed(manifest.items()))).read_bytes()
    assert one == other
    assert json.loads(one) == manifest


def test_answers_are_counted_by_what_became_of_them_and_the_unheeded_bear_their_cells(found):
    assert found.answers == {"set": 1, "conflict": 1}
    (one,) = found.unheeded
    assert (one.effect, one.at.in_language("zh")) == ("conflict", "填好.xlsx 工作表「核查清单」 第9行")
