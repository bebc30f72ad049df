"""How old a question is: since the first batch that asked it, and every batch after that."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import duckdb

from eligibility.application.workbench.asked import asked, first_asked
from eligibility.audit import Kept
from eligibility.model.event import Event


def batch(kept: Kept, folder: Path, day: str, *questions: str) -> Event:
    """A batch of that day which asked these questions."""
    path = folder / "questions.parquet"
    with duckdb.connect() as con:
        con.execute(
            "COPY (SELECT unnest($1::VARCHAR[]) AS question_id, 'staff' AS asks, 'person' AS subject_kind, 'x' AS subject,"
            f" 'human_resources' AS bodies) TO '{path}' (FORMAT parquet)",
            [list(questions)],
        )
    body = {"questions": kept.keep(path)}
    return Event(1, f"{day}T09:00:00+08:00", "decided", body, "", "")


def test_a_question_counts_from_the_first_batch_that_asked_it_without_a_break(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    events = [
        batch(kept, tmp_path, "2026-01-01", "staff-1", "staff-2"),
        batch(kept, tmp_path, "2026-02-01", "staff-1", "staff-3"),
        batch(kept, tmp_path, "2026-03-01", "staff-1", "staff-2", "staff-3"),
    ]
    desk = SimpleNamespace(events=events, record=SimpleNamespace(kept=kept))
    days = {question: at[:10] for question, at in first_asked(desk).items()}  # type: ignore[arg-type]
    assert days == {"staff-1": "2026-01-01", "staff-2": "2026-03-01", "staff-3": "2026-02-01"}
    assert asked(desk).keys() == days.keys()  # type: ignore[arg-type]
