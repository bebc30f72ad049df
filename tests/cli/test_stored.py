"""What a run keeps for its explanations."""

from __future__ import annotations

from pathlib import Path

from eligibility.cli.stored import LINKS, PAPERS, store_run
from eligibility.domain.desk import open_desk
from support.paper_folder import RULES


def test_to_find_one_person_of_many_only_a_small_part_of_a_table_is_read(tmp_path: Path) -> None:
    names = [*(f"paper.{one}" for one in PAPERS), *(f"link.{one}" for one in LINKS)]
    names += ["decision.persons", "decision.questions", "decision.person_questions"]
    with open_desk() as con:
        con.execute("CREATE SCHEMA paper; CREATE SCHEMA link; CREATE SCHEMA decision")
        for name in names:
            con.execute(
                f"CREATE TABLE {name} AS SELECT range AS row_id FROM range({100_000 if 'persons' in name else 1})"
            )
        store_run(con, RULES, tmp_path)
        for name in ("persons", "decided"):
            groups = con.execute(
                "SELECT row_group_num_rows FROM parquet_metadata(?) WHERE stats_min::BIGINT <= 70000 AND stats_max::BIGINT >= 70000",
                [str(tmp_path / "papers" / f"{name}.parquet")],
            ).fetchall()
            assert len(groups) == 1
            assert groups[0][0] <= 20_480
