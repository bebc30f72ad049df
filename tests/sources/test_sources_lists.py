"""Lists and registers beside a roster: on a list is so, off it only where it is complete, and nothing of another person's row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eligibility.identify.listed import compare_with_lists
from eligibility.intake import read_dossier
from eligibility.sources import MappedSheet, Mapping
from eligibility.store.database import connect
from sources.database import ID, write_book, write_database

STAFF, PRISON, SCHOOL, POLICE, ROSTER = (
    "财政供养人员.xlsx", "服刑人员名单.xlsx", "学籍信息.xlsx", "常住人口信息.xlsx", "成员名册.xlsx",
)  # fmt: skip
EVER, END = date(1, 1, 1), date(9999, 12, 31)
BORN = date(1970, 3, 7)
POLICE_HEADER = [
    "户号",
    "姓名",
    "公民身份号码",
    "省市县（区）",
    "居（村）委会",
    "何时迁来",
    "何因迁来",
    "何时来本址",
    "迁出日期",
    "死亡日期",
]


def declared(complete: str = "是", to: str = "2022-10-31") -> Mapping:
    """The mapping by which every list is declared."""
    kinds = {
        STAFF: "match_public_staff",
        PRISON: "match_imprisoned",
        POLICE: "hukou_residents",
        ROSTER: "member_roster",
    }
    told = {"complete": complete, "to": to}
    return Mapping(sheets=tuple(MappedSheet(file=file, kind=kind, compared=told) for file, kind in kinds.items()))


def known(folder: Path, columns: str, mapping: Mapping | None = None) -> dict[str, tuple[Any, ...]]:
    """What is known of the persons of the database when lists have been compared."""
    with connect() as con:
        read_dossier(folder, con, mapping=mapping)
        con.execute("SET VARIABLE decided_on = DATE '2022-10-31'")
        compare_with_lists(con)
        return {
            name: tuple(found) for name, *found in con.execute(f"SELECT name, {columns} FROM paper.persons").fetchall()
        }


def staff(folder: Path, rows: Sequence[Sequence[str]]) -> None:
    write_database(folder)
    write_book(folder / STAFF, {"Sheet1": [["姓名", "身份证号", "工作单位"], *rows]})


def test_off_a_list_is_no_only_where_the_list_is_declared_complete(tmp_path: Path) -> None:
    staff(tmp_path, [["甲一", ID["甲一"], "某局"]])
    assert known(tmp_path, "public_staff", declared("否"))["甲一"] == (True,)
    assert known(tmp_path, "public_staff", declared("否"))["甲二"] == (None,)
    assert known(tmp_path, "public_staff", declared())["甲二"] == (False,)


def test_what_was_said_of_a_list_is_not_said_of_the_next_one_of_its_form(tmp_path: Path) -> None:
    staff(tmp_path, [["甲一", ID["甲一"], "某局"]])
    assert known(tmp_path, "public_staff", declared().model_copy(update={"own": False}))["甲二"] == (None,)


def test_a_list_that_ends_before_the_day_of_decision_says_no_of_nobody(tmp_path: Path) -> None:
    staff(tmp_path, [["甲一", ID["甲一"], "某局"]])
    assert known(tmp_path, "public_staff", declared(to="2022-09-30"))["甲二"] == (None,)


def test_a_row_of_another_name_or_without_an_id_leaves_it_unknown(tmp_path: Path) -> None:
    staff(tmp_path, [["甲一一", ID["甲一"], "某局"], ["丙一", "无", "某局"], ["丁一", ID["丁一"], "某局"]])
    found = known(tmp_path, "public_staff", declared())
    assert found["甲一"] == found["丙一"] == (None,)
    assert found["甲二"] == (False,)


def test_a_list_for_one_street_says_nothing_of_another(tmp_path: Path) -> None:
    staff(tmp_path, [["甲一", ID["甲一"], "某局"]])
    told = {"complete": "是", "to": "2022-10-31", "area": "洛龙街道"}
    mapping = Mapping(sheets=(MappedSheet(file=STAFF, kind="match_public_staff", compared=told),))
    assert known(tmp_path, "public_staff", mapping)["甲二"] == (None,)


def police(folder: Path, *rows: Sequence[str]) -> None:
    """The register of the police, each row: name, community, moved to the county, why, to the address, moved out, died."""
    write_database(folder)
    body = [
        ["1", name, ID[name], "530114", community, county, why, address, out, died]
        for name, community, county, why, address, out, died in rows
    ]
    write_book(folder / POLICE, {"Sheet1": [POLICE_HEADER, *body]})


FROM = "member_from_lo, member_from_hi"
MOVED = ("甲二", "样溪社区", "19950601", "婚迁", "19960101", "", "")


def test_who_never_moved_is_a_member_since_birth_and_who_married_in_since_then(tmp_path: Path) -> None:
    police(tmp_path, ("甲一", "样溪社区", "", "", "", "", ""), MOVED)
    found = known(tmp_path, FROM, declared())
    assert found["甲一"] == (BORN, BORN)
    assert found["甲二"] == (date(1995, 6, 1), date(1996, 1, 1))


def test_who_came_back_otherwise_than_by_marriage_may_have_been_a_member_before(tmp_path: Path) -> None:
    police(tmp_path, ("甲一", "样溪社区", "20100601", "复员转业", "20100601", "", ""), MOVED)
    assert known(tmp_path, FROM, declared())["甲一"] == (BORN, date(2010, 6, 1))


@pytest.mark.parametrize("community", ["别溪社区", "", "530114001001"])
def test_an_address_in_another_community_or_none_bears_out_no_membership(tmp_path: Path, community: str) -> None:
    police(tmp_path, ("甲一", community, "", "", "", "", ""), MOVED)
    assert known(tmp_path, FROM, declared())["甲一"] == (BORN, END)


def test_columns_of_moves_that_nobody_filled_say_of_nobody_that_he_never_moved(tmp_path: Path) -> None:
    police(tmp_path, ("甲一", "样溪社区", "", "", "", "", ""), ("乙一", "样溪社区", "", "", "", "", ""))
    assert known(tmp_path, FROM, declared())["甲一"] == (BORN, END)


def test_the_register_shows_alive_until_its_day_and_dead_from_the_day_it_has(tmp_path: Path) -> None:
    police(tmp_path, ("甲一", "样溪社区", "", "", "", "", ""), ("甲二", "样溪社区", "", "", "", "", "20200105"), MOVED)
    write_book(tmp_path / POLICE, {"Sheet1": [POLICE_HEADER,
        ["1", "甲一", ID["甲一"], "530114", "样溪社区", "", "", "", "", ""],
        ["1", "甲二", ID["甲二"], "530114", "样溪社区", "", "", "", "", "20200105"]]})  # fmt: skip
    found = known(tmp_path, "deceased_on_lo, deceased_on_hi", declared())
    assert found["甲一"] == (date(2022, 11, 1), END)
    assert found["甲二"] == (date(2020, 1, 5), date(2020, 1, 5))
    # somebody dead by a remark of the survey is not alive by a register that has not heard of it
    assert found["乙一"] == (EVER, END)


def roster(folder: Path, *rows: Sequence[str], community: str = "样溪社区") -> None:
    """A roster of members with one cut-off day, each row: name, change."""
    write_database(folder)
    header = ["村民小组", "户主", "姓名", "身份证号码", "成员增减变动情况（填写具体原因）"]
    body = [["第一村民小组", name, name, ID[name], change] for name, change in rows]
    note = ["成员身份确认基准日：2022年10月31日", "", "", "", ""]
    write_book(folder / ROSTER, {community: [[f"{community}成员名册", *[""] * 4], header, *body, note]})


TO = "member_to_lo, member_to_hi, membership_dispute"


def test_who_is_on_the_roster_is_a_member_until_its_day_and_nobody_disputes_it(tmp_path: Path) -> None:
    roster(tmp_path, ("甲一", ""), ("甲二", "减少（2015-05-03丧失成员资格）"), ("丙一", "另见会议纪要"))
    found = known(tmp_path, TO)
    assert found["甲一"] == (date(2022, 11, 1), END, "")
    assert found["甲二"][:2] == (date(2015, 5, 3), date(2015, 5, 3))
    assert found["丙一"] == (EVER, END, None)
    assert len(found) == 5, "the line below the table is no person"


def test_the_roster_of_another_community_says_nothing(tmp_path: Path) -> None:
    roster(tmp_path, ("甲一", ""), community="别溪社区")
    assert known(tmp_path, TO)["甲一"] == (EVER, END, None)


def test_who_is_on_two_rosters_may_be_a_member_of_either(tmp_path: Path) -> None:
    roster(tmp_path, ("甲一", ""))
    (tmp_path / ROSTER).rename(tmp_path / "第一次成员名册.xlsx")
    roster(tmp_path, ("甲一", ""))
    assert known(tmp_path, TO)["甲一"] == (EVER, END, None)


def test_what_roster_and_list_say_differently_is_not_known(tmp_path: Path) -> None:
    header = ["身份证号", "姓名", "户号", "街道", "社区", "村民小组", "财政供养人员"]
    row = [ID["甲一"], "甲一", "H1", "乌龙街道", "样溪社区", "一组", "否"]
    write_book(tmp_path / "人员名册.xlsx", {"人员名册": [header, row]})
    write_book(tmp_path / STAFF, {"Sheet1": [["姓名", "身份证号", "工作单位"], ["甲一", ID["甲一"], "某局"]]})
    assert known(tmp_path, "public_staff", declared())["甲一"] == (None,)
