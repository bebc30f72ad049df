"""The data contract as data: every table of a dossier, its columns, their words and the type of their cells.

Intake reads by it and the simulator writes by it, so the words stand here once. The first word of each tuple of
headers or titles is the one to write; the rest are read as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    Word("basic_farmland", "永久基本农田", ("基本农田",)),
    Word("farmland", "耕地"),
    Word("garden", "园地"),
    Word("forest", "林地"),
    Word("other_agricultural", "其他农用地"),
    Word("construction", "建设用地"),
    Word("homestead", "宅基地"),
    Word("unused", "未利用地"),
)
UNITS = (Word("ha", "公顷", ("hm2",)), Word("mu", "亩"), Word("m2", "平方米", ("平米",)))
AUTHORITIES = (
    Word("state_council", "国务院"),
    Word("province", "省政府", ("省人民政府", "云南省人民政府", "云南省政府")),
    Word("city", "市政府", ("市人民政府", "昆明市人民政府", "昆明市政府")),
    Word("county", "县政府", ("县人民政府",)),
)
PENSIONS = (Word("none", "无"), Word("insured", "参保"), Word("drawing", "领取"))
CONFIRMERS = (Word("agriculture", "农业农村局"), Word("community", "社区"))
OWNERSHIPS = (Word("collective", "集体"), Word("state", "国有"))
KINDS = (Word("expropriation", "征收"), Word("reserve", "收储"), Word("lease", "租用"), Word("occupation", "占用"))
BASES = (Word("by_parcel", "按承包地"), Word("equal_share", "均分"))
STAGES = (
    Word("community", "社区"),
    Word("agriculture", "农业农村"),
    Word("natural_resources", "自然资源"),
    Word("street", "街道"),
    Word("agency", "区级经办"),
)
OPINIONS = (Word("agree", "同意"), Word("disagree", "不同意"), Word("incomplete", "待补"))


def _must(key: str, headers: tuple[str, ...], of: CellType, words: tuple[Word, ...] = ()) -> Column:
    return Column(key, headers, of, required=True, words=words)


def _never_when_blank(key: str, headers: tuple[str, ...], of: CellType) -> Column:
    return Column(key, headers, of, blank_means_no=True)


_RESIDENT = _must("resident_id", ("身份证号", "公民身份号码"), CellType.RESIDENT_ID)
_HOUSEHOLD = _must("household_id", ("户号", "户编号"), CellType.REFERENCE)
_COMMUNITY = _must("community", ("社区", "村"), CellType.PLACE)
_GROUP = _must("group", ("村民小组", "组"), CellType.GROUP)
_APPROVAL = _must("approval_no", ("批文文号",), CellType.APPROVAL_NO)
_AGREEMENT = _must("agreement_no", ("协议编号",), CellType.REFERENCE)
_PROJECT = Column("project", ("项目名称",))
_AREA = _must("area", ("面积",), CellType.AREA_IN_UNIT)
_UNIT = _must("unit", ("单位",), CellType.CHOICE, UNITS)
_LAND_CLASS = Column("land_class", ("地类",), CellType.CHOICE, words=LAND_CLASSES)
_CONTRACTED = Column("area_mu", ("承包耕地面积", "面积"), CellType.AREA_MU)
_ON_ROLL = Column("area_mu", ("面积", "承包耕地面积"), CellType.AREA_MU)

TABLES: tuple[Table, ...] = (
    Table(
        "persons",
        ("人员名册",),
        (
            _RESIDENT,
            _must("name", ("姓名",), CellType.TEXT),
            _HOUSEHOLD,
            _must("street", ("街道",), CellType.TEXT),
            _COMMUNITY,
            _GROUP,
            Column("member_from", ("成员起始日", "入籍日期"), CellType.DAY),
            _never_when_blank("member_to", ("成员终止日", "迁出日期"), CellType.DAY),
            Column("hukou_place", ("征地时户籍地",)),
            Column("public_staff", ("财政供养人员",), CellType.TRUTH),
            Column("officer", ("军官",), CellType.TRUTH),
            Column("student", ("征地时在校",), CellType.TRUTH),
            Column("employee_pension", ("职工养老",), CellType.CHOICE, words=PENSIONS),
            _never_when_blank("imprisoned", ("服刑",), CellType.TRUTH),
            _never_when_blank("membership_dispute", ("成员资格争议",), CellType.DISPUTE),
            _never_when_blank("deceased_on", ("死亡日期",), CellType.DAY),
        ),
    ),
    Table(
        "title_certificates",
        ("土地承包经营权证",),
        (
            _must("certificate_no", ("证书编号",), CellType.REFERENCE),
            _HOUSEHOLD,
            _CONTRACTED,
            Column("issued_on", ("发证日期",), CellType.DAY),
            _never_when_blank("withdrawn_on", ("收回日期",), CellType.DAY),
        ),
    ),
    Table(
        "contract_ledger",
        ("承包台账",),
        (
            _HOUSEHOLD,
            _CONTRACTED,
            Column("contract_from", ("合同起始日",), CellType.DAY),
            Column("contract_to", ("合同终止日",), CellType.DAY),
            Column("confirmed_by", ("确认单位",), CellType.CHOICE, words=CONFIRMERS),
        ),
    ),
    Table(
        "groups",
        ("村组台账",),
        (
            _COMMUNITY,
            _GROUP,
            Column("contracted_mu", ("承包耕地总面积",), CellType.AREA_MU),
            Column("households", ("户数",), CellType.COUNT),
            Column("persons", ("人口",), CellType.COUNT),
        ),
    ),
    Table(
        "approvals",
        ("征地批文",),
        (
            _APPROVAL,
            Column("authority", ("批准机关",), CellType.CHOICE, words=AUTHORITIES),
            Column("approved_on", ("批准日期",), CellType.DAY),
            _PROJECT,
            Column("batch", ("批次",)),
            Column("works", ("水利水电",), CellType.TRUTH),
        ),
    ),
    Table(
        "approval_parcels",
        ("批文地块",),
        (
            _APPROVAL,
            _COMMUNITY,
            Column("groups", ("村民小组", "组"), CellType.GROUPS),
            Column("ownership", ("权属",), CellType.CHOICE, words=OWNERSHIPS),
            _LAND_CLASS,
            _AREA,
            _UNIT,
        ),
    ),
    Table(
        "agreements",
        ("征地协议",),
        (
            _AGREEMENT,
            _COMMUNITY,
            Column("group", ("村民小组", "组"), CellType.GROUPS),
            Column("signed_on", ("签订日期",), CellType.DAY),
            _PROJECT,
            Column("kind", ("类型",), CellType.CHOICE, words=KINDS),
            _LAND_CLASS,
            _AREA,
            _UNIT,
            Column("cited_approval_no", ("引用批文", "批文文号")),
            Column("compensation_yuan", ("补偿款",), CellType.MONEY),
        ),
    ),
    Table(
        "payouts",
        ("补偿分配花名册",),
        (
            _AGREEMENT,
            _HOUSEHOLD,
            _ON_ROLL,
            Column("amount_yuan", ("金额",), CellType.MONEY),
            Column("basis", ("分配方式",), CellType.CHOICE, words=BASES),
        ),
    ),
    Table(
        "confirmations",
        ("联审意见",),
        (
            _RESIDENT,
            _must("stage", ("环节",), CellType.CHOICE, STAGES),
            _must("opinion", ("意见",), CellType.CHOICE, OPINIONS),
            Column("on", ("日期",), CellType.DAY),
            Column("note", ("说明",)),
        ),
    ),
)
"""Every table of the contract, in its order."""


def table(key: str) -> Table:
    """The table of that English key; StopIteration when there is none.

    >>> table("payouts").zh
    '补偿分配花名册'
    """
    return next(one for one in TABLES if one.key == key)
