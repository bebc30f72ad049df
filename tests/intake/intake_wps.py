"""Makes `fixtures/wps_habits.xlsx`: a workbook with the structural habits of WPS and other writers of Chinese offices.

It was not written by WPS. What it takes from such files: the parts WPS adds (docProps/custom.xml with KSOProductBuildVer,
the application "WPS Office"), its namespaces on the worksheet (`xmlns:etc`), a dimension that says A1 for a sheet of six
rows, inline strings beside shared ones, rows and cells without their reference, a hidden row, a filter, a picture formula
(DISPIMG), a formula without a value, phonetic runs inside a shared string, whole columns that are only formatted.
"""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHARED = ["身份证号", "姓名", "户号", "街道", "社区", "组", "承包地照片", "成员起始日", "乌龙街道", "乌龙社区", "一组"]
PHONETIC = '<si><r><t>张</t></r><r><t>一</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></si>'


def book() -> bytes:
    """The bytes of the workbook, the same every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in PARTS.items():
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), HEAD + body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _shared(index: int) -> str:
    return f'<c s="1" t="s"><v>{index}</v></c>'


def _inline(text: str) -> str:
    return f'<c s="1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _sheet() -> str:
    title = '<row r="1" spans="1:8" customFormat="1" ht="25"><c r="A1" s="2" t="inlineStr"><is><t>呈贡区名册</t></is></c></row>'
    header = "<row>" + "".join(_shared(index) for index in range(8)) + "</row>"
    place = "".join(_shared(index) for index in (8, 9, 10))
    photo = '<c t="str"><f>_xlfn.DISPIMG(&quot;ID_1&quot;,1)</f><v>=DISPIMG(&quot;ID_1&quot;,1)</v></c>'
    first = (
        f'<row>{_inline("000001197001010015")}{_shared(11)}{_inline("H1")}{place}{photo}<c s="3"><v>32994</v></c></row>'
    )
    second = f'<row hidden="1">{_inline("000001198002290025")}{_inline(" 李二")}{_inline("H1")}{place}<c/><c><f>B9</f></c></row>'
    third = f'<row r="6"><c r="A6" t="inlineStr"><is><t>000001199912310034</t></is></c>{_inline("王三")}{_inline("H2")}{place}</row>'
    note = '<row r="8"><c r="A8" t="inlineStr"><is><t>填表人：张一</t></is></c></row>'
    spaces = (
        f'xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
    )
    return (
        f'<worksheet {spaces}><sheetPr filterMode="1"/><dimension ref="A1"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        '<cols><col min="1" max="16384" width="9" style="1" customWidth="1"/></cols>'
        f"<sheetData>{title}{header}{first}{second}{third}{note}</sheetData>"
        '<autoFilter ref="A2:H6"/><mergeCells count="1"><mergeCell ref="A1:H1"/></mergeCells>'
        '<etc:customData/></worksheet>'
    )  # fmt: skip


def _relations(*links: tuple[str, str]) -> str:
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'


_TYPES = {
    "/xl/workbook.xml": "spreadsheetml.sheet.main",
    "/xl/worksheets/sheet1.xml": "spreadsheetml.worksheet",
    "/xl/sharedStrings.xml": "spreadsheetml.sharedStrings",
    "/xl/styles.xml": "spreadsheetml.styles",
}
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for part, kind in _TYPES.items()
    )
    + "</Types>",
    "_rels/.rels": _relations((f"{OFFICE}/relationships/officeDocument", "xl/workbook.xml")),
    "docProps/app.xml": f'<Properties xmlns="{OFFICE}/extended-properties"><Application>WPS Office</Application></Properties>',
    "docProps/custom.xml": f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes"><property '
    'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.1</vt:lpwstr>'
    "</property></Properties>",
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><fileVersion appName="xl" lastEdited="3" '
    'lowestEdited="5" rupBuild="9302"/><workbookPr/><bookViews><workbookView windowWidth="28800"/></bookViews>'
    '<sheets><sheet name="人员名册" sheetId="1" r:id="rId1"/></sheets><calcPr calcId="144525"/></workbook>',
    "xl/_rels/workbook.xml.rels": _relations(
        (f"{OFFICE}/relationships/worksheet", "worksheets/sheet1.xml"),
        (f"{OFFICE}/relationships/sharedStrings", "sharedStrings.xml"),
        (f"{OFFICE}/relationships/styles", "styles.xml"),
    ),
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="12" uniqueCount="12">'
    + "".join(f"<si><t>{word}</t></si>" for word in SHARED)
    + PHONETIC
    + "</sst>",
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy/m/d;@"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf numFmtId="49" applyNumberFormat="1"/><xf/><xf numFmtId="176" applyNumberFormat="1"/></cellXfs></styleSheet>',
    "xl/worksheets/sheet1.xml": _sheet(),
}
