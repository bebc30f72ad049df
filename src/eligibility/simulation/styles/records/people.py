"""Records about persons: members of households, the police register, the lists to compare with, the opinions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eligibility.simulation.chance import stream
from eligibility.simulation.styles.shelf import District, Fact, Home, day
from eligibility.simulation.world import DECISION_DAY, Household, Person

Record = dict[str, object]
"""What a row of a paper can show, by key; a key that is absent is a blank cell."""

SURVEYED = date(2016, 6, 30)
"""The day of the survey of contract rights, for which remarks on members stand."""

_RELATIONS = {  # GB/T 4761; by sex: (male, female)
    "head": (("02", "户主"), ("02", "户主")),
    "spouse": (("11", "夫"), ("12", "妻")),
    "child": (("20", "子"), ("30", "女")),
    "grandchild": (("41", "孙子"), ("42", "孙女")),
    "parent": (("51", "父亲"), ("52", "母亲")),
    "other": (("97", "其他亲属"), ("97", "其他亲属")),
}
_YEAR = 365.25
SCHOOL_RECORDS = date(1990, 1, 1)
"""From this day on the records of pupils are complete."""
_REMARKS = {"外嫁女": "1", "入赘": "2", "空挂户": "9"}  # NY/T 2539, list C.18
_OUTSIDE = "530199"


def place(district: District, home: Home) -> Record:
    """Return where a household lives, under what codes, and who its head is."""
    head, name = home.head, home.community.name
    return {
        "street": district.streets[name],
        "community": name,
        "group": home.group.name,
        "group_at_taking": f"{name}{home.group.name}",
        "grantor_code": home.grantor,
        "grantor_name": f"呈贡区{district.streets[name]}{name}{home.group.name}",
        "household": home.code,
        "household_id": home.code,
        "household_no": str(int(home.code[-4:])),
        "household_size": len(home.persons),
        "head_name": head["name"],
        "head_resident_id": head["resident_id"],
        "id_type": "1",
    }


def members(district: District) -> Iterator[Record]:
    """Each row of the roster of persons, by household, the head first.

    A row that puts a person into another household (as a contradicting one may) follows the household it stands in.
    """
    for home in district.homes:
        own, astray = list[tuple[Person, Fact]](), list[tuple[Person, Fact]]()
        for person, rows in home.persons:
            for row in rows:
                # a second row repeats the first with the noise that befell it
                same = row.plain("household_id") in (home.household.household_id, rows[0]["household_id"])
                (own if same else astray).append((person, row))
        here = place(district, home)
        yield from (here | _member(home, number, *pair) for number, pair in enumerate(own, start=1))
        for person, row in astray:
            code = f"{home.grantor}0{row.plain('household_id')[-3:]}"
            other = {"household": code, "household_id": code, "household_no": str(int(code[-4:])), "household_size": 1}
            self_headed = {"head_name": row["name"], "head_resident_id": row["resident_id"]}
            yield here | _member(home, 1, person, row) | other | self_headed


def _member(home: Home, number: int, person: Person, row: Fact) -> Record:
    code, words = _RELATIONS[_relation(home.household, person)][0 if person.male else 1]
    return {
        "member_seq": str(number),
        "name": row["name"],
        "resident_id": row["resident_id"],
        "sex": "男" if person.male else "女",
        "sex_code": "1" if person.male else "2",
        "relation_code": code,
        "relation_to_head": words,
        "co_holder": "1",
        "change": _change(person, row),
        "hukou_now": row["hukou_place"],
        "born_on": person.born,
        "age": person.age_on(DECISION_DAY),
    } | _remark(person)


def _relation(household: Household, person: Person) -> str:
    head = household.persons[0]
    years = (person.born - head.born).days / _YEAR
    if person is head:
        return "head"
    if person is household.persons[1] and person.male != head.male and person.member_from != person.born:
        return "spouse"
    if years >= 15:
        return "grandchild" if years >= 43 else "child"
    return "parent" if years <= -15 else "other"


def _remark(person: Person) -> Record:
    """成员备注 as of the survey, but for a death, which is entered later; the text tells more than the code can."""
    texts = [("7", f"{person.deceased_on.year}年{person.deceased_on.month}月去世")] if person.deceased_on else []
    texts += [("5", "军官")] if person.officer else []
    texts += [("4", "国家公职人员")] if person.public_staff else []
    texts += [(_REMARKS[person.dispute], person.dispute)] if person.dispute else []
    texts += [("3", "在校大学生")] if person.student_on(SURVEYED) and person.age_on(SURVEYED) >= 18 else []
    if not texts:
        return {}
    return {"member_remark_code": texts[0][0], "member_remark_text": "；".join(text for _, text in texts)}


def _change(person: Person, row: Fact) -> str:
    """成员增减变动情况 with its reason, by the days that the row has."""
    told = [f"减少（{row['member_to']}丧失成员资格）"] if row["member_to"] else []
    told += [f"减少（{row['deceased_on']}死亡）"] if row["deceased_on"] else []
    joined = person.member_from != person.born and row["member_from"]
    return "；".join(([f"增加（{row['member_from']}迁入）"] if joined else []) + told)


def people(district: District) -> Iterator[Record]:
    """Each person once as the police and the comparing offices know them; keys of one list are blank for others."""
    for number, home in enumerate(district.homes, start=1):
        here = place(district, home)
        for person, rows in home.persons:
            yield here | _registered(person, f"{number:09d}") | _member(home, 0, person, rows[0]) | _lists(person)


def _registered(person: Person, hukou_no: str) -> Record:
    joined = person.member_from if person.member_from != person.born else None
    return {
        "hukou_no": hukou_no,
        "hukou_kind": "城镇居民户" if person.urban else "居民家庭户",
        "local": None if person.outsider else "530114",
        "moved_to_county_on": joined,
        "moved_to_county_why": "婚迁" if joined else None,
        "moved_to_county_from": _OUTSIDE if joined else None,
        "moved_to_address_on": joined,
        "moved_to_address_why": "婚迁" if joined else None,
        "moved_out_on": person.member_to,
        "moved_out_kind": "迁出" if person.member_to else None,
        "moved_out_to": _OUTSIDE if person.member_to else None,
        "deceased_on": person.deceased_on,
        "death_kind": "死亡" if person.deceased_on else None,
    }


def _lists(person: Person) -> Record:
    chance = stream(0, "lists", person.resident_id)
    retired = date(min(person.born.year + (60 if person.male else 50), 2022), person.born.month, 1)
    begun = date(2019, 1 + chance.randrange(12), 1 + chance.randrange(28))
    months = chance.randrange(12, 200)
    school = _school(person)
    schooled = school[1] > SCHOOL_RECORDS
    return {
        "public_staff": "是" if person.public_staff else None,
        "officer": "是" if person.officer else None,
        "schooled": "是" if schooled else None,
        "school": "呈贡区第一中学" if not person.studies else "昆明市某学院",
        "enrolled_on": school[0],
        "graduates_on": school[1],
        "workplace": "区属事业单位" if person.public_staff else None,
        "insured": {"insured": "参保", "drawing": "领取"}.get(person.pension),
        "paid_months": months if person.pension == "insured" else max(months, 180),
        "retired_on": retired if person.pension == "drawing" else None,
        "retire_kind": "正常退休" if person.pension == "drawing" else None,
        "person_code": f"P{person.resident_id[6:17]}",
        "imprisoned": "服刑" if person.imprisoned else None,
        "from": begun,
        "to": begun.replace(year=begun.year + 5),
        "term_text": "五年",
    }


def _school(person: Person) -> tuple[date, date]:
    """From and to (that day no more) when a person was at school: from 6 to 17, and those who study to 22."""
    return _birthday(person.born, 6), _birthday(person.born, 23 if person.studies else 18)


def _birthday(born: date, age: int) -> date:
    """The day on which somebody is so many years old; 1 March for who was born on 29 February."""
    leap = (born.month, born.day) == (2, 29)
    return date(born.year + age, 3, 1) if leap else born.replace(year=born.year + age)


def opinions(district: District) -> Iterator[Record]:
    """Each opinion of the joint review, of one body (`stage`) on one person."""
    homes = {rows[0].plain("resident_id"): (home, rows[0]) for home in district.homes for _, rows in home.persons}
    for row in district.rows["confirmations"]:
        home, person = homes[row.plain("resident_id")]
        yield place(district, home) | {
            "stage": row.plain("stage"),
            "resident_id": row["resident_id"],
            "name": person["name"],
            "review_state": row["opinion"],
            "approved_on": day(row["on"]),
            "remark": row["note"],
        }
