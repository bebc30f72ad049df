"""The data contract as data: every table of a dossier, its columns, their words and the type of their cells.

Intake reads by it and the simulator writes by it. The words of titles and headers stand in `headers.toml` beside this
file, once; the first of each is the one to write, the rest are read as well.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.resources import files
from typing import Any


class CellType(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    RESIDENT_ID = "resident_id"
    REFERENCE = "reference"  # a number given by an office: household, agreement, certificate
    APPROVAL_NO = "approval_no"
    PLACE = "place"
    GROUP = "group"
    GROUPS = "groups"
    AREA_MU = "area_mu"
    AREA_IN_UNIT = "area_in_unit"  # read together with the column `unit` of the row
    MONEY = "money"
    COUNT = "count"
    DAY = "day"
    TRUTH = "truth"
    CHOICE = "choice"
    DISPUTE = "dispute"  # free text in which 无, 否 and 没有 mean that there is none


@dataclass(frozen=True, slots=True)
class Word:
    """One value of an enumeration: its key, the Chinese word to write, further words that are read."""

    key: str
    zh: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: English key, Chinese headers (the first is written), cell type and meaning of a blank."""

    key: str
    headers: tuple[str, ...]
    type: CellType = CellType.TEXT
    required: bool = False
    words: tuple[Word, ...] = ()
    blank_means_no: bool = False
    also: tuple[str, ...] = ()
    """Further headers: read where none of the others stands, and only one of these."""

    @property
    def zh(self) -> str:
        """The Chinese header to write and to name in messages."""
        return self.headers[0]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the dossier: English key, Chinese titles (the first is written), columns in the written order."""

    key: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def zh(self) -> str:
        """The Chinese title to write and to name in messages."""
        return self.titles[0]

    def column(self, key: str) -> Column:
        """The column of that key; StopIteration when there is none."""
        return next(column for column in self.columns if column.key == key)


LAND_CLASSES = (
    Word("basic_farmland", "永久基本农田", ("基本农田", "永久性基本农田")),
    Word("farmland", "耕地", ("水田", "旱地", "水浇地", "望天田", "菜地", "一般耕地")),
    Word("garden", "园地", ("果园", "茶园", "其他园地", "其它园地")),
    Word("forest", "林地", ("有林地", "乔木林地", "竹林地", "灌木林地", "其他林地", "其它林地")),
    Word(
        "other_agricultural",
        "其他农用地",
        ("其它农用地", "设施农用地", "坑塘水面", "农村道路", "沟渠", "田坎"),
    ),
    Word("construction", "建设用地", ("集体建设用地", "农村建设用地")),
    Word("homestead", "宅基地", ("农村宅基地",)),
    Word("unused", "未利用地", ("未利用土地",)),
)
UNITS = (
    Word("ha", "公顷", ("hm2", "公頃")),
    Word("mu", "亩", ("市亩", "畝")),
    Word("m2", "平方米", ("平米", "平方公尺")),
)
AUTHORITIES = (
    Word("state_council", "国务院"),
    Word("province", "省政府", ("省人民政府", "云南省人民政府", "云南省政府")),
    Word("city", "市政府", ("市人民政府", "昆明市人民政府", "昆明市政府")),
    Word("county", "县政府", ("县人民政府",)),
)
PENSIONS = (
    Word("none", "无", ("否", "未参保", "未参加", "没有")),
    Word("insured", "参保", ("已参保", "参保缴费")),
    Word("drawing", "领取", ("已领取", "领取待遇", "待遇领取")),
)
CONFIRMERS = (Word("agriculture", "农业农村局"), Word("community", "社区"))
OWNERSHIPS = (
    Word(
        "collective",
        "集体",
        ("集体土地", "集体所有", "农民集体", "农民集体所有", "集体所有土地", "集体土地所有", "村集体", "村民集体"),
    ),
    Word("state", "国有", ("国有土地", "国家所有", "国家")),
)
KINDS = (
    Word("expropriation", "征收", ("征用", "征地", "土地征收", "土地征用")),
    Word("reserve", "收储", ("土地收储", "土地储备")),
    Word("lease", "租用", ("租赁", "租地")),
    Word("occupation", "占用", ("临时占用", "临时用地")),
)
BASES = (
    Word("by_parcel", "按承包地", ("按承包面积", "按承包地面积", "按承包地块", "按承包耕地面积")),
    Word("equal_share", "均分", ("平均分配", "平均", "人均", "人均分配", "按人口", "按人头", "按人均", "按人口平均")),
)
STAGES = (
    Word("community", "社区"),
    Word("agriculture", "农业农村"),
    Word("natural_resources", "自然资源"),
    Word("street", "街道"),
    Word("agency", "区级经办"),
)
OPINIONS = (Word("agree", "同意"), Word("disagree", "不同意"), Word("incomplete", "待补"))


def _headers(key: str, table: str = "every") -> tuple[str, ...]:
    return tuple(_WORDS[table].get(key) or _WORDS["every"][key])


def _may(key: str, of: CellType = CellType.TEXT, words: tuple[Word, ...] = ()) -> Column:
    return Column(key, _headers(key), of, words=words)


def _must(key: str, of: CellType = CellType.TEXT, words: tuple[Word, ...] = ()) -> Column:
    return Column(key, _headers(key), of, required=True, words=words)


def _never_when_blank(key: str, of: CellType) -> Column:
    return Column(key, _headers(key), of, blank_means_no=True)


def _table(key: str, *columns: Column) -> Table:
    also = _WORDS["also"].get(key, {})
    return Table(
        key,
        tuple(_WORDS["titles"][key]),
        tuple(replace(column, also=tuple(also.get(column.key, ()))) for column in columns),
    )


_WORDS: dict[str, Any] = tomllib.loads(files("eligibility.model").joinpath("headers.toml").read_text(encoding="utf-8"))
_RESIDENT = _must("resident_id", CellType.RESIDENT_ID)
_HOUSEHOLD = _must("household_id", CellType.REFERENCE)
_COMMUNITY = _must("community", CellType.PLACE)
_GROUP = _must("group", CellType.GROUP)
_APPROVAL = _must("approval_no", CellType.APPROVAL_NO)
_AGREEMENT = _must("agreement_no", CellType.REFERENCE)
_PROJECT = _may("project")
_AREA = _must("area", CellType.AREA_IN_UNIT)
_UNIT = _must("unit", CellType.CHOICE, UNITS)
_LAND_CLASS = _may("land_class", CellType.CHOICE, LAND_CLASSES)
_CONTRACTED = _may("area_mu", CellType.AREA_MU)
_ON_ROLL = Column("area_mu", _headers("area_mu", "payouts"), CellType.AREA_MU)

TABLES: tuple[Table, ...] = (
    _table(
        "persons",
        _RESIDENT,
        _must("name"),
        _HOUSEHOLD,
        _must("street"),
        _COMMUNITY,
        _GROUP,
        _may("member_from", CellType.DAY),
        _never_when_blank("member_to", CellType.DAY),
        _may("hukou_place"),
        _may("public_staff", CellType.TRUTH),
        _may("officer", CellType.TRUTH),
        _may("student", CellType.TRUTH),
        _may("employee_pension", CellType.CHOICE, PENSIONS),
        _never_when_blank("imprisoned", CellType.TRUTH),
        _never_when_blank("membership_dispute", CellType.DISPUTE),
        _never_when_blank("deceased_on", CellType.DAY),
    ),
    _table(
        "title_certificates",
        _must("certificate_no", CellType.REFERENCE),
        _HOUSEHOLD,
        _CONTRACTED,
        _may("issued_on", CellType.DAY),
        _never_when_blank("withdrawn_on", CellType.DAY),
    ),
    _table(
        "contract_ledger",
        _HOUSEHOLD,
        _CONTRACTED,
        _may("contract_from", CellType.DAY),
        _may("contract_to", CellType.DAY),
        _may("confirmed_by", CellType.CHOICE, CONFIRMERS),
    ),
    _table(
        "groups",
        _COMMUNITY,
        _GROUP,
        _may("contracted_mu", CellType.AREA_MU),
        _may("households", CellType.COUNT),
        _may("persons", CellType.COUNT),
    ),
    _table(
        "approvals",
        _APPROVAL,
        _may("authority", CellType.CHOICE, AUTHORITIES),
        _may("approved_on", CellType.DAY),
        _PROJECT,
        _may("batch"),
        _may("works", CellType.TRUTH),
    ),
    _table(
        "approval_parcels",
        _APPROVAL,
        _COMMUNITY,
        _may("groups", CellType.GROUPS),
        _may("ownership", CellType.CHOICE, OWNERSHIPS),
        _LAND_CLASS,
        _AREA,
        _UNIT,
    ),
    _table(
        "agreements",
        _AGREEMENT,
        _COMMUNITY,
        _may("group", CellType.GROUPS),
        _may("signed_on", CellType.DAY),
        _PROJECT,
        _may("kind", CellType.CHOICE, KINDS),
        _LAND_CLASS,
        _AREA,
        _UNIT,
        _may("cited_approval_no"),
        _may("compensation_yuan", CellType.MONEY),
    ),
    _table(
        "payouts",
        _AGREEMENT,
        _HOUSEHOLD,
        _ON_ROLL,
        _may("amount_yuan", CellType.MONEY),
        _may("basis", CellType.CHOICE, BASES),
    ),
    _table(
        "confirmations",
        _RESIDENT,
        _must("stage", CellType.CHOICE, STAGES),
        _must("opinion", CellType.CHOICE, OPINIONS),
        _may("on", CellType.DAY),
        _may("note"),
    ),
)
"""Every table of the contract, in its order."""


def table(key: str) -> Table:
    """The table of that English key; StopIteration when there is none.

    >>> table("payouts").zh
    '补偿分配花名册'
    """
    return next(table for table in TABLES if table.key == key)
