"""zen-engine (GoRules, Rust): one decision of one expression node, evaluated for each person."""

from __future__ import annotations

import json

import duckdb
import pyarrow as pa
from sqlglot import exp
from zen import ZenEngine

from bench.contenders.statements import answer, columns_in, day_number, flat_facts, statements
from eligibility.model.policy import Policy

SIGNS = {exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.EQ: "==", exp.NEQ: "!="}


def per_person(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Facts of a person in, every statement out."""
    columns = flat_facts(con, policy)
    decision = ZenEngine().create_decision(json.dumps(_graph(policy)))
    found = []
    for row_id, *values in con.execute("SELECT * FROM flat").fetchall():
        holds = decision.evaluate(dict(zip(columns, values, strict=True)))["result"]
        found.append((row_id, *answer(policy, holds)))
    row_ids, outcomes, reasons = zip(*found, strict=True)
    con.register("found", pa.table({"row_id": row_ids, "outcome": outcomes, "reasons": reasons}))
    con.execute("CREATE TABLE answers AS SELECT * FROM found")


def _graph(policy: Policy) -> dict[str, object]:
    made = [
        {"id": s.name, "key": s.name, "value": _text(s.formula, "" if s.level == 0 else "$.")}
        for s in statements(policy)
    ]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "law", "type": "expressionNode", "name": "law", "content": {"expressions": made}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    pairs = (("in", "law"), ("law", "out"))
    return {
        "nodes": nodes,
        "edges": [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairs],
    }


def _text(node: exp.Expr, at: str) -> str:  # noqa: PLR0911 - one return a case
    match node:
        case exp.And() | exp.Or():
            word = "and" if isinstance(node, exp.And) else "or"
            return f"({_text(node.this, at)} {word} {_text(node.expression, at)})"
        case exp.Not():
            return f"not ({_text(node.this, at)})"
        case exp.Paren():
            return _text(node.this, at)
        case exp.Coalesce():
            known = " and ".join(f"{name} != null" for name in columns_in(node.this))
            return f"({known} and {_text(node.this, at)})"
        case exp.Is():
            return f"({_text(node.this, at)} == null)"
        case exp.In():
            return f"({_text(node.this, at)} in [{', '.join(_text(value, at) for value in node.expressions)}])"
        case exp.Cast():
            return str(day_number(node))
        case exp.Boolean():
            return str(node.this).lower()
        case exp.Column():
            return f"{at}{node.name}"
        case exp.Literal():
            return f"'{node.this}'" if node.is_string else str(node.this)
    return f"({_text(node.this, at)} {SIGNS[type(node)]} {_text(node.expression, at)})"
