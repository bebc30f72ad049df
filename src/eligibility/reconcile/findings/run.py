"""Writes the findings: one query per kind, all with the same columns, rendered as sentences and sorted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Policy
from eligibility.model.tables import KINDS as KIND_WORDS
from eligibility.model.tables import LAND_CLASSES
from eligibility.reconcile.findings.kinds import EVIDENCE, KINDS, FindingKind
from eligibility.reconcile.findings.prepared import prepare

_MICRO_MU = 1_000_000
_CLASSES = {word.key: word.zh for word in LAND_CLASSES}
_VALUES = {word.key: Bilingual(word.zh, word.key) for word in KIND_WORDS} | {
    "approval": Bilingual("批文地块", "parcels of the approval"),
    "roll": Bilingual("分配花名册合计", "the sum of its roll"),
}
_UNKNOWN_DAYS = (date.min, date.max)


class FindingRow(NamedTuple):
    """Row returned by the query of every kind: the papers concerned, two areas (micro-亩), two dates, the evidence.

    Several agreements or approvals are joined by `;`. A date is the end of its range that the finding is based on.
    """

    agreement_no: str | None
    land_class: str | None
    approval_no: str | None
    community: str | None
    group_name: str | None
    area_umu: int | None
    other_umu: int | None
    day: date | None
    other_day: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Words:
    """Fields of a sentence template, in one language."""

    agreement: str
    approval: str
    place: str
    land_class: str
    area: str
    other: str
    day: str
    other_day: str
    evidence: str

    @classmethod
    def of(cls, row: FindingRow, lang: str) -> Words:
        """Return the fields of a row; missing values are a dash."""
        separator = ", " if lang == "en" else "、"
        place = _listed(row.community, separator) + (row.group_name or "") if row.community else "—"
        classes = (row.land_class or "").split(";")
        class_names = [code if lang == "en" else _CLASSES.get(code, code) for code in classes if code]
        return cls(
            agreement=_listed(row.agreement_no, separator),
            approval=_listed(row.approval_no, separator),
            place=place,
            land_class=separator.join(class_names) or ("class blank" if lang == "en" else "地类未填"),
            area=_area(row.area_umu),
            other=_area(row.other_umu),
            day=_day(row.day),
            other_day=_day(row.other_day),
            evidence=("; " if lang == "en" else "；").join(_items(row.evidence, lang)),
        )

    def fill(self, template: str) -> str:
        """Return the sentence."""
        return template.format(**{name: getattr(self, name) for name in self.__slots__})


def write_findings(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Write `link.findings` and `link.finding_kinds` (docs/architecture.md) from schemas `paper` and `link`."""
    prepare(con, policy)
    rows = [_finding(kind, row) for kind in KINDS.values() for row in _rows(con, kind)]
    _write(con, "findings", _FINDINGS, rows)
    kinds = [(n, k.code, *k.title, *k.meaning, *k.remedy, k.opens) for n, k in enumerate(KINDS.values())]
    _write(con, "finding_kinds", _KINDS, kinds)


def _rows(con: duckdb.DuckDBPyConnection, kind: FindingKind) -> Iterator[FindingRow]:
    query = files("eligibility.reconcile.findings").joinpath(f"sql/{kind.code}.sql").read_text(encoding="utf-8")
    columns = ", ".join(FindingRow._fields)
    for values in con.execute(f"SELECT {columns} FROM ({query}) ORDER BY ALL NULLS FIRST").fetchall():
        row = FindingRow(*values)
        yield row._replace(day=_known(row.day), other_day=_known(row.other_day))


def _known(day: date | None) -> date | None:
    return None if day in _UNKNOWN_DAYS else day


def _finding(kind: FindingKind, row: FindingRow) -> tuple[Any, ...]:
    zh, en = Words.of(row, "zh"), Words.of(row, "en")
    problem = Bilingual(zh.fill(kind.problem.zh), en.fill(kind.problem.en))
    return (kind.code, *row, problem.zh, kind.remedy.zh, problem.en, kind.remedy.en)


def _items(evidence: str, lang: str) -> Iterator[str]:
    """Yield each item in words, with the value behind its colon."""
    for item in evidence.split(";"):
        name, _, value = item.partition(":")
        words = EVIDENCE[name].in_language(lang) if name in EVIDENCE else name
        yield f"{words} {_VALUES.get(value, Bilingual(value, value)).in_language(lang)}".strip()


def _listed(text: str | None, separator: str) -> str:
    return separator.join((text or "").split(";")) or "—"


def _area(micro_mu: int | None) -> str:
    """Format an area in 亩, rounded to at most four decimals."""
    if micro_mu is None:
        return "—"
    return f"{micro_mu / _MICRO_MU:,.4f}".rstrip("0").rstrip(".")


def _day(day: date | None) -> str:
    return "—" if day is None else day.isoformat()


def _write(con: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, rows: list[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    con.register("arriving", pa.table(arrays, schema=schema))
    con.execute(f"CREATE OR REPLACE TABLE link.{table} AS SELECT * FROM arriving")
    con.unregister("arriving")


_AREA, _WORD, _DATE = pa.int64(), pa.string(), pa.date32()
_FINDINGS = pa.schema(
    [
        ("code", _WORD), ("agreement_no", _WORD), ("land_class", _WORD), ("approval_no", _WORD), ("community", _WORD),
        ("group_name", _WORD), ("area_umu", _AREA), ("other_umu", _AREA), ("day", _DATE), ("other_day", _DATE),
        ("evidence", _WORD), ("problem", _WORD), ("remedy", _WORD), ("problem_en", _WORD), ("remedy_en", _WORD),
    ]
)  # fmt: skip
_KINDS = pa.schema(
    [("place", pa.int32())]
    + [(name, _WORD) for name in ("code", "title", "title_en", "meaning", "meaning_en", "remedy", "remedy_en")]
    + [("opens", pa.bool_())]
)
