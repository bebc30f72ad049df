"""A second run on a dossier in which one row in a hundred changed, with and without `--since`; the bytes must be the same."""

from __future__ import annotations

import random
from hashlib import file_digest
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

from bench.districts import decide, decided, dossier
from bench.process import figure

SHARE = 0.01
CHANGES = {"rows of persons": ("persons.csv",), "rows of every table": ("*.csv",)}


def measure_again(persons: int, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """For rows of one table and of all, scattered: a run that knows of no other, and one that follows the first."""
    first = decided(persons, folder)
    entries = []
    for what, patterns in CHANGES.items():
        papers = _changed(dossier(persons, folder), folder / "changed", patterns)
        anew, again = folder / "anew", folder / "again"
        runs = {
            f"run, 1 % of the {what} changed": [decide(papers, anew) for _ in range(rounds)],
            "the same, --since": [decide(papers, again, "--since", first) for _ in range(rounds)],
        }
        if _files(anew) != _files(again):
            raise SystemExit("a run that follows another writes other bytes")
        entries += [_told(name, done, persons) for name, done in runs.items()]
    return entries


def _told(name: str, runs: list[dict[str, Any]], persons: int) -> dict[str, Any]:
    manifest = runs[-1]["manifest"]
    return figure(name, runs, persons=persons, stages=manifest["seconds"], since=manifest.get("since"))


def _changed(papers: Path, out: Path, patterns: tuple[str, ...]) -> Path:
    """The papers with the last digit of a cell another one, in one row in a hundred of those files."""
    rmtree(out, ignore_errors=True)
    copytree(papers, out)
    rng = random.Random(1)
    for path in sorted(found for pattern in patterns for found in out.glob(pattern)):
        lines = path.read_bytes().split(b"\n")
        for at in rng.sample(range(1, len(lines) - 1), int(len(lines) * SHARE)):
            lines[at] = _another(rng, lines[at])
        path.write_bytes(b"\n".join(lines))
    return out


def _another(rng: random.Random, line: bytes) -> bytes:
    cells = line.split(b",")
    places = [at for at, cell in enumerate(cells) if cell[-1:].isdigit()] if b'"' not in line else []
    if places:
        at = rng.choice(places)
        cells[at] = cells[at][:-1] + b"%d" % ((int(cells[at][-1:]) + 1) % 10)
    return b",".join(cells)


def _files(run: Path) -> dict[str, str]:
    found = {}
    for path in sorted(run.rglob("*")):
        if path.is_file() and path.name != "manifest.json":
            with path.open("rb") as file:
                found[path.relative_to(run).as_posix()] = file_digest(file, "sha256").hexdigest()
    return found
