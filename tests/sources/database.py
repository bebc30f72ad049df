"""A small contract-rights database as a bureau exports it; every number in it is made up."""

from __future__ import annotations

import csv
import struct
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

ZH = {
    "FBFBM": "发包方代码", "FBFMC": "发包方名称", "CBFBM": "承包方代码", "CBFMC": "承包方(代表)名称", "CBFLX": "承包方类型",
    "CBFZJHM": "承包方(代表)证件号码", "CYXM": "成员姓名", "CYXB": "成员性别", "CYZJHM": "成员证件号码", "YHZGX": "与户主关系",
    "CYBZ": "成员备注", "CYBZSM": "成员备注说明", "CBHTBM": "承包合同代码", "CBQXQ": "承包期限起", "CBQXZ": "承包期限止",
    "HTZMJ": "确权（合同）总面积", "HTZMJM": "确权（合同）总面积（亩）", "QDSJ": "签订时间", "YHTZMJM": "原合同总面积（亩）", "CBJYQZBM": "承包经营权证(登记簿)代码", "FZRQ": "发证日期",
    "FZJG": "发证机关", "ZXYY": "注销原因", "ZXRQ": "注销日期", "DKBM": "地块代码", "HTMJ": "确权（合同）面积", "HTMJM": "确权（合同）面积（亩）",
}  # fmt: skip
GROUP_1, GROUP_2 = "53011400100101", "53011400100102"
HOUSE_A, HOUSE_B, HOUSE_C = f"{GROUP_1}0001", f"{GROUP_1}0002", f"{GROUP_2}0001"
ID = {
    "甲一": "530199197003070014",
    "甲二": "530199197208120025",
    "乙一": "530199196501010038",
    "丙一": "530199198001010043",
}


def with_check(digits: str) -> str:
    """An id of seventeen digits with its check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


ID["丁一"] = "530199197505050051"
ID = {name: with_check(number[:17]) for name, number in ID.items()}
Rows = Sequence[Sequence[str]]
TABLES: dict[str, tuple[Sequence[str], Rows]] = {
    "FBF": (
        ("FBFBM", "FBFMC"),
        ((GROUP_1, "呈贡区乌龙街道样溪社区第一村民小组"), (GROUP_2, "呈贡区乌龙街道样溪社区第二村民小组")),
    ),
    "CBF": (
        ("CBFBM", "CBFLX", "CBFMC", "CBFZJHM"),
        ((HOUSE_A, "1", "甲一", ID["甲一"]), (HOUSE_B, "1", "乙一", ID["乙一"]), (HOUSE_C, "1", "丙一", ID["丙一"])),
    ),
    "CBF_JTCY": (
        ("CBFBM", "CYXM", "CYXB", "CYZJHM", "YHZGX", "CYBZ", "CYBZSM"),
        (
            (HOUSE_A, "甲一", "1", ID["甲一"], "02", "", ""),
            (HOUSE_A, "甲二", "2", ID["甲二"], "10", "", ""),
            (HOUSE_A, "甲三", "2", "/", "30", "6", ""),
            (HOUSE_B, "乙一", "1", ID["乙一"], "02", "7", "2019年去世"),
            (HOUSE_C, "丙一", "1", ID["丙一"], "02", "", "/"),
        ),
    ),
    "CBHT": (
        ("CBHTBM", "FBFBM", "CBFBM", "CBQXQ", "CBQXZ", "HTZMJ", "HTZMJM", "QDSJ", "YHTZMJM"),
        (
            (f"{HOUSE_A}J", GROUP_1, HOUSE_A, "19970901", "20270831", "2000.00", "3.00", "20160301", ""),
            (f"{HOUSE_B}J", GROUP_1, HOUSE_B, "19970901", "99990101", "1400.00", "", "20160301", "2.50"),
            (f"{HOUSE_C}J", GROUP_2, HOUSE_C, "", "", "", "", "", ""),
        ),
    ),
    "CBJYQZ": (
        ("CBJYQZBM", "FZJG", "FZRQ"),
        (
            (f"{HOUSE_A}J", "呈贡区人民政府", "20160531"),
            (f"{HOUSE_B}J", "呈贡区人民政府", "20160531"),
            (f"{HOUSE_C}J", "呈贡区人民政府", "20160531"),
        ),
    ),
    "CBJYQZ_QZZX": (("CBJYQZBM", "ZXYY", "ZXRQ"), ((f"{HOUSE_B}J", "分户", "20180101"),)),
    "CBDKXX": (
        ("DKBM", "FBFBM", "CBFBM", "CBJYQZBM", "HTMJ", "HTMJM"),
        (
            (f"{GROUP_2}00001", GROUP_2, HOUSE_C, f"{HOUSE_C}J", "400.00", "0.60"),
            (f"{GROUP_2}00002", GROUP_2, HOUSE_C, f"{HOUSE_C}J", "400.00", "0.60"),
        ),
    ),
}


def header(codes: Sequence[str], form: str) -> list[list[str]]:
    """The header of a table: `codes`, `chinese`, or both in two rows, the Chinese above (`both`) or below (`below`)."""
    chinese = [ZH[code] for code in codes]
    return {
        "codes": [list(codes)],
        "chinese": [chinese],
        "both": [chinese, list(codes)],
        "below": [list(codes), chinese],
    }[form]


def write_database(
    folder: Path, *, form: str = "codes", ending: str = "xlsx", tables: Sequence[str] = tuple(TABLES)
) -> None:
    """Write one file for each table; a dbf always has codes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in tables:
        codes, rows = TABLES[name]
        path = folder / f"{name}.{ending}"
        if ending == "dbf":
            path.write_bytes(as_dbf(codes, rows))
        elif ending == "csv":
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([*header(codes, form), *rows])
        else:
            write_book(path, {name: [*header(codes, form), *rows]})


def write_book(path: Path, sheets: dict[str, Rows]) -> None:
    """A workbook in which every cell is text."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(row, column, cell)


def as_dbf(codes: Sequence[str], rows: Rows) -> bytes:
    """A dBASE III table in GBK, as a map layer has beside it."""
    width = 60
    head = struct.pack("<BBBBIHH", 3, 124, 1, 1, len(rows), 32 + 32 * len(codes) + 1, 1 + width * len(codes))
    head += bytes(12) + bytes(4) + bytes([0, 0x4D]) + bytes(2)
    head = head[:29] + b"\x4d" + head[30:32]
    fields = b"".join(
        code.encode()[:10].ljust(11, b"\0") + b"C" + bytes(4) + bytes([width, 0]) + bytes(14) for code in codes
    )
    records = b"".join(b" " + b"".join(cell.encode("gbk").ljust(width) for cell in row) for row in rows)
    return head + fields + b"\r" + records + b"\x1a"
