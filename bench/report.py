"""The figures of docs/performance.md, written from bench/results: python -m bench report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: python -m bench report -->\n", "<!-- end of figures -->\n"
ORDER = ("decisions", "end-to-end", "start", "benefits", "memory", "spark", "soak")


def report(results: Path, page: Path = PAGE) -> None:
    """Write the tables of all results between the marks of the page."""
    text = page.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(before + BEGIN + figures(results) + END + after, "utf-8")


def figures(results: Path) -> str:
    """Every result of a workload of this page as a section of Markdown, in a fixed order, sizes ascending."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(results.glob("*.json"))]
    found = [one for one in found if one.get("workload") in ORDER]
    known = sorted(found, key=lambda one: (ORDER.index(one["workload"]), one["persons"]))
    return "".join(f"\n### {_title(one)}\n\n{_table(one)}\n" for one in known)


def _title(result: dict[str, Any]) -> str:
    return f"{result['workload']}, {result['persons']:,} persons"


def _table(result: dict[str, Any]) -> str:
    made = {"decisions": _decisions, "soak": _soak}.get(result["workload"], _runs)
    machine = result["machine"]
    versions = machine["versions"]
    told = f"{machine['cores']} cores, {machine['memory_gb']} GB, Python {machine['python']}, median of {result['rounds']}; "
    told += ", ".join(f"{name} {version}" for name, version in versions.items() if name in _MET[result["workload"]])
    return "\n".join([told, "", *made(result["results"]), *([f"\n{result['note']}"] if result.get("note") else [])])


_MET = {
    "decisions": ("duckdb", "durable-rules", "zen-engine", "clipspy", "openfisca-core"),
    "end-to-end": ("duckdb",), "start": (), "benefits": ("duckdb",), "memory": ("duckdb",), "spark": ("duckdb", "pyspark"), "soak": (),
}  # fmt: skip


def _decisions(entries: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| contender | seconds | persons a second | peak MB | × this program | same answers |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for e in entries:
        note = " (extrapolated)" if e["extrapolated"] else ""
        ratio = "not counted" if e["times_this_program"] is None else f"{e['times_this_program']:.2f}"
        same = f"no: {e['differing']:,} differ" if e["differing"] else f"yes, {e['persons']:,}"
        lines.append(
            f"| {e['name']} | {e['seconds_for_all']:.2f}{note} | {e['persons_per_second']:,.0f} | {e['peak_mb']:.0f} "
            f"| {ratio} | {same} |"
        )
    return lines


def _runs(entries: list[dict[str, Any]]) -> list[str]:
    lines = ["| command | seconds | peak MB | stages, seconds |", "|---|---:|---:|---|"]
    for e in entries:
        stages = sorted(e.get("stages", {}).items(), key=lambda item: -item[1])
        told = ", ".join(f"{name} {seconds:.1f}" for name, seconds in stages if seconds >= 0.05)
        lines.append(f"| `{e['name']}` | {e['seconds']:.2f} | {e['peak_mb']:.0f} | {told} |")
    return lines


def _soak(entries: list[dict[str, Any]]) -> list[str]:
    return [
        f"{e['batches']} batches in one process: memory {e['rss_mb'][0]:.0f} MB after the first, {e['rss_mb'][-1]:.0f} MB after "
        f"the last, {e['growth_mb_a_batch']:+.2f} MB a batch once settled; threads {_all(e['threads'])}, open files "
        f"{_all(e['files'])}, different results {e['different_results']}."
        for e in entries
    ]


def _all(values: list[int]) -> str:
    return ", ".join(map(str, values))
