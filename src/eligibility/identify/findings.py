"""Puts what could not be identified into `paper.quarantine`, with its place, in the words of the catalogue."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from eligibility.intake import finding_words


def write_findings(con: duckdb.DuckDBPyConnection) -> None:
    """Add one row to `paper.quarantine` for every written place, household or roll line that is not unique."""
    names = ("community_of_several", "group_of_several", "group_of_any", "community_in_two_streets",
             "household_in_two_places", "line_of_another_place", "zero_area", "day_impossible", "plots_added",
             "list_against", "sheet_out_of_scale", "household_out_of_scale", "total_out_of_scale")  # fmt: skip
    con.execute(
        "CREATE OR REPLACE TEMP TABLE wording (issue VARCHAR, code VARCHAR, problem VARCHAR, remedy VARCHAR, problem_en VARCHAR, remedy_en VARCHAR)"
    )
    for name in names:
        issue = finding_words(name)
        row = (name, issue.code, issue.problem.zh, issue.remedy.zh, issue.problem.en, issue.remedy.en)
        con.execute("INSERT INTO wording VALUES (?, ?, ?, ?, ?, ?)", row)
    con.execute(files("eligibility.identify").joinpath("sql", "findings.sql").read_text(encoding="utf-8"))
