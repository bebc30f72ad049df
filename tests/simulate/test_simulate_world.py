"""What anyone who opens a made-up dossier would check with a pocket calculator."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from simulate_papers import HALF, Papers, district, mu, sums

from eligibility.model import resident_id

FARMLAND = ("耕地", "永久基本农田")


@pytest.mark.parametrize("persons", [1, 2, 7, 149, 500, 1201])
def test_exactly_as_many_persons_as_asked(tmp_path: Path, persons: int) -> None:
    papers = district(tmp_path / "d", persons=persons)
    assert len(papers.persons) == len(papers.true_persons) == persons


def test_every_resident_id_is_valid_and_nobody_shares_one(legible: Papers) -> None:
    ids = [row["resident_id"] for row in legible.true_persons]
    assert [one for one in ids if resident_id.normal_form(one) != one] == []
    assert len(set(ids)) == len(ids) == 8000


def test_households_hold_two_to_six_persons_of_plausible_age(clean: Papers) -> None:
    sizes = Counter(Counter(row["household_id"] for row in clean.persons).values())
    assert set(sizes) == {2, 3, 4, 5, 6}
    born = [resident_id.birth_date(row["resident_id"]) for row in clean.persons]
    assert min(born) > date(1905, 1, 1)
    assert max(born) <= date(2022, 10, 31)
    assert 0.1 < sum(day > date(2006, 10, 31) for day in born) / len(born) < 0.35


def test_group_totals_are_the_sum_of_the_contracts(clean: Papers) -> None:
    group_of = {row["household_id"]: (row["community"], row["group"]) for row in clean.persons}
    total: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in clean.contract_ledger:
        total[group_of[row["household_id"]]] += Fraction(row["area_mu"])
    assert {(row["community"], row["group"]): Fraction(row["contracted_mu"]) for row in clean.groups} == total


def test_a_complete_roll_adds_up_to_its_agreement(clean: Papers) -> None:
    on_roll = sums(clean.payouts, "agreement_no", "area_mu")
    farmland: dict[str, Fraction] = defaultdict(Fraction)
    rounding: dict[str, Fraction] = defaultdict(Fraction)
    for row in clean.agreements:
        if row["land_class"] in FARMLAND:
            farmland[row["agreement_no"]] += mu(row)
            rounding[row["agreement_no"]] += HALF[row["unit"]]
    assert set(on_roll) == set(farmland)
    assert [number for number in farmland if abs(farmland[number] - on_roll[number]) > rounding[number]] == []


def test_no_household_loses_more_than_it_contracted(legible: Papers) -> None:
    rows = legible.true_households
    assert all(Fraction(row["lawful_mu"]) + Fraction(row["doubtful_mu"]) <= Fraction(row["own_mu"]) for row in rows)
    assert all(Fraction(row["remaining_mu"]) >= 0 for row in rows)


def test_agreements_print_the_area_that_truly_went(legible: Papers) -> None:
    zh = {"basic_farmland": "永久基本农田", "farmland": "耕地", "garden": "园地", "forest": "林地"}
    zh |= {"other_agricultural": "其他农用地", "construction": "建设用地", "homestead": "宅基地", "unused": "未利用地"}
    true: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for link in legible.true_links:
        true[link["agreement_no"], zh[link["land_class"]]] += Fraction(link["area_mu"])
    once = [row for row in legible.agreements if not row["agreement_no"].endswith("-补")]
    printed = {(row["agreement_no"], row["land_class"]): row for row in once}
    assert len(printed) == len(once)
    assert set(printed) == set(true)
    wrong = {key: mu(row) / true[key] for key, row in printed.items() if abs(mu(row) - true[key]) > HALF[row["unit"]]}
    # what is not as it went is a slip of its unit: 亩 as 公顷, 平方米 as 亩
    assert {round(float(ratio)) for ratio in wrong.values()} <= {15, 667}


def test_land_that_is_signed_for_twice_went_once(tmp_path: Path) -> None:
    papers = district(tmp_path / "d", signed_twice=0.5)
    numbers = {row["agreement_no"] for row in papers.agreements}
    again = {number for number in numbers if number.endswith("-补")}
    assert again
    assert {number.removesuffix("-补") for number in again} <= numbers
    assert not again & {row["agreement_no"] for row in papers.true_links + papers.true_takings + papers.payouts}


def test_approvals_cover_the_land_of_their_agreements(legible: Papers) -> None:
    """By approval: what the collective parcels print is at least what truly went under it, within their rounding."""
    place = {row["agreement_no"]: row["community"] for row in legible.agreements}
    printed: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in legible.approval_parcels:
        if row["ownership"] == "集体":
            printed[row["approval_no"], row["community"]] += mu(row) + HALF[row["unit"]]
    used: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for link in legible.true_links:
        if link["in_dossier"] == "true":
            used[link["approval_no"], place[link["agreement_no"]]] += Fraction(link["area_mu"])
    assert len(used) > 20
    assert [key for key in used if used[key] > printed[key]] == []


def test_every_reference_leads_somewhere(legible: Papers) -> None:
    households = {row["household_id"] for row in legible.true_households}
    agreements = {row["agreement_no"] for row in legible.agreements}
    approvals = {row["approval_no"] for row in legible.approvals}
    ids = {row["resident_id"] for row in legible.persons}
    assert {row["household_id"] for row in legible.payouts + legible.title_certificates} <= households
    assert {row["agreement_no"] for row in legible.payouts} <= agreements
    assert {row["approval_no"] for row in legible.approval_parcels} == approvals
    assert {row["resident_id"] for row in legible.confirmations} <= ids
    assert {row["written_as"] for row in legible.true_persons} == ids


def test_numbers_of_documents_are_given_once(legible: Papers) -> None:
    for rows, key in ((legible.approvals, "approval_no"), (legible.title_certificates, "certificate_no")):
        numbers = [row[key] for row in rows]
        assert len(numbers) == len(set(numbers)) > 0


def test_the_streets_of_chenggong_and_their_communities(legible: Papers) -> None:
    street_of = {(row["community"], row["street"]) for row in legible.persons}
    assert {street for _, street in street_of} == {
        f"{name}街道" for name in ("龙城", "斗南", "洛龙", "吴家营", "雨花", "乌龙", "大渔", "马金铺")
    }
    assert len({community for community, _ in street_of}) == len(street_of)
