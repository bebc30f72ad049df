"""How long a person waits for small things: the help, a made-up case, one person's explanation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.districts import decided
from bench.process import eligibility, figure
from eligibility.store.database import connect


def measure_start(persons: int, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """Help, `check` of the printed example, `explain` for the person in the middle of a finished run."""
    out = decided(persons, folder)
    case = folder / "case.yaml"
    case.write_text(eligibility("check", "--example")["said"], "utf-8")
    asked = f"SELECT resident_id FROM '{out / 'decisions.parquet'}' LIMIT 1 OFFSET {persons // 2}"
    someone = str(connect().execute(asked).fetchall()[0][0])
    commands: dict[str, tuple[str | Path, ...]] = {
        "--help": ("--help",),
        "check": ("check", case),
        f"explain, one of {persons}": ("explain", someone, "--run", out),
    }
    return [figure(name, [eligibility(*words) for _ in range(rounds)]) for name, words in commands.items()]
