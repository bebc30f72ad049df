"""Tables filed otherwise: other kinds of files, parts, names, headers, titles; files that are lost or that nobody reads."""

from __future__ import annotations

import io
import zipfile
from random import Random

from bench.metamorphic.papers import HEADERS, TITLES, Papers, Sheet, group_number
from bench.metamorphic.rewriting import SAFE, UNDERSTOOD, Change, add, need, rewriting
from eligibility.model.tables import TABLES

OFFICIAL = {
    "resident_id": "成员证件号码", "name": "成员姓名", "household_id": "承包方编码", "community": "村委会", "group": "社（组）", "groups": "社（组）",
    "member_from": "入社时间", "hukou_place": "户口所在地", "deceased_on": "去世时间", "area_mu": "确权面积(亩)", "certificate_no": "权证号",
    "issued_on": "颁证日期", "approval_no": "批准文号", "approved_on": "批准时间", "authority": "审批机关", "agreement_no": "协议书号",
    "signed_on": "签约时间", "area": "征收面积", "land_class": "土地类型", "kind": "用地方式", "cited_approval_no": "依据文号",
    "compensation_yuan": "补偿总额", "amount_yuan": "补偿金额", "contracted_mu": "集体耕地面积", "unit": "计量单位",
}  # fmt: skip
"""Words of other offices for the columns; the program lists none of them among its headers."""


def a_sheet(papers: Papers, chance: Random, *tables: str) -> Sheet:
    """One sheet of rows, of these tables or of any; it may be one of several of its table."""
    sheets = [sheet for sheet in papers.sheets if sheet.rows and (not tables or sheet.table in tables)]
    need(sheets)
    return chance.choice(sheets)


def _kind(kind: str, encoding: str) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        need(not papers.book)
        tables = sorted({sheet.table for sheet in papers.sheets if not sheet.unread and "." not in sheet.name})
        need(tables)
        for table in chance.sample(tables, chance.randint(1, len(tables))):
            for sheet in papers.of(table):  # parts are files of one kind
                sheet.kind, sheet.encoding = kind, encoding

    return change


add("file_gb18030", "files", UNDERSTOOD, "Some tables are csv files in GB18030.", _kind("csv", "gb18030"))
add("file_utf8_plain", "files", UNDERSTOOD, "Some tables are csv files in UTF-8 without a mark.", _kind("csv", "utf-8"))
add("file_tsv", "files", UNDERSTOOD, "Some tables are divided by tabs.", _kind("tsv", "utf-8-sig"))
add("file_xlsx", "files", UNDERSTOOD, "Some tables are workbooks.", _kind("xlsx", "utf-8"))
add("file_utf16", "files", SAFE, "Some tables are csv files in UTF-16.", _kind("csv", "utf-16"))
add("file_txt", "files", SAFE, "Some tables are texts with tabs.", _kind("txt", "utf-8-sig"))


@rewriting("files", UNDERSTOOD)
def file_one_workbook(papers: Papers, chance: Random) -> None:
    """All tables are sheets of one workbook."""
    need(not papers.others and len({sheet.table for sheet in papers.sheets}) == len(papers.sheets))
    need(all(not sheet.unread and sheet.name == sheet.table for sheet in papers.sheets))
    papers.book = chance.choice(("卷宗.xlsx", "dossier.xlsx"))


@rewriting("files", UNDERSTOOD)
def file_chinese_names(papers: Papers, _: Random) -> None:
    """Files bear the Chinese titles."""
    for sheet in papers.sheets:
        sheet.name = TITLES[sheet.table] if sheet.name == sheet.table else sheet.name


def split_sheet(papers: Papers, sheet: Sheet, chance: Random, names: tuple[str, str]) -> Sheet:
    """Move some rows into a second sheet, whole groups where it is known of which group a row is; return the second."""
    need(len(sheet.rows) > 1 and not papers.book)
    homes = papers.homes()
    key = {"agreements": "group", "groups": "group", "approval_parcels": "groups", "persons": "group"}.get(sheet.table)

    def part(at: int) -> object:
        row = sheet.rows[at]
        if key and "community" in row.origin:
            return row.origin["community"], group_number(row.origin[key])
        return homes.get(
            row.origin.get("household_id", ""), row.origin.get("approval_no") or row.origin.get("resident_id") or at
        )

    parts = sorted({part(at) for at in range(len(sheet.rows))}, key=str)
    moved = set(chance.sample(parts, max(1, len(parts) // 2)))
    second = sheet.twin()
    second.rows = [row for at, row in enumerate(sheet.rows) if part(at) in moved]
    sheet.rows = [row for at, row in enumerate(sheet.rows) if part(at) not in moved]
    sheet.name, second.name = names
    papers.sheets.insert(papers.sheets.index(sheet) + 1, second)
    need(sheet.rows and second.rows)
    return second


@rewriting("files", UNDERSTOOD)
def file_in_parts(papers: Papers, chance: Random) -> None:
    """A table is divided over two files that are named as parts of it."""
    sheet = a_sheet(papers, chance)
    need(sheet.name in (sheet.table, TITLES[sheet.table]))
    title = TITLES[sheet.table]
    split_sheet(
        papers, sheet, chance, chance.choice(((f"{title}-1", f"{title}-2"), (f"{title}_乌龙", f"{title}_雨花")))
    )


def _by_group(papers: Papers, chance: Random) -> tuple[Sheet, Sheet]:
    sheet = a_sheet(papers, chance, "agreements")
    return sheet, split_sheet(papers, sheet, chance, (sheet.name, sheet.name))


UNREAD_NAMES = ("补充协议", "附件2：征地协议（二组）", "补签征地协议", "二组协议", "2013年协议（新）", "征地补偿协议扫描", "新建文件夹/协议",
                "Sheet2", "土地征收补偿安置协议书", "副本征地协议")  # fmt: skip


@rewriting("files", SAFE)
def agreements_part_misnamed(papers: Papers, chance: Random) -> None:
    """The second file of agreements is not named like the table."""
    _, second = _by_group(papers, chance)
    second.name = chance.choice(UNREAD_NAMES)


@rewriting("files", SAFE)
def agreements_part_of_other_kind(papers: Papers, chance: Random) -> None:
    """The second part of the agreements is a letter, a scan or a file of another office program."""
    _, second = _by_group(papers, chance)
    papers.sheets.remove(second)
    name = chance.choice(
        (
            "补充协议.docx",
            "征地协议-2.et",
            "征地协议（二组）.pdf",
            "补充协议.wps",
            "征地协议2.jpg",
            "征地协议-2.xls",
            "协议.rar",
        )
    )
    papers.others[name] = _document(second) if name.endswith("docx") else b"%PDF-1.4 " + second.body()


def _document(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        text = "".join(f"<w:p>{'|'.join(row.values())}</w:p>" for row in sheet.rows)
        package.writestr("word/document.xml", f"<w:document>征地协议{text}</w:document>")
    return out.getvalue()


@rewriting("files", SAFE)
def agreements_part_other_headers(papers: Papers, chance: Random) -> None:
    """The second part of the agreements has other words in its header."""
    _, second = _by_group(papers, chance)
    second.headers = {key: word for key, word in OFFICIAL.items() if key in second.columns}
    second.name = chance.choice(("征地协议-2", "协议登记表", "附件3"))


@rewriting("files", SAFE)
def agreements_on_second_sheet(papers: Papers, chance: Random) -> None:
    """The workbook of agreements has a second sheet with other words in its header."""
    _, second = _by_group(papers, chance)
    papers.sheets.remove(second)
    first = next(sheet for sheet in papers.of("agreements"))
    second.headers = {key: word for key, word in OFFICIAL.items() if key in second.columns}
    second.name = chance.choice(("二组", "补签", "Sheet2"))
    first.kind = "xlsx"
    first.second = second


@rewriting("files", SAFE)
def roll_part_misnamed(papers: Papers, chance: Random) -> None:
    """The second file of a roll, of certificates, of ledger or of parcels is not named like the table."""
    sheet = a_sheet(papers, chance, "payouts", "title_certificates", "contract_ledger", "approval_parcels", "groups")
    second = split_sheet(papers, sheet, chance, (sheet.name, "附件"))
    second.name = chance.choice(
        (f"附件3：{TITLES[sheet.table]}（补）", f"补{TITLES[sheet.table]}", "明细表", "Sheet2", "二组")
    )


@rewriting("files", SAFE)
def roster_part_misnamed(papers: Papers, chance: Random) -> None:
    """The second file of persons is not named like the table."""
    sheet = a_sheet(papers, chance, "persons")
    second = split_sheet(
        papers, sheet, chance, (sheet.name, chance.choice(("附件1人员名册", "二组名单", "人员信息（补）")))
    )
    second.unread = True


@rewriting("files", SAFE)
def table_misnamed(papers: Papers, chance: Random) -> None:
    """A whole table is called otherwise: 附件1人员名册, 台账, 汇总表."""
    sheet = a_sheet(papers, chance)
    need(not papers.book)
    sheet.unread = True
    sheet.name = chance.choice(
        (f"附件1{TITLES[sheet.table]}", f"{TITLES[sheet.table]}汇总表", "汇总表", f"呈贡区{TITLES[sheet.table]}")
    )


@rewriting("files", SAFE)
def table_lost(papers: Papers, chance: Random) -> None:
    """A whole table is not in the dossier."""
    table = chance.choice(sorted({sheet.table for sheet in papers.sheets} - {"persons"}))
    if table == "confirmations":  # who disagrees stands nowhere else
        papers.excused |= {row.origin["resident_id"] for row in papers.rows(table)}
    papers.sheets = [sheet for sheet in papers.sheets if sheet.table != table]


@rewriting("files", SAFE)
def table_twice(papers: Papers, chance: Random) -> None:
    """A table lies in the dossier twice, the second time as a copy, complete or older."""
    need(not papers.book)
    sheet = a_sheet(papers, chance)
    copy = sheet.twin()
    title = TITLES[sheet.table]
    copy.name = chance.choice((f"{title} - 副本", f"{title}(1)", f"{title}（最终版）", f"{title}-旧"))
    copy.kind = chance.choice((sheet.kind, sheet.kind, "xlsx"))
    if chance.random() < 0.5 and len(copy.rows) > 2:
        del copy.rows[chance.randrange(len(copy.rows))]
    copy.unread = True
    papers.sheets.append(copy)


@rewriting("headers", UNDERSTOOD)
def headers_english(papers: Papers, chance: Random) -> None:
    """Headers of some tables are the English keys."""
    sheet = a_sheet(papers, chance)
    sheet.headers = {key: key for key in sheet.columns}


@rewriting("headers", UNDERSTOOD)
def headers_listed(papers: Papers, chance: Random) -> None:
    """Headers are other words of the list of headers, with blanks, stars and units."""
    sheet = a_sheet(papers, chance)
    table = next(table for table in TABLES if table.key == sheet.table)
    for key in sheet.columns:
        word = chance.choice(table.column(key).headers)
        if sheet.table == "payouts" and key == "area_mu":
            word = "面积"
        marks = (word, f"*{word}", " ".join(word), f"{word}（亩）" if key in ("area_mu", "contracted_mu") else word)
        sheet.headers[key] = chance.choice(marks)
    need(len(set(sheet.headers.values())) == len(sheet.headers))


@rewriting("headers", SAFE)
def headers_of_other_offices(papers: Papers, chance: Random) -> None:
    """Headers are the words of other offices."""
    sheet = a_sheet(papers, chance)
    words = {key: word for key, word in OFFICIAL.items() if key in sheet.columns}
    sheet.headers = words if chance.random() < 0.5 else dict([chance.choice(list(words.items()))])


@rewriting("headers", UNDERSTOOD)
def titles_and_notes(papers: Papers, chance: Random) -> None:
    """Titles stand above the header, signatures and remarks below the rows."""
    sheet = a_sheet(papers, chance)
    title = TITLES[sheet.table]
    sheet.titles = chance.choice(
        ([f"昆明市呈贡区{title}"], [f"{title}（2022年）", "填报单位：呈贡区人力资源和社会保障局"])
    )
    sheet.notes = ["填表人：张某　审核人：李某　2022年10月", "备注：以上情况属实。"]


@rewriting("headers", UNDERSTOOD)
def columns_reordered(papers: Papers, chance: Random) -> None:
    """The columns of every table stand in another order."""
    for sheet in papers.sheets:
        if all(row.cut is None for row in sheet.rows):
            chance.shuffle(sheet.columns)


@rewriting("headers", UNDERSTOOD)
def columns_more(papers: Papers, chance: Random) -> None:
    """Tables have further columns, a running number before and a remark behind."""
    sheet = a_sheet(papers, chance)
    sheet.columns = ["serial", *sheet.columns, "remark"]
    sheet.headers |= {"serial": "序号", "remark": "经办备用栏"}
    for number, row in enumerate(sheet.rows, start=1):
        row["serial"] = str(number)


def _drop(table: str, key: str) -> Change:
    def change(papers: Papers, _: Random) -> None:
        need(
            any(key in sheet.columns for sheet in papers.of(table))
            and all(row.cut is None for row in papers.rows(table))
        )
        for sheet in papers.of(table):
            sheet.columns = [column for column in sheet.columns if column != key]

    return change


for _table in TABLES:
    for _column in _table.columns:
        if not _column.required:
            _text = f"The column {HEADERS[_table.key][_column.key]} of {_table.zh} is not there."
            add(f"no_{_table.key}_{_column.key}", "columns", SAFE, _text, _drop(_table.key, _column.key))
        else:
            _text = f"The required column {HEADERS[_table.key][_column.key]} of {_table.zh} is not there."
            add(f"without_{_table.key}_{_column.key}", "columns", SAFE, _text, _drop(_table.key, _column.key))
