"""OpenFisca-Core: every statement a variable, computed for all persons at once on numpy arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import numpy
import pyarrow as pa
from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables
from openfisca_core.simulation_builder import SimulationBuilder
from sqlglot import exp

from bench.contenders.statements import columns_in, day_number, flat_facts, reasons, statements
from eligibility.model.policy import Policy

YEAR = "2022"
Array = Any


def vectorised(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Facts in as arrays, outcome and reasons out as arrays of statements; put into words by one query."""
    columns = flat_facts(con, policy)
    person = entities.build_entity("person", "persons", "", is_person=True)
    system = taxbenefitsystems.TaxBenefitSystem([person])
    for name in columns:
        # its own floats have 32 bits, in which an area in micro-亩 is not exact
        system.add_variable(_variable(person, name, float)).dtype = numpy.float64
        system.add_variable(_variable(person, f"{name}_known", bool))
    for statement in statements(policy):
        system.add_variable(_variable(person, statement.name, bool, _for_everyone(_compiled(statement.formula))))
    facts = con.execute("SELECT * FROM flat").fetchnumpy()
    simulation = _fill(system, columns, facts)
    wanted = {f"is_{outcome}_p": outcome for outcome in reasons(policy)}
    given = {name: code for of in reasons(policy).values() for code, name in of}
    found = {name: simulation.calculate(name, YEAR) for name in (*wanted, *given)}
    con.register("found", pa.table({"row_id": numpy.asarray(facts["row_id"])} | found))
    con.execute(_words(policy))


def _for_everyone(formula: Callable[[Any, Any], Array]) -> Callable[..., Array]:
    def made(person: Any, period: Any) -> Array:
        return numpy.broadcast_to(formula(person, period), person.count)

    return made


def _variable(entity: Any, name: str, kind: type, formula: Callable[..., Array] | None = None) -> Any:
    members: dict[str, Any] = {
        "value_type": kind,
        "entity": entity,
        "definition_period": periods.DateUnit.YEAR,
        "label": name,
    }
    return type(name, (variables.Variable,), members | ({"formula": formula} if formula else {}))


def _fill(system: Any, columns: list[str], facts: dict[str, Array]) -> simulations.Simulation:
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", numpy.arange(len(facts["row_id"])))
    simulation = builder.build(system)
    for name in columns:
        array = numpy.ma.asarray(facts[name])
        missing = numpy.ma.getmaskarray(array)
        values = array.filled() if array.dtype != object else _coded(array)
        if array.dtype == object:
            missing = numpy.array([value is None for value in array.data]) | missing
        simulation.set_input(name, YEAR, numpy.asarray(values, numpy.float64))
        simulation.set_input(f"{name}_known", YEAR, ~missing)
    return simulation


def _coded(array: Array) -> Array:
    codes = {value: _code(value) for value in set(array.data) if value is not None}
    return numpy.array([codes.get(value, 0.0) for value in array.data])


def _code(word: str) -> float:
    """A number for a word; 52 bits of it, so that two words of a rulebook do not meet."""
    return float(int.from_bytes(word.encode()[-6:].rjust(6, b"\0"), "big"))


def _compiled(node: exp.Expr) -> Callable[[Any, Any], Array]:  # noqa: PLR0911 - one return a case
    match node:
        case exp.Paren():
            return _compiled(node.this)
        case exp.And() | exp.Or():
            one, other = _compiled(node.this), _compiled(node.expression)
            if isinstance(node, exp.And):
                return lambda at, period: one(at, period) & other(at, period)
            return lambda at, period: one(at, period) | other(at, period)
        case exp.Not():
            inner = _compiled(node.this)
            return lambda at, period: numpy.logical_not(inner(at, period))
        case exp.Coalesce():
            names, inner = columns_in(node.this), _compiled(node.this)
            return lambda at, period: numpy.logical_and.reduce(
                [*(at(f"{name}_known", period) for name in names), inner(at, period)]
            )
        case exp.Is():
            return lambda at, period: numpy.logical_not(at(f"{node.this.name}_known", period))
        case exp.In():
            inner, codes = _compiled(node.this), [_code(value.this) for value in node.expressions]
            return lambda at, period: numpy.isin(inner(at, period), codes)
        case exp.Cast():
            return lambda _at, _period: float(day_number(node))
        case exp.Boolean():
            return lambda _at, _period: numpy.bool_(node.this)
        case exp.Column():
            return lambda at, period: at(node.name, period)
        case exp.Literal():
            value = _code(node.this) if node.is_string else float(node.this)
            return lambda _at, _period: value
    one, other, compare = _compiled(node.this), _compiled(node.expression), COMPARE[type(node)]
    return lambda at, period: compare(one(at, period), other(at, period))


COMPARE = {
    exp.LT: numpy.less, exp.LTE: numpy.less_equal, exp.GT: numpy.greater, exp.GTE: numpy.greater_equal,
    exp.EQ: numpy.equal, exp.NEQ: numpy.not_equal,
}  # fmt: skip


def _words(policy: Policy) -> str:
    """Statements that hold → outcome and reasons."""
    outcomes = " ".join(f"WHEN is_{outcome}_p THEN '{outcome}'" for outcome in reasons(policy))
    given = sorted((code, name, outcome) for outcome, of in reasons(policy).items() for code, name in of)
    codes = ", ".join(f"CASE WHEN is_{outcome}_p AND {name} THEN '{code}' END" for code, name, outcome in given)
    return f"CREATE TABLE answers AS SELECT row_id, CASE {outcomes} END AS outcome, concat_ws(';', {codes}) AS reasons FROM found"
