"""The worked example at the head of the package `facts`, followed through its tables."""

from __future__ import annotations

import pytest

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.rulebook import load_policy
from eligibility.store.database import connect
from facts.test_attribution import MU, group_of_two
from support.paper_folder import AS_OF, RULES

STEPS = {
    "agreement": ("farmland, covered, allocated", {("协1",): (7, 7, 5)}),
    "roll_taking": ("taken", {("协1", "H2"): (5,)}),
    "pool": ("remainder", {("协1",): (2,)}),
    "own_land": ("own_area_min, own_area_max", {("H1",): (4, 4), ("H2",): (6, 6)}),
    "loss_inputs": (
        "own_min, own_max, group_remainder, group_contracted_left",
        {("H1",): (4, 4, 2, 5), ("H2",): (1, 1, 2, 5)},
    ),
    "pool_bounds": ("group_min", {("H1",): (1,), ("H2",): (0,)}),
    "land_loss": (
        "lawful_loss_min, lawful_loss_max, remaining_area_min, remaining_area_max",
        {("H1",): (1, 2, 2, 3), ("H2",): (5, 6, 0, 1)},
    ),
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[tuple[str, ...], tuple[float, ...]]]:
    folder = tmp_path_factory.mktemp("example") / "dossier"
    group_of_two(area="7.00").line("H2", "5.00").write(folder)
    with connect() as con:
        execute(Work(con, load_policy(RULES, as_of=AS_OF), folder), last="facts")
        found = {}
        for table, (columns, rows) in STEPS.items():
            names = ("agreement_key", "household_id") if table == "roll_taking" else ("agreement_key",)
            keys = names if table in ("agreement", "roll_taking", "pool") else ("household_id",)
            values = con.execute(f"SELECT {', '.join(keys)}, {columns} FROM {table}").fetchall()
            width = len(next(iter(rows)))
            found[table] = {row[:width]: tuple(value / MU for value in row[width:]) for row in values}
    return found


@pytest.mark.parametrize("table", STEPS)
def test_each_step_of_the_example_has_the_values_that_are_written_down(
    table: str, tables: dict[str, dict[tuple[str, ...], tuple[float, ...]]]
) -> None:
    assert tables[table] == STEPS[table][1]
