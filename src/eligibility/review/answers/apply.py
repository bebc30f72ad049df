"""Answers → papers of the next batch: what was open is filled, what the papers contradict goes to a person, nothing is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from eligibility.facts.hukou import named_place
from eligibility.model import work_list as form
from eligibility.model.document_number import parse_citation
from eligibility.model.extra_columns import key_of
from eligibility.model.policy import FactSpec, FactType, Policy
from eligibility.model.units import ValueFormatError
from eligibility.rulebook.case import read_value

_COLUMNS = {
    "n": pa.int64(), "asks": pa.string(), "subject_kind": pa.string(), "subject": pa.string(), "household_id": pa.string(),
    "word": pa.string(), "place": pa.string(), "area_umu": pa.int64(), "since": pa.date32(), "until": pa.date32(),
    "body": pa.string(), "reviewer": pa.string(), "said": pa.string(), "file": pa.string(), "sheet": pa.string(),
    "sha256": pa.string(), "row": pa.int64(),
}  # fmt: skip


class _Cell(NamedTuple):
    """How an answer meets a cell of a person's row: when the cell is open, when it says the same, and what is written."""

    asks: str
    column: str
    open: str
    same: str
    change: str
    usable: str = "a.word <> 'recorded'"


def _truth(asks: str, column: str) -> _Cell:
    return _Cell(asks, column, f"p.{column} IS NULL", f"p.{column} = (a.word = 'yes')", f"{column} = (a.word = 'yes')")


_SCALE = {FactType.AREA: ("_umu", 1), FactType.AREA_PER_HEAD: ("_umu", 100), FactType.MONEY: ("_fen", 1)}


def _declared(spec: FactSpec) -> _Cell:
    """The cell of a fact that the rulebook adds."""
    asks, key = form.asks_of(spec), key_of(spec)
    if spec.type is FactType.TRUTH:
        return _truth(asks, key)
    if spec.type is FactType.CHOICE:
        return _Cell(asks, key, f"p.{key} IS NULL", f"p.{key} = a.word", f"{key} = a.word")
    if spec.type is FactType.DATE:
        low, high = f"{key}_lo", f"{key}_hi"
        inside = f"p.{low} < p.{high} AND a.since BETWEEN p.{low} AND p.{high}"
        return _Cell(
            asks, key, inside, f"p.{low} = a.since AND p.{high} = a.since", f"{low} = a.since, {high} = a.since"
        )
    ending, steps = _SCALE.get(spec.type, ("", 1))
    column, value = key + ending, f"a.area_umu // {steps}"
    return _Cell(asks, key, f"p.{column} IS NULL", f"p.{column} = {value}", f"{column} = {value}")


_NEVER = "DATE '9999-12-31'"
_DIED = f"CASE WHEN a.word = 'alive' THEN {_NEVER} ELSE a.since END"
_LEFT = f"coalesce(a.until, {_NEVER})"
_PERSON_CELLS = (
    _truth("staff", "public_staff"),
    _truth("officer", "officer"),
    _truth("school", "student"),
    _truth("imprisoned", "imprisoned"),
    _Cell("pension", "employee_pension", "p.employee_pension IS NULL", "p.employee_pension = a.word", "employee_pension = a.word"),
    _Cell(
        "hukou",
        "hukou_place",
        "(SELECT place FROM reading WHERE text = p.hukou_place) IS NULL",
        "(SELECT place FROM reading WHERE text = p.hukou_place) = a.place",
        "hukou_place = a.word",
        "a.place IS NOT NULL",
    ),
    _Cell(
        "death",
        "deceased_on",
        f"p.deceased_on_lo < p.deceased_on_hi AND {_DIED} BETWEEN p.deceased_on_lo AND p.deceased_on_hi",
        f"p.deceased_on_lo = p.deceased_on_hi AND p.deceased_on_lo = {_DIED}",
        f"deceased_on_lo = {_DIED}, deceased_on_hi = {_DIED}",
    ),
    _Cell(
        "membership",
        "member_from",
        f"a.since BETWEEN p.member_from_lo AND p.member_from_hi AND {_LEFT} BETWEEN p.member_to_lo AND p.member_to_hi"
        " AND (p.member_from_lo < p.member_from_hi OR p.member_to_lo < p.member_to_hi)",
        f"p.member_from_lo = a.since AND p.member_to_hi = {_LEFT}",
        f"member_from_lo = a.since, member_from_hi = a.since, member_to_lo = {_LEFT}, member_to_hi = {_LEFT}",
    ),
    _Cell(
        "dispute",
        "membership_dispute",
        "coalesce(p.membership_dispute, '?') <> ''",
        "a.word = 'member'",
        # found to be no member: a membership that begins after every day that could matter
        "membership_dispute = '', member_from_lo = CASE WHEN a.word = 'none' THEN DATE '9999-12-30' ELSE p.member_from_lo END,"
        " member_from_hi = CASE WHEN a.word = 'none' THEN DATE '9999-12-30' ELSE p.member_from_hi END,"
        f" member_to_lo = CASE WHEN a.word = 'none' THEN {_NEVER} ELSE p.member_to_lo END,"
        f" member_to_hi = CASE WHEN a.word = 'none' THEN {_NEVER} ELSE p.member_to_hi END",
    ),
)  # fmt: skip


def apply_answers(con: duckdb.DuckDBPyConnection, policy: Policy, answers: Sequence[dict[str, Any]]) -> None:
    """Lay answers into schema `paper`, after the dossier and before anything is derived; write `paper.answers`.

    `answers` are bodies of events, at most one for each question (and household). An answer fills only what the papers
    leave open. Where they say otherwise, the cell is not known and the case goes to a person (conflicting_evidence).
    """
    con.register("arriving", _arriving(answers, policy))
    con.execute(_query("answers"))
    con.unregister("arriving")
    if not answers:
        return
    _read_texts(con, policy)
    for cell in _PERSON_CELLS:
        con.execute(_query("person_cell").format(**cell._asdict()))
    for spec in policy.facts.values():
        if spec.source is not None:
            name = {"persons": "person_cell", "groups": "group_cell"}.get(spec.source.table)
            if name:
                con.execute(_query(name).format(**_declared(spec)._asdict()))
    for name in ("opinions", "certificates", "shares", "citations"):
        con.execute(_query(name))
    for asks in ("approval_day", "competence", "works"):
        con.execute(_query("approvals").format(asks=asks))
    con.execute(_query("conflicts"))


def refer_contradicted(con: duckdb.DuckDBPyConnection) -> None:
    """After the facts: whoever an agreement or approval touches that an answer contradicts goes to a person."""
    con.execute(_query("touched_conflicts"))


def _arriving(answers: Sequence[dict[str, Any]], policy: Policy) -> pa.Table:
    rows = [_row(number, answer, policy) for number, answer in enumerate(answers)]
    return pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in _COLUMNS.items()})


def _row(number: int, answer: dict[str, Any], policy: Policy) -> dict[str, Any]:
    place = answer["place"]
    spec = policy.facts.get(form.fact_asked(answer["asks"]))
    answer = answer if spec is None else answer | _value_of(answer["answer"], spec, policy)
    return {
        "n": number,
        **{key: answer[key] for key in ("asks", "subject_kind", "subject", "body")},
        "household_id": answer["household"],
        "word": answer["answer"],
        "place": named_place(answer["answer"], policy.gazetteer),
        "area_umu": answer["area_umu"],
        "since": _day(answer["since"]),
        "until": _day(answer["until"]),
        "reviewer": answer["by"],
        "said": _said(answer, policy),
        "file": place["file"],
        "sheet": place["sheet"],
        "sha256": place["sha256"],
        "row": place["row"],
    }


def _value_of(text: str, spec: FactSpec, policy: Policy) -> dict[str, Any]:
    """The answer about an added fact as columns of an answer; "unused" where the rulebook now reads it otherwise."""
    try:
        value = next(iter(read_value(text, spec, policy).values()))
    except ValueFormatError:
        return {"answer": "recorded"}
    match value:
        case bool():
            return {"answer": "yes" if value else "no"}
        case str():
            return {"answer": value}
        case int():
            return {"area_umu": value}
        case date():
            return {"since": value.isoformat()}
    return {"answer": "recorded"}


def _said(answer: dict[str, Any], policy: Policy) -> str:
    """The answer in words, with who gave it and when."""
    words = {key: word for word, key in form.form_of(answer["asks"]).words.items()}
    area = "" if answer["area_umu"] is None else f" {answer['area_umu'] / 1_000_000:.4f}亩"
    days = " 至 ".join(day for day in (answer["since"], answer["until"]) if day)
    by = f"{policy.bodies.get(answer['body'], answer['body'])} {answer['by']} {answer['on']}"
    subject = answer["household"] or ("" if answer["subject_kind"] == "person" else answer["subject"])
    word = words.get(answer["answer"], answer["answer"])
    return f"{subject} {word}{area} {days}".strip() + f"（{by}）"


def _read_texts(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Make table `reading`: texts of registered places and citations, with the place and the numbers they name."""
    found = con.execute(
        "SELECT hukou_place FROM paper.persons SEMI JOIN paper.answers ON resident_id = subject AND asks = 'hukou'"
        " UNION SELECT cited_approval_no FROM paper.agreements SEMI JOIN paper.answers USING (agreement_key)"
        " UNION SELECT word FROM paper.answers WHERE asks = 'link'"
    ).fetchall()
    texts = sorted(text for (text,) in found if text is not None)
    table = {
        "text": pa.array(texts, pa.string()),
        "place": pa.array([named_place(text, policy.gazetteer) for text in texts], pa.string()),
        "numbers": pa.array([";".join(sorted(map(str, parse_citation(text)))) for text in texts], pa.string()),
    }
    con.register("arriving", pa.table(table))
    con.execute("CREATE OR REPLACE TEMP TABLE reading AS SELECT * FROM arriving")
    con.unregister("arriving")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _query(name: str) -> str:
    return files("eligibility.review.answers").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
