"""What a run keeps for its explanations."""

from __future__ import annotations

from pathlib import Path

from eligibility.application.saved_runs import store_table
from eligibility.store.database import connect


def test_to_find_one_person_of_many_only_a_small_part_of_a_table_is_read(tmp_path: Path) -> None:
    tables = {"paper.persons": "persons", "decision.persons": "decided"}
    with connect() as con:
        con.execute("CREATE SCHEMA paper; CREATE SCHEMA decision")
        for table in tables:
            con.execute(f"CREATE TABLE {table} AS SELECT range AS row_id FROM range(100_000)")
            store_table(con, table, tmp_path)
        for name in tables.values():
            groups = con.execute(
                "SELECT row_group_num_rows FROM parquet_metadata(?) WHERE stats_min::BIGINT <= 70000 AND stats_max::BIGINT >= 70000",
                [str(tmp_path / "papers" / f"{name}.parquet")],
            ).fetchall()
            assert len(groups) == 1
            assert groups[0][0] <= 20_480
