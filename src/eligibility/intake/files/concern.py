"""What a paper that is no table of ours may be about, by its name and by its first rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eligibility.intake.files.grid import Row
from eligibility.intake.files.header import columns_known
from eligibility.model.names import squeeze
from eligibility.model.tables import TABLES

ANYTHING = ""
"""In the place of a table: the paper may hold rows of any."""

_LETTER = re.compile(
    "(?:说明|须知|通知|公告|请示|批示|报告|汇报|函|目录|清单目录|承诺书|授权书|委托书|纪要|指南|办法|方案|制度|规定|政策|流程|联系人|"
    "联系方式|通讯录|联系表|进度表?|日程|readme|read me|index)[0-9]*$",
    re.IGNORECASE,
)
_PICTURE = re.compile("照片|图片|相片|合影|现场|影像")
_PAPERS = re.compile(
    "协议|合同|批文|批复|花名册|名册|补偿|权证|经营权|承包|台账|地块|勘测|面积|附表|清册|登记簿|联审|协第?[0-9一二三四五六七八九十]"
)
_LAND = re.compile(
    "征地|征收|征用|被征|收储|储备|租用|占用|土地|耕地|农用地|拆迁|安置|附件|补充|失地|户籍|家庭成员|参保|村组|分配"
)
_GUESSES = (
    ("agreements", "协议|合同|补签|协第?[0-9一二三四五六七八九十]"),
    ("payouts", "花名册|补偿|分配|发放"),
    ("approval_parcels", "地块|勘测|地类"),
    ("approvals", "批文|批复|批准"),
    ("title_certificates", "权证|经营权|承包|确权|登记簿"),
    ("groups", "台账|村组"),
    ("persons", "名册|户籍|家庭成员|参保|失地"),
    ("confirmations", "联审"),
    ("agreements", "征地|征收|征用|收储"),
)
_TELLING: dict[str, tuple[frozenset[str], ...]] = {
    "agreements": (
        frozenset({"agreement_no", "area"}),
        frozenset({"cited_approval_no", "area"}),
        frozenset({"signed_on", "area"}),
        frozenset({"kind", "area"}),
        frozenset({"compensation_yuan", "area"}),
    ),
    "payouts": (
        frozenset({"agreement_no"}),
        frozenset({"household_id", "amount_yuan"}),
        frozenset({"household_id", "basis"}),
    ),
    "approval_parcels": (frozenset({"approval_no", "area"}), frozenset({"ownership", "area"})),
    "approvals": (frozenset({"approval_no"}), frozenset({"authority", "approved_on"})),
    "title_certificates": (frozenset({"certificate_no"}), frozenset({"household_id", "area_mu"})),
    "contract_ledger": (frozenset({"household_id", "area_mu"}),),
    "groups": (frozenset({"group", "contracted_mu"}),),
    "persons": (frozenset({"resident_id", "name"}),),
    "confirmations": (frozenset({"resident_id", "opinion"}),),
}
"""Headers by which a sheet may hold rows of a table, whatever else it lacks."""
_LONGEST_HEADER = 24
_TAKING = re.compile("协议|征收|征用|征地|被征|收储")


def table_by_name(name: str, *, looked_into: bool = False) -> str | None:
    """The table that a paper may be about by its name (`ANYTHING`: it may be of any); None where it concerns no land.

    A letter (报送说明) and a picture of a place concern none; nor, once it was looked into, what only mentions land.

    >>> [table_by_name(name) for name in ("补充协议", "附件3", "现场照片", "征地批文照片", "征地工作通知", "联系人")]
    ['agreements', '', None, 'approvals', None, None]
    """
    plain = squeeze(name)
    papers = _PAPERS.search(plain)
    if _LETTER.search(plain) or (_PICTURE.search(plain) and not papers):
        return None
    if not papers and (looked_into or not _LAND.search(plain)):
        return None
    return next((table for table, words in _GUESSES if re.search(words, plain)), ANYTHING)


def table_by_rows(head: Sequence[Row]) -> str | None:
    """The table of which a sheet with these first rows may hold rows; None where nothing in them says so."""
    for table in TABLES:
        known = columns_known(head, table)
        if any(telling <= columns for columns in known for telling in _TELLING[table.key]):
            return table.key
    for _, cells in head:
        headers = [word for word in map(squeeze, cells) if 0 < len(word) <= _LONGEST_HEADER]
        areas = [word for word in headers if "面积" in word or word in ("亩数", "亩")]
        if areas and len(headers) > 1 and any(_TAKING.search(word) for word in headers):
            return "agreements"
    return None


def mentions_land(head: Sequence[Row]) -> bool:
    """Whether the first rows hold a word of land at all."""
    return any(
        re.search("面积|亩|公顷|协议|征收|征地|㎡|平方米|户主|承包", cell) for _, cells in head for cell in cells
    )
