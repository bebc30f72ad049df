"""Who of a finished run would be decided differently under an edited rulebook: the comparison, and its files."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from eligibility.application.saved_runs import open_run
from eligibility.application.what_if import Redecided, keep_shifts, redecide
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Parameter, Policy
from eligibility.reporting.impact import Impact, impact
from eligibility.rulebook import load_policy
from eligibility.rulebook.difference import Difference, differences, read_side
from eligibility.rulebook.problems import unknown_name
from eligibility.rulebook.timelines import COMPARISONS
from eligibility.store.folders import atomic_folder

FILES = ("impact.html", "impact.json", "impact.xlsx")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A rulebook to try on a run: `rules` None is the rulebook of the run itself; `values` are NAME=VALUE."""

    rules: Path | None
    run: Path
    values: Sequence[str] = ()
    compare: str = ""
    out: Path | None = None

    def rulebook(self, old: Policy) -> Path:
        """The folder of the rulebook that is tried on a run decided under `old`."""
        return self.rules or self.run / "rules" / old.id


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it: the counts, what the two rulebooks say differently, and how it was found."""

    counts: Impact
    said: list[Difference]
    redecided: Redecided
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """All of it as plain data."""
        said = [
            {"part": d.part, "id": d.id, "change": d.change, "what": d.what.en, "old": d.old.zh, "new": d.new.zh}
            for d in self.said
        ]
        depth = self.redecided.depth.name.lower()
        return self.counts.as_json() | {"differences": said, "decided_from": depth, "profiles": self.redecided.profiles}


def what_if(asked: WhatIf) -> Compared:
    """Decide the run again under the other rulebook or values; with `out`, write names, workbook and page there.

    Raises:
        InputError: no finished run, unusable rules, an unknown parameter, or an `out` that must not be written.

    """
    check_out(asked)
    con, old = open_run(asked.run)
    with con:
        found = _compare(con, asked, old, *tried_policy(asked, old))
        if asked.out:
            _write(con, found, asked.out)
    return found


def _compare(
    con: duckdb.DuckDBPyConnection, asked: WhatIf, old: Policy, new: Policy, trying: dict[str, str]
) -> Compared:
    begun = time.perf_counter()
    redecided = redecide(con, old, new, asked.run)
    counts = impact(old, new, redecided.shifts)
    stored = asked.run / "rules" / old.id
    said = differences(read_side(stored, old.as_of), read_side(asked.rulebook(old), old.as_of, trying))
    return Compared(counts, said, redecided, time.perf_counter() - begun)


def tried_policy(asked: WhatIf, old: Policy) -> tuple[Policy, dict[str, str]]:
    """The rulebook to try, and the values that are tried of its parameters."""
    written = load_policy(asked.rulebook(old), as_of=old.as_of)
    trying = dict(_value(text, written) for text in asked.values)
    if asked.compare:
        known = _comparison(written)
        trying[known.id] = _checked(known, asked.compare)
    return (load_policy(asked.rulebook(old), as_of=old.as_of, trying=trying) if trying else written), trying


def _value(text: str, policy: Policy) -> tuple[str, str]:
    """NAME=VALUE, the name an id or a Chinese title."""
    name, sign, value = (part.strip() for part in text.partition("="))
    if not sign:
        problem = Bilingual(f"“{text}”应写作 参数=值", f"“{text}” must be PARAMETER=VALUE")
        raise InputError(
            Diagnostic(
                "bad_value",
                SourceLocation("parameter"),
                problem,
                Bilingual("例如 most_land_line=0.35", "as most_land_line=0.35"),
            )
        )
    for known in policy.parameters.values():
        if name in (known.id, known.title):
            return known.id, _checked(known, value)
    names = [*policy.parameters, *(known.title for known in policy.parameters.values())]
    raise InputError(unknown_name(Bilingual("参数", "parameter"), name, names, SourceLocation("parameter")))


def _checked(known: Parameter, value: str) -> str:
    if known.type == "comparison" and value not in ("", *COMPARISONS):
        problem = Bilingual(f"“{value}”不是“{known.title}”的可选值", f"“{value}” is no value of {known.id}")
        remedy = Bilingual("lt：恰为标准的不算；le：也算", "lt: the line itself does not count; le: it counts")
        raise InputError(Diagnostic("bad_value", SourceLocation(known.id), problem, remedy))
    return value


def _comparison(policy: Policy) -> Parameter:
    found = [known for known in policy.parameters.values() if known.type == "comparison"]
    if len(found) != 1:
        problem = Bilingual(
            f"该规则有 {len(found)} 个 comparison 类参数", f"{len(found)} parameters of type comparison"
        )
        remedy = Bilingual("请改用 --param 参数=lt 或 参数=le", "use --param NAME=lt or NAME=le")
        raise InputError(Diagnostic("bad_value", SourceLocation("--compare"), problem, remedy))
    return found[0]


def check_out(asked: WhatIf) -> None:
    """Nothing is written into a finished run, nor over anything but an earlier comparison."""
    out = asked.out
    if out is None:
        return
    inside = asked.run.resolve() in (out.resolve(), *out.resolve().parents)
    foreign = out.exists() and (not out.is_dir() or {path.name for path in out.iterdir()} - set(FILES))
    if inside or foreign:
        problem = Bilingual(
            "不能写入已完成的结果目录，也不覆盖其他文件", "is (in) a finished run, or holds other files: not written"
        )
        raise InputError(
            Diagnostic(
                "out_in_use",
                SourceLocation(str(out)),
                problem,
                Bilingual("请用 --out 指定一个新目录", "name a new folder"),
            )
        )


def _write(con: duckdb.DuckDBPyConnection, found: Compared, out: Path) -> None:
    from eligibility.reporting.books.impact_book import write_impact_book
    from eligibility.reporting.pages.impact_page import write_impact_page

    keep_shifts(con, (one for one in found.redecided.shifts if one.turned or one.reasoned))
    with atomic_folder(out, replacing=True) as folder:
        write_impact_book(con, found.counts, found.said, folder / "impact.xlsx")
        write_impact_page(found.counts, found.said, folder / "impact.html")
        said = json.dumps(found.as_json(), ensure_ascii=False, indent=2)
        (folder / "impact.json").write_text(said + "\n", encoding="utf-8")
