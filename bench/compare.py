"""Two results of the same workload side by side, with ratios: python -m bench compare A.json B.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def compare(one: Path, other: Path) -> str:
    """A table of every figure that stands in both; a ratio below 1 means that the second is faster or smaller."""
    before, after = (json.loads(path.read_text("utf-8")) for path in (one, other))
    lines = [
        f"A: {one.name}, {_machine(before)}",
        f"B: {other.name}, {_machine(after)}",
        *_changed(before["machine"]["versions"], after["machine"]["versions"]),
        "",
        "| figure | A s | B s | B ÷ A | A MB | B MB | B ÷ A |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    found = {entry["name"]: entry for entry in after["results"] if "name" in entry}
    for entry in before["results"]:
        for name, a, b in _pairs(entry, found.get(entry.get("name"))):
            lines.append(
                f"| {name} | {_cells(a.get('seconds'), b.get('seconds'))} | {_cells(a.get('peak_mb'), b.get('peak_mb'))} |"
            )
    return "\n".join(lines)


def _pairs(entry: dict[str, Any], other: dict[str, Any] | None) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    if other is None:
        return []
    stages = [
        (f"  {stage}", {"seconds": seconds}, {"seconds": other["stages"][stage]})
        for stage, seconds in entry.get("stages", {}).items()
        if stage in other.get("stages", {})
    ]
    return [(entry["name"], entry, other), *stages]


def _cells(a: float | None, b: float | None) -> str:
    if a is None or b is None:
        return " | | "
    return f"{a:,.2f} | {b:,.2f} | {b / a:.2f}" if a else f"{a:,.2f} | {b:,.2f} | "


def _machine(result: dict[str, Any]) -> str:
    found = result["machine"]
    return f"{found['cores']} cores, {found['memory_gb']} GB, Python {found['python']}, {result['rounds']} rounds"


def _changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    names = sorted(before.keys() | after.keys())
    return [f"{n}: {before.get(n, '–')} → {after.get(n, '–')}" for n in names if before.get(n) != after.get(n)]
