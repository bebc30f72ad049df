"""What the columns of `paper` are made of: SQL over a raw row `r` and the readings of its cells."""

from __future__ import annotations

from typing import NamedTuple

from eligibility.model.tables import CellType, Column, Table


class Output(NamedTuple):
    """A column of `paper`: its name, the SQL that makes it, the SQL by which two rows are compared ("": not at all)."""

    name: str
    sql: str
    same: str = ""


# In these templates {key} is the contract column, {stem} the column of `paper`, {text} the cell ('' blank, NULL no such
# column), {given} the cell or NULL, and `m` the reading of the cell.
_TEXT = (Output("{key}", "{given}", r"regexp_replace({key}, '\s+', '', 'g')"),)
_NAME = (Output("{key}", "{given}", "intake.plain_name({key})"),)
_DISPUTE = (Output("{key}", "CASE WHEN {text} IN ('无', '否', '没有') THEN '' ELSE {text} END", "{key}"),)
_AREA = (Output("{stem}_umu", "m.umu", "{stem}_umu"), Output("{stem}_half_umu", "m.half"))
_NUMBER = (Output("{key}", "{given}"), Output("{stem}_key", "m.key", "{stem}_key"))
_KEY = (Output("{stem}", "m.key", "{stem}"),)
_UNIT = (Output("{stem}", "m.key"),)  # 12亩 and 0.8公顷 are one area
_BLANK = Output("{stem}_blank", "{text} = ''")  # NULL: no such cell
_DAY = (
    Output("{stem}_lo", "coalesce(m.lo, DATE '0001-01-01')", "{stem}_lo"),
    Output("{stem}_hi", "coalesce(m.hi, DATE '9999-12-31')", "{stem}_hi"),
)
_STANDS = "m.text IS NULL"
"""A resident id that nobody had to read: it is regular (or there is none)."""
_TEMPLATES: dict[CellType, tuple[Output, ...]] = {
    CellType.TEXT: _TEXT,
    CellType.DISPUTE: _DISPUTE,
    CellType.RESIDENT_ID: (
        Output("{key}", "coalesce(m.id, {given})", "{key}"),
        Output("id_valid", f"CASE WHEN {_STANDS} THEN {{given}} IS NOT NULL ELSE coalesce(m.valid, FALSE) END"),
        Output(
            "born",
            f"CASE WHEN {_STANDS} THEN CAST(strptime(substr({{given}}, 7, 8), '%Y%m%d') AS DATE) ELSE m.born END",
        ),
    ),
    CellType.PLACE: _NUMBER,
    CellType.GROUP: (Output("group_name", "{given}"), Output("group_key", "m.key", "group_key")),
    CellType.GROUPS: (
        Output("group_name", "{given}"),
        Output("group_keys", "coalesce(m.keys, [])", "list_sort(group_keys)"),
    ),
    CellType.APPROVAL_NO: _NUMBER,
    CellType.AREA_MU: _AREA,
    CellType.AREA_IN_UNIT: _AREA,
    CellType.MONEY: (Output("{stem}_fen", "m.fen", "{stem}_fen"),),
    CellType.COUNT: (Output("{stem}", "m.count", "{stem}"),),
    CellType.TRUTH: (Output("{stem}", "m.truth", "{stem}"),),
    CellType.DAY: _DAY,
}
_WHEN_BLANK = {CellType.TRUTH: "FALSE", CellType.DAY: "DATE '9999-12-31'"}
_ENDINGS = ("_mu", "_yuan")
_STEMS = {"on": "made_on", "approval_no": "approval", "agreement_no": "agreement"}


def outputs(column: Column) -> tuple[Output, ...]:
    """The columns of `paper` that a contract column becomes. `m` in the SQL stands for the reading of the cell."""
    return tuple(_filled_in(template, column) for template in _templates(column))


def compared(table: Table) -> dict[str, str]:
    """For each contract column the SQL of what two rows of one thing must agree in."""
    return {
        column.key: "row(" + ", ".join(same) + ")"
        for column in table.columns
        if (same := [output.same for output in outputs(column) if output.same])
    }


def _templates(column: Column) -> tuple[Output, ...]:
    if column.type is CellType.REFERENCE:
        return _NUMBER if column.key == "agreement_no" else _KEY
    if column.key in ("unit", "name"):
        return _UNIT if column.key == "unit" else _NAME
    if column.key == "works":
        return (*_TEMPLATES[CellType.TRUTH], _BLANK)
    return _TEMPLATES.get(column.type, _KEY)


def _filled_in(template: Output, column: Column) -> Output:
    stem = column.key
    for ending in _ENDINGS:
        stem = stem.removesuffix(ending)
    text = f'r."{column.key}"'
    words = {"key": column.key, "stem": _STEMS.get(column.key, stem), "text": text, "given": f"nullif({text}, '')"}
    name, sql, same = (part.format(**words) for part in template)
    if column.blank_means_no and column.type in _WHEN_BLANK:
        sql = f"CASE WHEN {text} = '' THEN {_WHEN_BLANK[column.type]} ELSE {sql} END"
    return Output(name, sql, same)
