"""CLIPS through clipspy: one person a reset; statements are facts, levels are saliences."""

from __future__ import annotations

import clips
import duckdb
import pyarrow as pa
from sqlglot import exp

from bench.contenders.statements import Statement, answer, columns_in, day_number, flat_facts, statements
from eligibility.model.policy import Policy

SIGNS = {exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.EQ: "eq", exp.NEQ: "neq"}
UNKNOWN = clips.Symbol("unknown")


def per_person(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """A fact of all columns in, the statements that hold out."""
    columns, law = flat_facts(con, policy), statements(policy)
    engine = clips.Environment()
    engine.build(f"(deftemplate person {' '.join(f'(slot {name})' for name in columns)})")
    for statement in law:
        if not isinstance(statement.formula, exp.Boolean):
            engine.build(_rule(statement))
    always = {s.name for s in law if isinstance(s.formula, exp.Boolean) and s.formula.this}
    person = engine.find_template("person")
    found = []
    for row_id, *values in con.execute("SELECT * FROM flat").fetchall():
        engine.reset()
        for name in always:
            engine.assert_string(f"({name})")
        person.assert_fact(**dict(zip(columns, map(_value, values), strict=True)))
        engine.run()
        holds = {fact.template.name: True for fact in engine.facts()}
        found.append((row_id, *answer(policy, holds)))
    row_ids, outcomes, reasons = zip(*found, strict=True)
    con.register("found", pa.table({"row_id": row_ids, "outcome": outcomes, "reasons": reasons}))
    con.execute("CREATE TABLE answers AS SELECT * FROM found")


def _value(value: object) -> object:
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return clips.Symbol("yes" if value else "no")
    return clips.Symbol(value) if isinstance(value, str) else value


def _rule(statement: Statement) -> str:
    if statement.level == 0:
        slots = " ".join(f"({name} ?{name})" for name in columns_in(statement.formula))
        premise = f"(person {slots}) (test {_text(statement.formula)})"
    else:
        premise = _pattern(statement.formula)
    return (
        f"(defrule {statement.name} (declare (salience {-statement.level})) {premise} => (assert ({statement.name})))"
    )


def _pattern(node: exp.Expr) -> str:
    match node:
        case exp.And() | exp.Or():
            return f"({'and' if isinstance(node, exp.And) else 'or'} {_pattern(node.this)} {_pattern(node.expression)})"
        case exp.Not():
            return f"(not {_pattern(node.this)})"
        case exp.Paren():
            return _pattern(node.this)
        case _:
            return f"({node.name})"


def _text(node: exp.Expr) -> str:  # noqa: PLR0911 - one return a case
    match node:
        case exp.And() | exp.Or():
            return f"({'and' if isinstance(node, exp.And) else 'or'} {_text(node.this)} {_text(node.expression)})"
        case exp.Not():
            return f"(not {_text(node.this)})"
        case exp.Paren():
            return _text(node.this)
        case exp.Coalesce():
            known = " ".join(f"(neq ?{name} unknown)" for name in columns_in(node.this))
            return f"(and {known} {_text(node.this)})"
        case exp.Is():
            return f"(eq {_text(node.this)} unknown)"
        case exp.In():
            return f"(or FALSE {' '.join(f'(eq {_text(node.this)} {_text(value)})' for value in node.expressions)})"
        case exp.Cast():
            return str(day_number(node))
        case exp.Boolean():
            return "TRUE" if node.this else "FALSE"
        case exp.Column():
            return f"?{node.name}"
        case exp.Literal():
            return str(node.this)
    return f"({SIGNS[type(node)]} {_operand(node.this)} {_operand(node.expression)})"


def _operand(node: exp.Expr) -> str:
    """What is compared: the truth of a fact is a word, while TRUE and FALSE are what a comparison comes to."""
    return ("yes" if node.this else "no") if isinstance(node, exp.Boolean) else _text(node)
