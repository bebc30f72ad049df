"""Remarks (备注), for which the contract has no column: what they say against a row leaves the cell concerned not known.

A remark is never evidence: 已于2010年死亡 gives no day of death. But a blank cell beside it does not mean "no" any more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import duckdb

from eligibility.intake.statements import statement
from eligibility.model.tables import Table

CONFLICT = "conflict"
"""In the place of a column: the row proves nothing, as if another row contradicted it."""
ASIDE = "aside"
"""In the place of a column: the row is set aside."""

_NOT = "(?<![未没无不非])(?<!未曾)(?<!没有)(?<!并未)(?<!不再)"
_OVER = "作废|废止|解除|终止|撤销|撤回|取消|失效|无效|未履行|未执行|重签|另签|换签|变更|更正|重复|废"


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_NOT}(?:{pattern})")


_DOUBTS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "persons": {
        "deceased_on": _word(
            "死|去世|已故|病故|亡故|过世|身故|逝世|离世|亡|殁|卒|销户|户口注销|注销户口|失踪|下落不明"
        ),
        "member_to": _word(
            "迁出|迁往|迁至|迁到|迁走|迁离|外迁|转出|户[口籍]已?迁(?!入)|户[口籍]已?转|出嫁|外嫁|嫁出|嫁到|嫁往|嫁至|远嫁|已嫁|婚出|"
            "农转非|非农|除名|退出|调离|调走|出国|移民|销户|户口注销|注销户口|空挂|不在本[村组社]|已?离开本[村组社]|丧失"
        ),
        "imprisoned": _word("服刑|坐牢|监狱|在押|羁押|劳改|劳教|判刑|判处|有期徒刑|收监|拘役"),
        "membership_dispute": _word(
            "争议|纠纷|空挂|挂户|寄挂|挂靠|非本[村组社]|不是本[村组社]|无成员资格|不享受|资格待"
        ),
        "officer": _word("参军|入伍|服役|现役|当兵|军人|军官|士官|提干"),
        "public_staff": _word("公务员|财政供养|事业编|在编|机关工作|事业单位|国家干部|公职"),
        "employee_pension": _word("退休|职工养老|职工保险|职保|企业养老|城镇职工"),
    },
    "title_certificates": {"withdrawn_on": _word(f"收回|注销|换[发证领]|补[发证领]|遗失|吊销|旧证|新证|退|{_OVER}")},
    "contract_ledger": {"area_mu": _word(f"收回|退|流转|有误|错误|{_OVER}")},
    "groups": {"contracted_mu": _word("有误|错误|待核|存疑|不实|变更|更正|废")},
    "approvals": {CONFLICT: _word(_OVER)},
    "approval_parcels": {ASIDE: _word(f"核减|退回|未批|{_OVER}")},
    "agreements": {CONFLICT: _word(_OVER)},
    "payouts": {"area_mu": _word(f"未领|退回|冲销|调整|有误|错误|{_OVER}")},
}
_PERHAPS_DISPUTED = re.compile("外嫁|出嫁|入赘|上门|招婿")
"""Whose membership villages dispute: that a roster lists them does not show that nobody does."""
_REMARKED = "INSERT INTO paper.remarked SELECT row_id, ? FROM intake.raw WHERE remark = ?"
_NO = ["", "否", "无", "没有", "n", "no", "0", "false", "×", "x", "none", "未参保"]
"""Cells that a remark may speak against; a cell that says yes, or gives a day, stands."""
_ONLY_BESIDE_NO = frozenset({"persons", "title_certificates"})


def doubts(table: Table, remark: str) -> tuple[str, ...]:
    """The columns of which a remark says that the cell may not be right as it is.

    >>> from eligibility.model.tables import table
    >>> doubts(table("persons"), "2008年出嫁，户口迁出"), doubts(table("persons"), "户口未迁出，健在")
    (('member_to',), ())
    """
    plain = re.sub(r"\s+", "", remark)
    return tuple(column for column, words in _DOUBTS.get(table.key, {}).items() if words.search(plain))


def apply_remarks(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make every cell of `intake.raw` that a remark speaks against not known, each with an issue."""
    con.execute("DELETE FROM intake.doubted")
    if table.key not in _DOUBTS:
        return
    columns = [column.key for column in table.columns]
    for (remark,) in con.execute("SELECT DISTINCT remark FROM intake.raw WHERE remark <> ''").fetchall():
        if table.key == "persons" and _PERHAPS_DISPUTED.search(re.sub(r"\s+", "", remark)):
            con.execute(_REMARKED, ["membership_dispute", remark])
        for column in doubts(table, remark):
            asked = {"table_name": table.key, "remark": remark}
            if column in (CONFLICT, ASIDE):
                con.execute(statement("remark_of_row"), asked | {"fatal": column == ASIDE})
                con.execute("INSERT INTO intake.doubted SELECT row_id FROM intake.raw WHERE remark = ?", [remark])
                continue
            if table.key == "persons":
                con.execute(_REMARKED, [column, remark])
            told = asked | {"column_key": column, "position": columns.index(column)}
            told |= {"no": _NO if table.key in _ONLY_BESIDE_NO else []}
            con.execute(statement("remark", column=column), told)
            con.execute(statement("remark_unknown", column=column), {key: told[key] for key in ("remark", "no")})
