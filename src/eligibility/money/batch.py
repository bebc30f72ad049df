"""Reckons the benefits of a whole run: persons who are reckoned alike are reckoned once; a sample is reckoned again one by one.

Table `benefit.persons` has a row for each person, benefit and payer; `benefit.items` the benefits that the rulebook declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.engine.sql_operands import age, shifted
from eligibility.labels.values import bare_number
from eligibility.model.errors import EligibilityError
from eligibility.model.formula import Constant, FactRef, Shifted
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth
from eligibility.money.classes import class_of
from eligibility.money.reckon import Reckoned, Reckoner
from eligibility.money.words import exact_yuan

SAMPLE = 200
"""Persons of a benefit who are reckoned again from their own row of facts."""

CLASSES = pa.schema(
    [("profile_id", pa.string()), ("outcome", pa.string()), ("class", pa.string()), ("possible", pa.string())]
)
ITEMS = pa.schema(
    [
        *(("benefit", pa.string()), ("title", pa.string()), ("paid", pa.string())),
        *(("transfer", pa.bool_()), ("starts", pa.bool_())),
    ]
)
_MONEY = pa.decimal128(18, 2)
_PARTS = pa.schema(
    [
        *(("number", pa.int64()), ("place", pa.int64()), ("entitled", pa.string())),
        *(("whole_min", _MONEY), ("whole_max", _MONEY), ("payer", pa.string()), ("share", pa.string())),
        *(("amount_min", _MONEY), ("amount_max", _MONEY), ("most", pa.int64())),
        *(("assumed_parameters", pa.string()), ("unset_parameters", pa.string())),
    ]
)


class Disagreement(EligibilityError):
    """A person reckoned alone comes out otherwise than in the batch: a fault of the program."""


def classify(con: duckdb.DuckDBPyConnection, policy: Policy, outcomes: Mapping[str, str] | None = None) -> None:
    """Write `decision.classes`: the class of each profile, from the marks of its conditions.

    `outcomes`: outcome to be taken instead of another (what those in review would be, were they admitted).
    """
    cursor = con.execute("SELECT * FROM verdict.profiles ORDER BY profile_id")
    names = [column[0] for column in cursor.description or ()]
    rows = []
    for values in cursor.fetchall():
        profile = dict(zip(names, values, strict=True))
        marks = {name: Truth(profile[name]) for name in policy.conditions}
        outcome = (outcomes or {}).get(profile["outcome"], profile["outcome"])
        reached = class_of(policy, outcome, marks)
        rows.append((profile["profile_id"], outcome, reached.id, ";".join(code or "-" for code in reached.possible)))
    con.execute("CREATE SCHEMA IF NOT EXISTS decision")
    _put(con, "decision.classes", CLASSES, rows if policy.classes or outcomes is not None else [], temporary=False)


def reckon_persons(
    con: duckdb.DuckDBPyConnection,
    policy: Policy,
    *,
    table: str = "benefit.persons",
    outcomes: Mapping[str, str] | None = None,
) -> None:
    """Write `table` and `benefit.items` from the facts and verdicts of a run.

    Raises:
        Disagreement: one of a sample of persons, reckoned alone, comes out otherwise.

    """
    con.execute("CREATE SCHEMA IF NOT EXISTS benefit")
    items = [
        (entry.id, entry.title, entry.paid, entry.transfer, entry.starts is not None)
        for entry in policy.benefits.values()
    ]
    _put(
        con,
        "benefit.items",
        ITEMS,
        items,
        temporary=False,
    )
    con.execute(_query("empty").format(table=table))
    _class_of_profiles(con, policy, outcomes)
    for place, benefit in enumerate(policy.benefits.values()):
        _reckon(con, Reckoner(policy, benefit), place, table)
    con.execute(_query("ordered").format(table=table))


def _class_of_profiles(con: duckdb.DuckDBPyConnection, policy: Policy, outcomes: Mapping[str, str] | None) -> None:
    """Write `benefit_profiles`: of every profile the outcome that counts, its class, and the classes that it may be."""
    cursor = con.execute("SELECT * FROM verdict.profiles ORDER BY profile_id")
    names = [column[0] for column in cursor.description or ()]
    rows: list[tuple[Any, ...]] = []
    for values in cursor.fetchall():
        profile = dict(zip(names, values, strict=True))
        outcome = (outcomes or {}).get(profile["outcome"], profile["outcome"])
        reached = class_of(policy, outcome, {name: Truth(profile[name]) for name in policy.conditions})
        rows.extend(
            (profile["profile_id"], benefit.id, reached.id, reached.includes(benefit.classes))
            for benefit in policy.benefits.values()
            if outcome in benefit.outcomes and not reached.excludes(benefit.classes)
        )
    schema = pa.schema(
        [("profile_id", pa.string()), ("benefit", pa.string()), ("class", pa.string()), ("sure", pa.bool_())]
    )
    _put(con, "benefit_profiles", schema, rows)


def _reckon(con: duckdb.DuckDBPyConnection, reckoner: Reckoner, place: int, table: str) -> None:
    policy, benefit = reckoner.policy, reckoner.benefit
    keys = [f'fact."{column}" AS "{column}"' for column in reckoner.columns]
    for number, entry in enumerate(reckoner.ages):
        for end, text in zip(("lo", "hi"), age(entry, policy.facts), strict=True):
            keys.append(f'({text.sql(dialect="duckdb")}) AS "age_{number}_{end}"')
    con.execute(_query("cases").format(keys="".join(f", {key}" for key in keys)), {"benefit": benefit.id})
    width = len(reckoner.columns)
    cases = con.execute("SELECT * EXCLUDE (rows) FROM benefit_cases ORDER BY number").fetchall()
    parts: list[tuple[Any, ...]] = []
    made: dict[int, Reckoned] = {}
    for number, first, sure, _, *values in cases:
        row = dict(zip(reckoner.columns, values[:width], strict=True))
        ends = list(zip(values[width::2], values[width + 1 :: 2], strict=True))
        reckoned = reckoner.of(row, ends)
        made[first] = reckoned
        parts.extend(_parts(number, reckoned, sure=sure))
    _again(con, reckoner, made)
    _put(con, "benefit_parts", _PARTS, parts)
    days = {name: _day(getattr(benefit, name), policy) for name in ("starts", "ends")}
    query = _query("joined").format(table=table, **days)
    con.execute(query, {"benefit": benefit.id, "paid": benefit.paid, "item": place})


def _again(con: duckdb.DuckDBPyConnection, reckoner: Reckoner, made: Mapping[int, Reckoned]) -> None:
    """Reckon some of the first persons of each case again, from their whole row of facts, their ages counted here."""
    chosen = sorted(made)[:: max(1, -(-len(made) // SAMPLE))]
    cursor = con.execute("SELECT * FROM fact.persons WHERE row_id IN (SELECT unnest(?))", [chosen])
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        alone = reckoner.of(row)
        if alone != made[row["row_id"]]:
            raise Disagreement(
                f"benefit {reckoner.benefit.id}, row {row['row_id']}: reckoned alone it is another amount"
            )


def _parts(number: int, reckoned: Reckoned, *, sure: bool) -> Iterable[tuple[Any, ...]]:
    """A row for each payer; one without a name where the rulebook names none. Nothing where the person gets nothing."""
    if reckoned.entitled is Truth.REFUTED:
        return
    entitled = "yes" if reckoned.entitled is Truth.PROVEN and sure else "open"
    whole = (_yuan(reckoned.low), _yuan(reckoned.high))
    most = None if reckoned.most is None else int(reckoned.most)
    lists = (";".join(reckoned.assumed), ";".join(reckoned.unset))
    if not reckoned.parts:
        yield (number, 0, entitled, *whole, "", "", *whole, most, *lists)
    for place, part in enumerate(reckoned.parts):
        share = "" if part.share is None else bare_number(part.share * 100)
        yield (number, place, entitled, *whole, part.payer, share, _yuan(part.low), _yuan(part.high), most, *lists)


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else exact_yuan(fen)


def _day(day: FactRef | Constant | Shifted | None, policy: Policy) -> str:
    """SQL: the day, where it is one and known; NULL else."""
    match day:
        case None | Shifted(amount=None):
            return "NULL::DATE"
        case Constant(value=value):
            return f"DATE '{value.isoformat()}'" if isinstance(value, date) else "NULL::DATE"
        case FactRef(id=fact):
            low, high = (f'fact."{column}"' for column in policy.facts[fact].columns)
        case _:
            low, high = (end.sql(dialect="duckdb") for end in shifted(day, policy.facts))
    return f"CASE WHEN ({low}) = ({high}) THEN ({low}) END"


def _put(
    con: duckdb.DuckDBPyConnection,
    name: str,
    schema: pa.Schema,
    rows: Sequence[tuple[Any, ...]],
    *,
    temporary: bool = True,
) -> None:
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in schema]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    con.register("arriving", pa.table(arrays, schema=schema))
    con.execute(f"CREATE OR REPLACE {'TEMP ' if temporary else ''}TABLE {name} AS SELECT * FROM arriving")
    con.unregister("arriving")


@cache
def _query(name: str) -> str:
    return files("eligibility.money").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def payment_query(name: str) -> str:
    """The text of a query on payments."""
    return _query(name)


def exact_share(text: str) -> Fraction:
    """The share of a row of `benefit.persons` as a part of one.

    >>> exact_share("80"), exact_share("100/3")
    (Fraction(4, 5), Fraction(1, 3))
    """
    return Fraction(text) / 100
