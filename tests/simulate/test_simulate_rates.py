"""Each rate does its own mischief: none of it at 0, plenty at 1, as seen in the papers themselves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from simulate_papers import Papers, Rows, district, mu, sums

from eligibility.model import document_number, resident_id
from eligibility.model.diagnostic import InputError
from eligibility.model.tables import TABLES
from eligibility.simulation import Rates, simulate

ISO = re.compile(r"\d{4}-\d\d-\d\d|")
DEFAULTS = [field.name for field in fields(Rates)]


def _cells(papers: Papers, *keys: str) -> list[str]:
    return [row[key] for table in TABLES for row in getattr(papers, table.key) for key in keys if key in row]


def _days(papers: Papers) -> dict[str, date]:
    return {row["approval_no"]: date.fromisoformat(row["approved_on"]) for row in papers.approvals}


def _truly_approved(papers: Papers) -> dict[str, str]:
    return {link["agreement_no"]: link["approval_no"] for link in papers.true_links if link["approval_no"]}


def _approved_agreements(papers: Papers) -> Rows:
    return [row for row in papers.agreements if row["agreement_no"] in _truly_approved(papers)]


def _without(papers: Papers, rows: Rows) -> int:
    return len({row["household_id"] for row in papers.persons} - {row["household_id"] for row in rows})


def _incompetent(papers: Papers) -> int:
    area: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for row in papers.approval_parcels:
        if row["ownership"] == "集体":
            area[row["approval_no"]][row["land_class"]] += mu(row) / 15
    count = 0
    for row in papers.approvals:
        by_class = area[row["approval_no"]]
        basic, farmland = by_class.pop("永久基本农田", 0), by_class.pop("耕地", 0)
        state = basic > 0 or farmland > 35 or sum(by_class.values()) > 70
        count += row["authority"] not in (("国务院",) if state else ("国务院", "省政府"))
    return count


def _short_rolls(papers: Papers) -> int:
    true = sums(papers.true_takings, "agreement_no", "area_mu")
    written = sums(papers.payouts, "agreement_no", "area_mu")
    return sum(0 < written.get(number, 0) < area for number, area in true.items())


def _on_the_line(papers: Papers) -> int:
    rows = [row for row in papers.true_households if row["heads_max"] != "0" and Fraction(row["lawful_mu"])]
    return sum(Fraction(row["remaining_mu"]) == Fraction(3, 10) * int(row["heads_max"]) for row in rows)


def _joined_late(papers: Papers) -> int:
    """Neither born nor married in: at an age at which nobody marries here, and after the approval."""
    approved = {row["resident_id"]: row["approval_day"] for row in papers.true_persons}
    count = 0
    for row in papers.persons:
        born, since = resident_id.birth_date(row["resident_id"]), date.fromisoformat(row["member_from"])
        years = (since - born).days / 365.25
        count += (
            bool(approved[row["resident_id"]])
            and since > date.fromisoformat(approved[row["resident_id"]])
            and (0 < years < 16 or years > 35)
        )
    return count


def _blank_status(papers: Papers) -> int:
    keys = ("member_from", "hukou_place", "public_staff", "officer", "student", "employee_pension")
    return sum(row[key] == "" for row in papers.persons for key in keys)


def _repeats(papers: Papers, *, same: bool) -> int:
    by_id: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in papers.persons:
        by_id[row["resident_id"]].append(tuple(row.values()))
    pairs = [rows for rows in by_id.values() if len(rows) > 1]
    return sum((len(set(rows)) == 1) == same for rows in pairs)


def _unread(papers: Papers) -> int:
    blank = sum(
        row[column.key] == ""
        for table in TABLES
        for row in getattr(papers, table.key)
        for column in table.columns
        if column.required
    )
    keys = {column.key for table in TABLES for column in table.columns}
    return blank + sum(cell in ("字迹不清", "??", "■") for cell in _cells(papers, *keys))


def _cites(papers: Papers, *, test: Callable[[str, set[str]], bool]) -> int:
    known = {row["approval_no"] for row in papers.approvals}
    return sum(test(row["cited_approval_no"], known) for row in _approved_agreements(papers))


def _reads_as_known(cited: str, known: set[str]) -> bool:
    return cited not in known and document_number.normal_form(cited) in known


def _reads_as_unknown(cited: str, known: set[str]) -> bool:
    return bool(document_number.parse(cited)) and document_number.normal_form(cited) not in known


def _slips(papers: Papers) -> int:
    true = sums(papers.true_links, "agreement_no", "area_mu")
    printed: dict[str, Fraction] = defaultdict(Fraction)
    for row in papers.agreements:
        printed[row["agreement_no"]] += mu(row)
    return sum(printed[number] > 10 * area for number, area in true.items())


SEEN: dict[str, Callable[[Papers], int]] = {
    "no_title": lambda papers: _without(papers, papers.title_certificates),
    "no_ledger": lambda papers: _without(papers, [row for row in papers.contract_ledger if row["confirmed_by"]]),
    "late_title": lambda papers: sum(row["issued_on"] > "2015" for row in papers.title_certificates),
    "equal_share": lambda papers: sum(row["basis"] == "均分" and row["area_mu"] == "" for row in papers.payouts),
    "several_takings": lambda papers: sum(
        count > 1 for count in Counter(row["household_id"] for row in papers.true_takings).values()
    ),
    "before_start": lambda papers: sum(day < date(2009, 1, 1) for day in _days(papers).values()),
    "reserve_without_approval": lambda papers: sum(
        row["kind"] == "收储" and row["agreement_no"] not in _truly_approved(papers) for row in papers.agreements
    ),
    "lease": lambda papers: sum(row["kind"] in ("租用", "占用") for row in papers.agreements),
    "incompetent": _incompetent,
    "special_works": lambda papers: sum(row["works"] == "是" for row in papers.approvals),
    "split_project": lambda papers: len(papers.approvals) - len({row["project"] for row in papers.approvals}),
    "batch_contradicted": lambda papers: sum("第九十九批次" in row["project"] for row in papers.approvals),
    "joint_parcel": lambda papers: sum("、" in row["groups"] for row in papers.approval_parcels),
    "community_parcel": lambda papers: sum(
        row["groups"] == "" and row["ownership"] == "集体" for row in papers.approval_parcels
    ),
    "approval_lost": lambda papers: sum(
        bool(link["approval_no"]) and link["in_dossier"] == "false" for link in papers.true_links
    ),
    "over_expropriated": lambda papers: sum("补充" in link["approval_no"] for link in papers.true_links),
    "unit_slip": _slips,
    "signed_twice": lambda papers: sum(row["agreement_no"].endswith("-补") for row in papers.agreements),
    "whole_community": lambda papers: sum(row["group"] == "" for row in papers.agreements),
    "signed_before": lambda papers: sum(
        date.fromisoformat(row["signed_on"]) < _days(papers)[_truly_approved(papers)[row["agreement_no"]]]
        for row in _approved_agreements(papers)
    ),
    "citation_blank": lambda papers: _cites(papers, test=lambda cited, _: cited == ""),
    "citation_garbled": lambda papers: _cites(
        papers, test=lambda cited, _: cited != "" and not document_number.parse_citation(cited)
    ),
    "citation_unknown": lambda papers: _cites(papers, test=_reads_as_unknown),
    "citation_style": lambda papers: _cites(papers, test=_reads_as_known),
    "project_blank": lambda papers: sum(row["project"] == "" for row in papers.agreements),
    "missing_roll": lambda papers: len(
        {row["agreement_no"] for row in papers.true_takings} - {row["agreement_no"] for row in papers.payouts}
    ),
    "incomplete_roll": _short_rolls,
    "at_threshold": _on_the_line,
    "title_withdrawn": lambda papers: sum(row["withdrawn_on"] != "" for row in papers.title_certificates),
    "outmarried": lambda papers: sum(row["membership_dispute"] == "外嫁女" for row in papers.persons),
    "inmarried": lambda papers: sum(row["membership_dispute"] == "入赘" for row in papers.persons),
    "empty_hukou": lambda papers: sum(row["membership_dispute"] == "空挂户" for row in papers.persons),
    "late_joiner": _joined_late,
    "urban_hukou": lambda papers: sum("城镇" in row["hukou_place"] for row in papers.persons),
    "imprisoned": lambda papers: sum(row["imprisoned"] == "是" for row in papers.persons),
    "unknown_status": _blank_status,
    "invalid_id": lambda papers: sum(resident_id.normal_form(row["resident_id"]) is None for row in papers.persons),
    "old_id": lambda papers: sum(len(row["resident_id"]) == 15 for row in papers.persons),
    "duplicate": lambda papers: _repeats(papers, same=True),
    "conflicting_duplicate": lambda papers: _repeats(papers, same=False),
    "disagreement": lambda papers: sum(row["opinion"] == "不同意" for row in papers.confirmations),
    "incomplete_confirmation": lambda papers: sum(row["opinion"] == "待补" for row in papers.confirmations),
    "vague_date": lambda papers: sum(
        bool(re.fullmatch(r"\d{4}年(\d+月)?", cell))
        for cell in _cells(papers, "member_from", "signed_on", "contract_from")
    ),
    "cell_noise": lambda papers: sum(
        not ISO.fullmatch(cell) for cell in _cells(papers, "member_from", "signed_on", "contract_from", "on")
    ),
    "unreadable": _unread,
}
"""What to look for in the papers of each trouble."""

DEFECTS = ("over_expropriated", "unit_slip", "signed_twice")
UNUSUAL = ("cell_noise", "unreadable", "vague_date", "late_title", "batch_contradicted", *DEFECTS)
"""Not to be found in the fixture `legible`: it is written plainly, and has too few communities and approvals for these."""

FEW = (
    "batch_contradicted",
    "special_works",
    "split_project",
    "joint_parcel",
    "community_parcel",
    "whole_community",
    "before_start",
    "incompetent",
)


@pytest.fixture(scope="module")
def untroubled(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return district(tmp_path_factory.mktemp("untroubled") / "d", persons=900)


def test_every_rate_is_watched() -> None:
    assert set(SEEN) == set(DEFAULTS)


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_rate_of_zero_plants_none(untroubled: Papers, name: str) -> None:
    assert SEEN[name](untroubled) == 0


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_rate_of_one_plants_many(tmp_path: Path, name: str) -> None:
    papers = district(tmp_path / "d", persons=900, **{name: 1.0})
    assert SEEN[name](papers) >= (1 if name in FEW else 5)


@pytest.mark.parametrize("name", [name for name in DEFAULTS if name not in UNUSUAL])
def test_the_usual_district_has_some_of_each(legible: Papers, name: str) -> None:
    watched = SEEN[name] if name != "late_joiner" else _plain_late
    assert watched(_valid_only(legible) if name in ("signed_before", "late_joiner") else legible) > 0


def test_the_documentation_lists_every_rate_with_its_default() -> None:
    page = (Path(__file__).parents[2] / "docs" / "simulation.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| ([0-9.]+) \|", page, flags=re.MULTILINE))
    assert listed == {name: str(getattr(Rates(), name)) for name in DEFAULTS}


def test_options_change_the_defaults() -> None:
    rates = Rates.from_options(["equal_share=0.3", " no_title = 1 "])
    assert (rates.equal_share, rates.no_title, rates.lease) == (0.3, 1.0, Rates().lease)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("equal_shares=0.3", "equal_share=0.3"),
        ("lease=1.01", "0 到 1"),
        ("lease=-0.1", "0 到 1"),
        ("lease=nan", "0 到 1"),
        ("lease=many", "many"),
        ("lease", "NAME=VALUE"),
    ],
)
def test_a_wrong_option_is_told_with_a_right_one(option: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        Rates.from_options([option])
    assert said in str(raised.value)


def test_rates_outside_zero_to_one_are_refused() -> None:
    with pytest.raises(InputError):
        Rates(lease=1.5)


def _valid_only(papers: Papers) -> Papers:
    """Without the approvals and persons that other troubles made unreadable for a pocket check."""
    kept = object.__new__(Papers)
    kept.__dict__ |= papers.__dict__
    known = {row["approval_no"] for row in papers.approvals}
    kept.true_links = [link for link in papers.true_links if link["approval_no"] in known]
    kept.persons = [row for row in papers.persons if resident_id.normal_form(row["resident_id"])]
    return kept


def _plain_late(papers: Papers) -> int:
    told = {row["written_as"]: row for row in papers.true_persons}
    return sum(told[row["resident_id"]]["why"] == "registered_member" for row in papers.persons)


def test_a_row_that_is_written_twice_may_be_in_another_form_already(tmp_path: Path) -> None:
    rates = Rates(cell_noise=1.0, duplicate=0.9, conflicting_duplicate=0.3, vague_date=0.9)
    summary = simulate(tmp_path / "d", persons=400, seed=3, rates=rates)
    assert summary.rows["persons"] > 700
