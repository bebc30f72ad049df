"""What intake may find wrong: every issue with its published code, its sentence and its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from eligibility.domain.finding import Finding, Source, Text, Unusable


class Notice(NamedTuple):
    """An issue of a file, a sheet or a row that is no data row, before it is put into words."""

    issue: str
    table: str
    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One kind of issue. `{column}`, `{value}` and `{other}` in its sentences are filled in for each place."""

    id: str
    code: str
    problem: Text
    remedy: Text


_CORRECT = Text("对照原件更正后重新提交", "correct it against the paper and submit again")
_REMOVE = Text("核对原件，删去或更正重复的行", "check the papers; remove or correct the repeated row")
_NONE_NEEDED = Text("无需处理；如确为数据行请更正", "nothing to do, unless it is a row of data")

ISSUES: tuple[Issue, ...] = (
    Issue(
        "required_blank",
        "required_blank",
        Text("必填项「{column}」为空，该行未采用", "required “{column}” is blank; the row is set aside"),
        Text("按原件补填", "fill it in from the paper"),
    ),
    Issue("bad_number", "bad_number", Text("「{value}」读不出数值", "“{value}” is no readable number"), _CORRECT),
    Issue("negative", "bad_number", Text("面积为负数：{value}", "the area is negative: {value}"), _CORRECT),
    Issue(
        "bad_date",
        "bad_date",
        Text("「{value}」不是有效日期", "“{value}” is no valid date"),
        Text("写作 2012-03-05、2012年3月 或 2012年", "write 2012-03-05, 2012年3月 or 2012年"),
    ),
    Issue(
        "bad_enum",
        "bad_enum",
        Text("「{value}」不在「{column}」的可选值内", "“{value}” is not one of the values of “{column}”"),
        Text("改用：{other}", "use one of: {other}"),
    ),
    Issue(
        "identity_invalid",
        "identity_invalid",
        Text("身份证号的位数、日期或校验码不对", "length, date or check digit of the id is wrong"),
        Text("与身份证核对；核实前年龄不详", "check against the id card; until then the age is not known"),
    ),
    Issue(
        "digits_lost",
        "digits_lost",
        Text("号码以数字保存，15位以后的数字已丢失", "stored as a number, digits beyond 15 are lost"),
        Text("将该列设为文本，按原件重新录入", "format the column as text and enter it again from the paper"),
    ),
    Issue(
        "unit_conflict",
        "unit_conflict",
        Text(
            "单元格内的单位与单位栏不一致，按单元格采用：{value}", "the unit in the cell wins over the column: {value}"
        ),
        Text("核对单位", "check the unit"),
    ),
    Issue("repeated_row", "duplicate_row", Text("与第{other}行完全相同", "the same as row {other}"), _REMOVE),
    Issue(
        "contradicting_row",
        "duplicate_row",
        Text("与第{other}行号码相同，内容不一致：{value}", "same number as row {other}, which says otherwise: {value}"),
        _REMOVE,
    ),
    Issue(
        "unknown_reference",
        "unknown_reference",
        Text("「{value}」在{other}中查不到", "“{value}” is not found in {other}"),
        Text("核对号码或补交{other}", "check it, or supply {other}"),
    ),
    Issue(
        "extra_cells",
        "extra_cells",
        Text(
            "该行比表头多出内容「{value}」，各栏可能错位", "more cells than headers (“{value}”): columns may be shifted"
        ),
        Text("检查是否有未加引号的逗号", "look for a comma without quotes"),
    ),
    Issue(
        "short_rows",
        "short_rows",
        Text("自本行起有{other}行比表头短，缺的单元格按空白处理", "{other} rows from here are shorter than the header"),
        Text("核对文件是否完整", "check that the file is complete"),
    ),
    Issue(
        "total_row",
        "total_row",
        Text("「{value}」行是合计，不作为数据", "“{value}”: a total, not a row of data"),
        _NONE_NEEDED,
    ),
    Issue(
        "total_differs",
        "total_differs",
        Text("合计写作「{value}」，各行之和为{other}", "the total says “{value}”, the rows add up to {other}"),
        Text(
            "核对是否漏行或抄错；判定以各行为准", "look for a missing or miscopied row; the rows count, not the total"
        ),
    ),
    Issue(
        "repeated_header",
        "repeated_header",
        Text("本行重复表头，不作为数据", "the header again, not a row of data"),
        _NONE_NEEDED,
    ),
    Issue(
        "merged_value",
        "merged_value",
        Text("合并单元格：{other}个单元格按上一格的值采用", "merged cells: {other} cells read as the one above"),
        Text("面积、金额合并时请拆开逐行填写", "split merged areas and amounts"),
    ),
    Issue(
        "hidden_sheet",
        "hidden_sheet",
        Text("工作表是隐藏的，内容照常读取", "the sheet is hidden; it is read all the same"),
        Text("如不应提交，删去该工作表", "delete the sheet if it was not meant to be sent"),
    ),
    Issue(
        "hidden_rows",
        "hidden_rows",
        Text(
            "自本行起有{other}行被隐藏或筛除，照常读取", "{other} rows from here are hidden or filtered; they are read"
        ),
        Text("如不应提交，删去这些行", "delete the rows if they were not meant to be sent"),
    ),
    Issue(
        "unknown_column",
        "unknown_column",
        Text("未使用的列「{column}」{other}", "column “{column}” is not used{other}"),
        Text("如为所需列，请改用规定的列名", "if it is needed, use a header of the contract"),
    ),
    Issue(
        "unknown_file",
        "unknown_file",
        Text("未使用的文件，与「{other}」最接近", "the file is not used; nearest title: {other}"),
        Text(
            "如为所需表，请以表名命名并存为 csv、xlsx 或 parquet",
            "if needed, name it by the title, as csv, xlsx, parquet",
        ),
    ),
    Issue(
        "unknown_sheet",
        "unknown_sheet",
        Text("未使用的工作表，与「{other}」最接近", "the sheet is not used; nearest title: {other}"),
        Text("如为所需表，请以表名命名工作表", "if needed, name the sheet by the title of the table"),
    ),
)
"""Every issue, in the order of the documentation."""


def refuse(code: str, at: Source, problem: Text, remedy: Text) -> Unusable:
    """The exception for input that cannot be worked with at all."""
    return Unusable(Finding(code, at, problem, remedy))
