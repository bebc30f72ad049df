"""The numbers of the sister rulebooks, how surely each is known, and the sums that were printed with them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pytest

from eligibility.model.policy import Policy, Status, Value
from eligibility.rulebook import load_policy

RULES = Path(__file__).parents[2] / "rules"
AS_OF = date(2022, 10, 31)
AREAS, BANDS = ("first", "second", "third"), ("high", "middle", "low")


@cache
def rulebook(name: str, day: date = AS_OF) -> Policy:
    return load_policy(RULES / name, as_of=day)


def yuan(name: str, parameter: str, day: date = AS_OF) -> Decimal:
    dated = rulebook(name).parameters[parameter].on(day)
    assert dated is not None
    return Decimal(dated.value) / 100


@pytest.mark.parametrize(
    ("name", "parameter", "value", "status"),
    [
        ("wenshan-2019", "start_date", date(2009, 1, 1), "quoted"),
        ("wenshan-2019", "most_land_line", 30_000_000, "quoted"),
        ("wenshan-2019", "most_land_compare", "le", "seen"),
        ("wenshan-2019", "adult_age", 16, "quoted"),
        ("louxing-2016", "start_date", date(1, 1, 1), "assumed"),
        ("louxing-2016", "most_land_line", 20_000_000, "quoted"),
        ("louxing-2016", "most_land_compare", "le", "seen"),
        ("louxing-2016", "adult_age", 16, "quoted"),
        ("guyuan-2016", "start_date", date(2012, 1, 1), "quoted"),
        ("guyuan-2016", "most_land_line", 80_000_000, "quoted"),
        ("guyuan-2016", "most_land_compare", "lt", "seen"),
        ("guyuan-2016", "adult_age", 16, "quoted"),
        ("guyuan-2016", "subsidy_middle_age_men", 45, "quoted"),
        ("guyuan-2016", "subsidy_old_age_men", 55, "quoted"),
        ("guyuan-2016", "subsidy_middle_age_women", 40, "quoted"),
        ("guyuan-2016", "subsidy_old_age_women", 50, "quoted"),
        ("guyuan-2016", "subsidy_years_young", 5, "quoted"),
        ("guyuan-2016", "subsidy_years_middle", 10, "quoted"),
        ("guyuan-2016", "subsidy_years_old", 15, "quoted"),
        ("km-2007", "start_date", date(1, 1, 1), "quoted"),
        ("km-2007", "joining_age", 18, "quoted"),
        ("km-2007", "fiscal_share", 80, "quoted"),
    ],
)
def test_a_number_and_how_surely_it_is_known(name: str, parameter: str, value: Value, status: str) -> None:
    policy = rulebook(name)
    assert (policy.value(parameter), policy.status(parameter)) == (value, Status(status))


@pytest.mark.parametrize("name", ["km-2007", "wenshan-2019", "louxing-2016", "guyuan-2016"])
def test_what_the_papers_are_read_by_has_a_value(name: str) -> None:
    asked = ("start_date", "agreements_complete", "shared_land_attribution", "special_works_words")
    asked += (
        "approving_authorities",
        "state_council_farmland_line",
        "state_council_other_line",
        "agreement_before_approval",
    )
    assert [parameter for parameter in asked if rulebook(name).value(parameter) is None] == []


@pytest.mark.parametrize(
    ("name", "clause"), [("wenshan-2019", "employee_pension"), ("wenshan-2019", "not_public_staff")]
)
def test_what_a_summary_does_not_say_is_no_clause(name: str, clause: str) -> None:
    assert clause not in rulebook(name).clauses


def test_contributions_of_the_three_areas() -> None:
    amounts = [[yuan("km-2007", f"contribution_{area}_{band}") for band in BANDS] for area in AREAS]
    assert amounts == [[190, 150, 120], [170, 130, 100], [150, 110, 80]]
    assert 12 * yuan("km-2007", "contribution_first_high") == 2280


def test_the_district_pays_eighty_of_a_hundred_in_2022() -> None:
    share = Decimal(rulebook("km-2007").value("fiscal_share")) / 100
    paid = [12 * yuan("km-2007", f"contribution_first_{band}") * share for band in BANDS]
    assert paid == [1824, 1440, 1152]


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2023, 1, 1)])
def test_the_share_of_other_years_was_not_seen_and_has_no_figure(day: date) -> None:
    assert rulebook("km-2007", day).value("fiscal_share") is None
    assert rulebook("km-2007", day).status("fiscal_share") is Status.UNSET


def test_the_base_allowance_rose_by_fifty() -> None:
    before = [yuan("km-2007", f"base_allowance_{band}", date(2017, 12, 31)) for band in BANDS]
    after = [yuan("km-2007", f"base_allowance_{band}", date(2018, 1, 1)) for band in BANDS]
    assert (before, after) == ([380, 340, 310], [430, 390, 360])
    assert rulebook("km-2007").parameters["base_allowance_high"].on(date(2017, 12, 30)) is None


def test_fifteen_years_of_subsidy_make_the_printed_pension() -> None:
    policy = rulebook("wenshan-2019")
    years, amount = policy.value("subsidy_years_most"), yuan("wenshan-2019", "subsidy_per_year")
    monthly = (years * amount / 139).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert (years, amount, monthly) == (15, 1000, Decimal("107.91"))


def test_kunming_has_no_amount_of_subsidy() -> None:
    policy = rulebook("km-reform")
    assert (policy.value("subsidy_per_year"), policy.status("subsidy_per_year")) == (None, Status.UNSET)


@pytest.mark.parametrize("name", ["km-2007", "wenshan-2019", "guyuan-2016"])
def test_amounts_decide_nobody(name: str) -> None:
    """A parameter marked `informs: money` is named by no condition."""
    files = (RULES / name / "parameters").glob("*.yaml")
    informing = {path.stem for path in files if "\ninforms: money\n" in path.read_text(encoding="utf-8")}
    asked = {p for c in rulebook(name).conditions.values() for p in c.parameters}
    assert informing
    assert informing & asked == set()
