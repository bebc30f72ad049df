"""`eligibility simulate`: a made-up district on the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.progress import Progress, TaskID

from eligibility.cli.screen import Screen, print_plain
from eligibility.simulation import chosen_rates, simulate


def simulate_district(
    out: Path,
    *,
    persons: int,
    seed: int,
    form: str,
    encoding: str,
    rates: list[str],
    noise: str = "usual",
    style: str = "nine",
    lang: str,
) -> None:
    """Write a dossier and the truth beside it; say what was written.

    Raises:
        InputError: an unknown rate, profile, format, encoding or style, or a folder that is not empty.

    """
    chosen, defects = chosen_rates(rates, noise)
    with Progress(console=Screen(stderr=True), disable=not sys.stderr.isatty()) as progress:
        tasks: dict[str, TaskID] = {}

        def tick(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done)

        simulate(
            out,
            persons=persons,
            seed=seed,
            rates=chosen,
            defects=defects,
            format=form,
            encoding=encoding,
            style=style,
            progress=tick,
        )
    said = f"wrote {persons:,} made-up persons to {out}" if lang == "en" else f"已造 {persons:,} 名虚构人员：{out}"
    print_plain(said)
