"""Parcels whose number, place or group is not known, and land that one paper calls basic farmland and the other does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paper_folder import APPROVAL, Papers, whole_loss

SECOND = "云国土资复〔2014〕9号"


def competent(papers: Papers, folder: Path, number: str = APPROVAL) -> bool | None:
    found = papers.decide(folder).row("SELECT competent FROM link.approval_law WHERE approval_no = ?", number)
    return found["competent"]


@pytest.mark.parametrize("number", ["", "云国土资复〔2013〕1?0号", "云国土资复〔2013〕999号"])
@pytest.mark.parametrize(
    ("changed", "known"),
    [
        ({"area": "600.00"}, None),  # with 20 亩 more than 35 公顷
        ({"area": "5.00"}, True),
        ({"area": "5.00", "land_class": "永久基本农田"}, None),
        ({"area": "5.00", "land_class": ""}, None),
        ({"area": "1200.00", "land_class": "林地"}, None),  # above 70 公顷
        ({"area": "?"}, None),
        ({"area": "600.00", "ownership": "国有"}, True),
        ({"area": "600.00", "community": ""}, None),
    ],
)
def test_a_parcel_of_unknown_number_may_be_of_any_approval_of_its_place(
    number: str, changed: dict[str, str], known: bool | None, tmp_path: Path
) -> None:
    papers = whole_loss().parcel(number, **changed)
    assert competent(papers, tmp_path) is known


def test_it_is_no_parcel_of_an_approval_that_has_land_only_elsewhere(tmp_path: Path) -> None:
    papers = whole_loss().person(7, household_id="H7", community="大渔社区").approval(SECOND, community="大渔社区")
    papers.parcel("", area="600.00", community="大渔社区")
    assert competent(papers, tmp_path / "a") is True
    assert competent(papers, tmp_path / "b", SECOND) is None


def test_it_may_cover_what_nothing_else_covers_and_makes_nothing_certain(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["approval_parcels"][0]["approval_no"] = ""
    decided = papers.decide(tmp_path)
    assert decided.coverage() == (0.0, 20.0, "ambiguous")
    assert decided.person()["outcome"] == "manual_review"


def test_a_parcel_of_a_group_that_nobody_knows_covers_perhaps_and_never_for_certain(tmp_path: Path) -> None:
    def cover(parcel: str, agreement: str = "一组") -> tuple[float, float, str]:
        papers = whole_loss()
        papers.tables["approval_parcels"][0]["groups"] = parcel
        papers.tables["agreements"][0]["group"] = agreement
        return papers.decide(tmp_path / f"{parcel} {agreement}").coverage()

    assert cover("朱家组") == (0.0, 20.0, "ambiguous")
    assert cover("朱家组", "朱家组") == (20.0, 20.0, "covered")  # both papers call it so
    assert cover("朱家组", "") == (20.0, 20.0, "covered")  # the whole community, and so any group of it
    assert cover("朱家组", "李家组") == (0.0, 20.0, "ambiguous")


@pytest.mark.parametrize(
    ("authority", "outcome"), [("省政府", "manual_review"), ("国务院", "eligible"), ("县政府", "manual_review")]
)
def test_basic_farmland_on_the_agreement_leaves_the_competence_of_a_province_open(
    authority: str, outcome: str, tmp_path: Path
) -> None:
    papers = whole_loss()
    papers.tables["agreements"][0]["land_class"] = "永久基本农田"
    papers.tables["approvals"][0]["authority"] = authority
    assert papers.decide(tmp_path).person()["outcome"] == outcome


def test_basic_farmland_of_an_agreement_that_only_might_be_covered_counts_too(tmp_path: Path) -> None:
    def with_another(**changed: str) -> bool | None:
        papers = whole_loss().parcel(area="6.00").agreement("协2", "5.00", land_class="永久基本农田", **changed)
        return competent(papers, tmp_path / str(len(list(tmp_path.iterdir()))))

    assert with_another(cited_approval_no="", project="") is None
    assert with_another(cited_approval_no="", project="呈贡区2016年度第三批次") is None
    assert with_another(cited_approval_no="云国土资复〔2013〕1?0号", project="") is None
    assert with_another(cited_approval_no=SECOND) is True  # it is of that one, which the dossier lacks
    assert with_another(cited_approval_no="", project="", kind="租用") is True


def test_what_a_coarse_figure_may_be_more_leaves_competence_open(tmp_path: Path) -> None:
    def of(area: str, unit: str) -> bool | None:
        return competent(whole_loss().parcel(area=area, unit=unit), tmp_path / f"{area}{unit}")

    assert of("33.6666", "公顷") is True  # with 20 亩 35 公顷 less a square metre
    assert of("33.6670", "公顷") is False
    assert of("33", "公顷") is True
    assert of("34", "公顷") is None
    assert of("33.9", "公顷") is False
    assert of("505", "亩") is True
