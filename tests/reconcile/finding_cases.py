"""Papers made by hand for each kind of finding: with it, and near it but without. Each case is a community of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from support.paper_folder import APPROVAL, Papers, resident_id

SECOND = "云国土资复〔2014〕9号"
SIGNED = "signed_before_approval"


@dataclass(frozen=True)
class Case:
    """Papers, the kind asked about, and what must stand in its findings: nothing expected means that there is none."""

    code: str
    name: str
    papers: Papers
    expected: tuple[dict[str, Any], ...] = ()


def roster() -> Papers:
    return Papers().person().person(2, group="二组")


def approved(**changed: Any) -> Papers:
    return roster().approval(**changed)


def matched() -> Papers:
    return approved().agreement().group()


def has(area: float | None = None, other: float | None = None, **fields: Any) -> dict[str, Any]:
    said = {"area_umu": area, "other_umu": other}
    return {name: round(value * 1e6) for name, value in said.items() if value is not None} | fields


def slip(ratio: str) -> dict[str, Any]:
    return has(evidence=f"ratio:{ratio};beside:approval")


TWO_SIDES = approved(area=20).agreement(area="21.00")
OTHER_GROUP = {"group": "二组", "cited_approval_no": SECOND}
UNTIED = {"cited_approval_no": "", "project": ""}
TENTH = "2013年度第十批次"

CASES = (
    *(Case(code, "papers that agree", matched()) for code in ("no_approval", "no_agreement", SIGNED, "over_expropriated")),
    *(Case(code, "papers that agree", matched()) for code in ("under_expropriated", "taken_twice", "unit_slip")),
    Case("no_approval", "no parcel there", approved(community="乌龙乡社区").agreement(cited_approval_no=""),
         (has(20, 0, evidence="no_possible_parcel;citation_blank"),)),
    Case("no_approval", "cited number not in the dossier", matched().agreement("协2", 3, **OTHER_GROUP),
         (has(3, 0, approval_no=SECOND),)),
    Case("no_approval", "cited number lists no land there", matched().approval(SECOND, community="乌龙乡社区").agreement("协2", 3, **OTHER_GROUP),
         (has(3, 0, evidence=f"no_possible_parcel;citation_elsewhere:{SECOND}"),)),
    Case("no_approval", "only a scrap is left", approved(area="20.01").agreement(area="20.00").agreement("协2", "5.00", **UNTIED, kind=""),
         (has(5, 0.01, agreement_no="协2"),)),
    Case("no_approval", "possible, not cited", approved().agreement(cited_approval_no="")),
    Case("no_approval", "possible, citation unreadable", approved().agreement(cited_approval_no="见省厅批复")),
    Case("no_approval", "a lease", roster().agreement(kind="租用")),
    Case("no_approval", "a reserve", roster().agreement(kind="收储")),
    Case("no_agreement", "another group", matched().approval(SECOND, area=7, groups="二组"), (has(7, 0, approval_no=SECOND),)),
    Case("no_agreement", "another class", matched().parcel(area=2, land_class="园地"), (has(2, 0, land_class="garden"),)),
    Case("no_agreement", "state land", matched().approval(SECOND, area=7, groups="二组", ownership="国有")),
    Case("no_agreement", "a possible agreement", approved().agreement(**UNTIED)),
    Case(SIGNED, "the day before", approved().agreement(signed_on="2013-04-30"),
         (has(day="2013-04-30", other_day="2013-05-01"),)),
    Case(SIGNED, "on the last day of the old law", approved(approved_on="2020-06-01").agreement(signed_on="2019-12-31"), (has(),)),
    Case(SIGNED, "since the law wants the agreement first", approved(approved_on="2020-06-01").agreement(signed_on="2020-01-01")),
    Case(SIGNED, "the same day", approved().agreement(signed_on="2013-05-01")),
    Case(SIGNED, "perhaps later", approved().agreement(signed_on="2013年")),
    Case(SIGNED, "perhaps approved that day", approved(approved_on="2013年4月").agreement(signed_on="2013-04-30")),
    Case(SIGNED, "day unknown", approved().agreement(signed_on="")),
    Case(SIGNED, "not certain", approved().agreement(signed_on="2013-04-30", **UNTIED)),
    Case(SIGNED, "a lease", approved().agreement(signed_on="2013-04-30", kind="租用")),
    Case("over_expropriated", "one agreement", TWO_SIDES, (has(21, 20),)),
    Case("over_expropriated", "two of one approval", approved().agreement(area="15.00").agreement("协2", "6.00"),
         (has(21, 20, agreement_no="协1;协2"),)),
    Case("over_expropriated", "in one group only",
         approved().parcel(groups="二组", area=30).agreement(area="25.00").agreement("协2", "10.00", group="二组"),
         (has(25, 20, agreement_no="协1", group_name="一组"),)),
    Case("over_expropriated", "two approvals cited, too small together",
         approved().approval(SECOND, area=3).agreement(area="25.00", cited_approval_no=f"{APPROVAL}、{SECOND}"), (has(25, 23),)),
    Case("over_expropriated", "two approvals cited, large enough",
         approved().approval(SECOND, area=5).agreement(area="25.00", cited_approval_no=f"{APPROVAL}、{SECOND}")),
    *(Case(code, f"within the print: {area}{unit}", approved().agreement(area=area, unit=unit))
      for code in ("over_expropriated", "under_expropriated")
      for area, unit in (("20.004", "亩"), ("1.3333", "公顷"), ("13333.33", "平方米"))),
    Case("claimed_beyond", "a second one without a citation", matched().agreement("协2", "5.00", **UNTIED),
         (has(25, 20, agreement_no="协1;协2", approval_no=APPROVAL),)),
    Case("claimed_beyond", "neither cites", approved().agreement(area="12.00", **UNTIED).agreement("协2", "12.00", **UNTIED), (has(24, 20),)),
    Case("claimed_beyond", "papers that agree", matched()),
    Case("claimed_beyond", "both cite it", approved().agreement(area="15.00").agreement("协2", "6.00")),
    Case("claimed_beyond", "another approval has room", matched().approval(SECOND, area=5).agreement("协2", "5.00", **UNTIED)),
    Case("claimed_beyond", "a reserve", matched().agreement("协2", "5.00", **UNTIED, kind="收储")),
    Case("under_expropriated", "less agreed", approved().agreement(area="12.00"), (has(20, 12),)),
    Case("under_expropriated", "the rest is possible for another",
         approved().agreement(area="12.00").agreement("协2", "8.00", **UNTIED)),
    Case("taken_twice", "two agreements", matched().approval(SECOND, area=90).agreement("协2", "90.00", cited_approval_no=SECOND),
         (has(110, 100, agreement_no="协1;协2"),)),
    *(Case("taken_twice", f"not that land: {changed}",
           matched().approval(SECOND, area=90, groups="").agreement("协2", **({"area": "90.00", "cited_approval_no": SECOND} | changed)))
      for changed in ({"land_class": "林地"}, {"kind": "租用"}, {"area": "80.00"}, {"group": "二组"}, {"group": "一组、二组"})),
    Case("taken_twice", "the whole community",
         roster().group(area="30.00").group("二组", area="10.00").approval(area=50, groups="").agreement(area="41.00", group=""),
         (has(41, 40, group_name=None, evidence="agreements_exceed_community"),)),
    Case("taken_twice", "a group without total",
         roster().group(area="30.00").approval(area=50, groups="").agreement(area="41.00", group="")),
    Case("taken_twice", "one field under two numbers", approved().agreement(area="20.00").agreement("协2", "20.00"),
         (has(40, 20, agreement_no="协1;协2", evidence="same_land_again"),)),
    Case("taken_twice", "two fields of one size", approved(area=40).agreement(area="20.00").agreement("协2", "20.00")),
    Case("taken_twice", "of two approvals", approved().approval(SECOND).agreement(area="20.00").agreement("协2", "20.00", cited_approval_no=SECOND)),
    Case("taken_twice", "of two groups", approved(groups="").agreement(area="15.00").agreement("协2", "15.00", group="二组")),
    Case("several_approvals", "one name", matched().approval(SECOND, project="大学城 道路项目"),
         (has(40, 20, approval_no=f"{APPROVAL};{SECOND}"),)),
    Case("several_approvals", "another phase", matched().approval(SECOND, project="大学城道路二期")),
    Case("several_approvals", "no name", roster().approval(project="").approval(SECOND, project="")),
    Case("lease_not_expropriation", "lease and occupation",
         matched().agreement("协2", 3, kind="租用", project="停车场", cited_approval_no="").agreement("协3", 4, kind="占用"),
         (has(3, agreement_no="协2", approval_no=None), has(4, agreement_no="协3", approval_no=APPROVAL))),
    Case("lease_not_expropriation", "expropriation and reserve", matched().agreement("协2", 3, kind="收储")),
    Case("reserve_not_expropriated", "not cited", approved().agreement(kind="收储", cited_approval_no=""),
         (has(20, 20, evidence="only_possible_approvals"),)),
    Case("reserve_not_expropriated", "cited", approved().agreement(kind="收储")),
    *(Case("unit_slip", f"{area}{unit}", approved().agreement(area=area, unit=unit), (slip(ratio),))
      for area, unit, ratio in (("20.00", "公顷", "15"), ("1.3333", "亩", "15"), ("13333.33", "亩", "666.7"), ("20.00", "平方米", "666.7"),
                                ("13333.33", "公顷", "10000"), ("1.3333", "平方米", "10000"))),
    *(Case("unit_slip", f"none: {changed}", approved().agreement(**changed))
      for changed in ({"area": "19.00", "unit": "公顷"}, {"area": "1.3000"}, {"area": "20.00"},
                      {"area": "20.00", "unit": "公顷"} | UNTIED)),
    Case("unit_slip", "too coarse to tell", approved(area=15).agreement(area="1")),
    Case("unit_slip", "beside its roll", matched().line(area="0.2667").line("H2", "1.0666").person(3, household_id="H2"),
         (has(20, 1.3333, evidence="ratio:15;beside:roll"),)),
    Case("batch_contradicted", "cell and project", approved(batch=TENTH, project="呈贡县2013年度第十一批次").agreement(project=""),
         (has(evidence="batch_cell:2013年度第10批次;project:2013年度第11批次"),)),
    Case("batch_contradicted", "agreement and approval", approved(batch=TENTH).agreement(project="2013年度第11批次"),
         (has(agreement_no="协1"),)),
    *(Case("batch_contradicted", f"not: {said}", approved(batch=TENTH).agreement(project=said))
      for said in ("2013年第10批", "2013年度第十批次城镇建设用地", "第十一批次", "大学城道路")),
    Case("place_contradicted", "another group", approved().agreement(group="二组"), (has(20, 20, evidence="parcels_at:乌龙社区一组"),)),
    Case("place_contradicted", "another class", approved().agreement(land_class="林地"), (has(20, 20, evidence="only_farmland_there"),)),
    Case("place_contradicted", "papers that agree", matched()),
    Case("place_contradicted", "one of its groups", approved(groups="一组、二组").agreement(group="二组")),
    Case("place_contradicted", "the number is not in the dossier", approved().agreement(cited_approval_no=SECOND, group="二组")),
    Case("ownership_doubtful", "blank", approved(ownership="").agreement(), (has(20, evidence="ownership_blank"),)),
    Case("ownership_doubtful", "only state land", approved(ownership="国有").agreement(), (has(20, evidence="only_state_land"),)),
    Case("ownership_doubtful", "both", matched().parcel(ownership="国有"), (has(20, evidence="both_owners"),)),
    Case("ownership_doubtful", "state land beside", matched().parcel(ownership="国有", land_class="建设用地", area=3)),
    Case("no_agreement", "approved after the day", matched().approval(SECOND, approved_on="2023-01-01", groups="二组")),
    Case("no_approval", "signed after the day", matched().agreement("协2", 5, group="二组", signed_on="2023-01-01")),
)  # fmt: skip


def in_one_dossier() -> Papers:
    """Every case in a community and under numbers of its own."""
    dossier = Papers()
    for number, case in enumerate(CASES):
        for table, rows in case.papers.tables.items():
            for place, row in enumerate(rows):
                dossier.add(table, _renamed(number, table, place, row))
    return dossier


def of_case(number: int, finding: dict[str, Any]) -> dict[str, Any] | None:
    """The finding with the names of its case, or None where it belongs to another."""
    text = {name: _named_back(number, value) for name, value in finding.items()}
    return text if text != finding else None


def _pairs(number: int) -> tuple[tuple[str, str], ...]:
    mark = f"{number:03}"
    return (
        ("乌龙", f"龙{mark}村"), (APPROVAL, f"云国土资复〔2013〕9{mark}号"), (SECOND, f"云国土资复〔2014〕9{mark}号"),
        ("协", f"协{mark}/"), ("H", f"H{mark}/"), ("大学城", f"大学{mark}城"),
    )  # fmt: skip


def _renamed(number: int, table: str, place: int, row: dict[str, Any]) -> dict[str, Any]:
    changed = {}
    for name, value in row.items():
        changed[name] = value
        for ours, theirs in _pairs(number):
            changed[name] = str(changed[name]).replace(ours, theirs)
    return changed | ({"resident_id": resident_id(number * 5 + place)} if table == "persons" else {})


def _named_back(number: int, value: Any) -> Any:
    if isinstance(value, str):
        for ours, theirs in _pairs(number):
            value = value.replace(theirs, ours)
    return value
