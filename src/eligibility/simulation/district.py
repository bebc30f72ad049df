"""Make a district and write it: neighbourhood by neighbourhood, so that memory stays the same however many persons."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.simulation.chance import Luck, stream
from eligibility.simulation.defects import Defects
from eligibility.simulation.defects.office import Office
from eligibility.simulation.documents import Numbers
from eligibility.simulation.identity import Identities
from eligibility.simulation.making.land import develop
from eligibility.simulation.papers.record import DEFECTS, TRUTH, Desk, record
from eligibility.simulation.plan import divide
from eligibility.simulation.rates import Rates
from eligibility.simulation.styles import STYLES, Shelf, write_style
from eligibility.simulation.workshop import Workshop
from eligibility.simulation.world import DECISION_DAY
from eligibility.simulation.writer import new_folder, open_files

ENCODINGS = ("utf-8-sig", "utf-8", "gb18030")
"""Encodings in which text tables can be written."""

FORMATS = ("csv", "xlsx")
"""Kinds of files a dossier can be written as."""

_SHEET_PERSONS = 250_000  # above it a table may pass the 1,048,576 rows of a sheet
_STYLED_PERSONS = 100_000  # papers of another style are laid out in memory


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written: persons, rows of each table, true outcomes, and how often each trouble was planted."""

    out: Path
    persons: int
    rows: dict[str, int]
    outcomes: dict[str, int]
    planted: dict[str, int]


def simulate(  # noqa: PLR0913
    out: Path,
    *,
    persons: int,
    seed: int,
    rates: Rates = Rates(),  # noqa: B008
    defects: Defects = Defects(),  # noqa: B008
    format: str = "csv",  # noqa: A002
    encoding: str = "utf-8-sig",
    style: str = "nine",
    progress: Callable[[str, int, int], None] | None = None,
) -> Summary:
    """Write a made-up district as a dossier into the new folder `out`, and the truth into `out/truth`.

    `defects` spoil the rows that are written, `truth/defects.csv` tells which and where; the truth stays what it was.
    `style`: the shapes of the papers (`STYLES`), other than `nine` with files and encodings of their own and without
    `defects`. The same arguments give the same bytes. `progress` is called with a stage, the neighbourhoods done and their
    number. Raises InputError for persons below 1, an unknown format, encoding or style, one that a style cannot have, or an `out`
    that holds anything.
    """
    _check(persons, format, encoding)
    _check_style(style, persons, format, encoding, defects)
    luck, outcomes = Luck(rates, seed), Counter[str]()
    places = divide(persons, seed)
    ids, numbers = Identities(), Numbers(persons)
    office = Office(defects, seed, csv=format == "csv") if defects.any else None
    truth, layouts = (TRUTH | DEFECTS, office.layouts) if office else (TRUTH, {})
    shelf = None if style == "nine" else Shelf()
    with new_folder(out) as folder:
        drawn = layouts if shelf is None else None
        with open_files(folder, form=format, encoding=encoding, truth=truth, layouts=drawn) as files:
            for row in office.of_tables() if office else ():
                files.write("truth/defects", row)
            for done, plans in enumerate(places, start=1):
                place = develop(Workshop(stream(seed, "place", done), luck, ids, numbers), plans)
                shop = Workshop(stream(seed, "papers", done), luck, ids, numbers)
                record(Desk(files, shop, outcomes, office, done, shelf), place)
                if progress is not None:
                    progress("simulate", done, len(places))
        written = dict(write_style(style, shelf, folder)) if shelf else {}
        planted = dict(luck.planted) | (dict(sorted(office.planted.items())) if office else {})
        summary = Summary(out, persons, written | dict(files.rows), dict(sorted(outcomes.items())), planted)
        told = asdict(rates) | (asdict(defects) if office else {})
        _tell(folder / "truth" / "district.json", summary, seed, told, {"style": style} if shelf else {})
    return summary


def _check(persons: int, form: str, encoding: str) -> None:
    wrong = []
    if persons < 1:
        wrong.append(_wrong("--persons", str(persons), "1 …"))
    if form not in FORMATS:
        wrong.append(_wrong("--format", form, " | ".join(FORMATS)))
    elif form == "xlsx" and persons > _SHEET_PERSONS:
        wrong.append(_wrong("--persons", str(persons), f"--format csv, 或至多 {_SHEET_PERSONS}"))
    if encoding not in ENCODINGS:
        wrong.append(_wrong("--encoding", encoding, " | ".join(ENCODINGS)))
    if wrong:
        raise InputError(*wrong)


def _check_style(style: str, persons: int, form: str, encoding: str, defects: Defects) -> None:
    if style not in STYLES:
        raise InputError(_wrong("--style", style, " | ".join(STYLES)))
    if style == "nine":
        return
    wrong = []
    if persons > _STYLED_PERSONS:
        wrong.append(_wrong("--persons", str(persons), f"--style nine, 或至多 {_STYLED_PERSONS}"))
    if (form, encoding) != ("csv", "utf-8-sig"):
        wrong.append(_wrong("--format, --encoding", f"{form}, {encoding}", "--style nine"))
    if defects.any:
        wrong.append(_wrong("--noise, --rate", "office", "--style nine"))
    if wrong:
        raise InputError(*wrong)


def _wrong(option: str, value: str, possible: str) -> Diagnostic:
    problem = Bilingual(f"不能用「{value}」", f"“{value}” cannot be used")
    return Diagnostic(
        "bad_option", SourceLocation(option), problem, Bilingual(f"可用:{possible}", f"possible: {possible}")
    )


def _tell(path: Path, summary: Summary, seed: int, rates: dict[str, float], style: dict[str, str]) -> None:
    told: dict[str, object] = {**style, "seed": seed, "persons": summary.persons, "as_of": DECISION_DAY.isoformat()}
    told |= {"rates": rates, "rows": summary.rows, "outcomes": summary.outcomes, "planted": summary.planted}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
