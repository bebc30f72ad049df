"""Find where the papers disagree: one query a kind, all of one signature, told in sentences and sorted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from eligibility.domain.finding import Text
from eligibility.domain.policy import Policy
from eligibility.domain.tables import KINDS as KIND_WORDS
from eligibility.domain.tables import LAND_CLASSES
from eligibility.reconcile.findings.kinds import EVIDENCE, KINDS, FindingKind
from eligibility.reconcile.findings.prepared import prepare

_UMU = 1_000_000
_CLASSES = {word.key: word.zh for word in LAND_CLASSES}
_VALUES = {word.key: Text(word.zh, word.key) for word in KIND_WORDS} | {
    "approval": Text("批文地块", "parcels of the approval"),
    "roll": Text("分配花名册合计", "the sum of its roll"),
}
_UNKNOWN_DAYS = (date.min, date.max)


class Found(NamedTuple):
    """What the query of every kind returns: the papers concerned, both areas (micro-亩), both days, the evidence.

    Several agreements or approvals are joined by `;`. A day is the end of its range that the finding rests on.
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
    """The fields of a sentence, in one language."""

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
    def of(cls, found: Found, lang: str) -> Words:
        """The fields of `found`; what it does not have is a dash."""
        stop = ", " if lang == "en" else "、"
        place = _listed(found.community, stop) + (found.group_name or "") if found.community else "—"
        classes = (found.land_class or "").split(";")
        said = [one if lang == "en" else _CLASSES.get(one, one) for one in classes if one]
        return cls(
            agreement=_listed(found.agreement_no, stop),
            approval=_listed(found.approval_no, stop),
            place=place,
            land_class=stop.join(said) or ("class blank" if lang == "en" else "地类未填"),
            area=_area(found.area_umu),
            other=_area(found.other_umu),
            day=_day(found.day),
            other_day=_day(found.other_day),
            evidence=("; " if lang == "en" else "；").join(_items(found.evidence, lang)),
        )

    def fill(self, template: str) -> str:
        """The sentence."""
        return template.format(**{name: getattr(self, name) for name in self.__slots__})


def find(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Write `link.findings` and `link.finding_kinds` (docs/architecture.md) from schemas `paper` and `link`."""
    prepare(con, policy)
    rows = [_told(kind, found) for kind in KINDS.values() for found in _asked(con, kind)]
    _write(con, "findings", _FINDINGS, rows)
    kinds = [(n, k.code, *k.title, *k.meaning, *k.remedy, k.opens) for n, k in enumerate(KINDS.values())]
    _write(con, "finding_kinds", _KINDS, kinds)


def _asked(con: duckdb.DuckDBPyConnection, kind: FindingKind) -> Iterator[Found]:
    query = files("eligibility.reconcile.findings").joinpath(f"sql/{kind.code}.sql").read_text(encoding="utf-8")
    columns = ", ".join(Found._fields)
    for row in con.execute(f"SELECT {columns} FROM ({query}) ORDER BY ALL NULLS FIRST").fetchall():
        found = Found(*row)
        yield found._replace(day=_known(found.day), other_day=_known(found.other_day))


def _known(day: date | None) -> date | None:
    return None if day in _UNKNOWN_DAYS else day


def _told(kind: FindingKind, found: Found) -> tuple[Any, ...]:
    zh, en = Words.of(found, "zh"), Words.of(found, "en")
    problem = Text(zh.fill(kind.problem.zh), en.fill(kind.problem.en))
    return (kind.code, *found, problem.zh, kind.remedy.zh, problem.en, kind.remedy.en)


def _items(evidence: str, lang: str) -> Iterator[str]:
    """Each item in words, with what stands behind its colon."""
    for item in evidence.split(";"):
        name, _, value = item.partition(":")
        said = EVIDENCE[name].say(lang) if name in EVIDENCE else name
        yield f"{said} {_VALUES.get(value, Text(value, value)).say(lang)}".strip()


def _listed(text: str | None, stop: str) -> str:
    return stop.join((text or "").split(";")) or "—"


def _area(umu: int | None) -> str:
    """亩 with up to four decimals; what is finer is rounded to the nearest."""
    if umu is None:
        return "—"
    return f"{umu / _UMU:,.4f}".rstrip("0").rstrip(".")


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
