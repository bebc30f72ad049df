"""A finished run as an object: its decisions, what is open, why a person was decided so, and what if a rule were another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb

from eligibility.adjudicate.explain import Explanation, Person, explain, find_persons
from eligibility.application.record.place import manifest_of_run
from eligibility.application.record.vouch import check_file
from eligibility.application.saved_runs import VIEWS, open_run
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.model.resident_id import mask
from eligibility.rulebook import read_regimes
from eligibility.store.database import quoted

if TYPE_CHECKING:
    from eligibility.application.impact import Compared
    from eligibility.application.record.replay import Replayed
    from eligibility.application.record.verify import Verified
    from eligibility.reconcile.graph import Graph


@dataclass(frozen=True, slots=True)
class Explained:
    """Every decision under one resident id (one but where two rows of the roster bear it), ids masked."""

    decisions: tuple[Explanation, ...]
    policy: Policy

    def json(self, audience: str = "officer") -> str:
        """As `eligibility explain --json` prints it (docs/explanation.schema.json); audience officer or citizen."""
        from eligibility.adjudicate.explain.schema import as_json

        made = [as_json(one, audience) for one in self.decisions]
        return json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False, indent=2)

    def text(self, audience: str = "officer", lang: str = "zh", *, full: bool = False) -> str:
        """As `eligibility explain` prints it: in short at most forty lines a decision, in full all it rests on."""
        from eligibility.adjudicate.explain.text import explanation_text

        texts = [explanation_text(one, self.policy, audience=audience, lang=lang, full=full) for one in self.decisions]
        return "\n\n".join("\n".join(lines) for lines in texts)

    def html(self, audience: str = "officer", lang: str = "zh") -> str:
        """A self-contained page."""
        from eligibility.reporting.pages.explanation_page import explanation_page

        return explanation_page(self.decisions, self.policy, audience=audience, lang=lang)


class Run:
    """A finished run in a folder, open for reading; close it, or use it in a `with`.

    Tables are DuckDB relations: `.df()`, `.arrow()`, `.filter("outcome = 'eligible'")`, `.fetchall()`. Their columns are told in
    docs/reference/tables.md; areas are whole micro-亩 (10⁻⁶ 亩), an unbounded or unknown value is NULL.
    """

    def __init__(self, folder: str | Path) -> None:
        """Open the run in `folder`; InputError where there is none."""
        self.folder = Path(folder)
        self._con, self.policy = open_run(self.folder, again=False)
        self.manifest: Mapping[str, Any] = manifest_of_run(self.folder)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Where it is, by which rules and on which day it was decided."""
        return f"Run({str(self.folder)!r}, {self.policy.id} {self.policy.as_of})"

    def close(self) -> None:
        """Let go of the tables; relations that were taken from them can no longer be used."""
        self._con.close()

    @property
    def as_of(self) -> date:
        """The day on which everything was decided."""
        return self.policy.as_of

    def outcomes(self) -> dict[str, int]:
        """Persons by outcome."""
        return {outcome: int(count) for outcome, count in self.manifest["outcomes"].items()}

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """Any table that a run keeps (`Run.tables`), as `link.links` or `fact.households`."""
        if name not in VIEWS:
            from eligibility.rulebook.problems import unknown_name

            raise InputError(
                unknown_name(Bilingual("表", "table"), name, list(VIEWS), SourceLocation(str(self.folder)))
            )
        return self._con.sql(f"SELECT * FROM {name}")

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that a run keeps."""
        return tuple(VIEWS)

    def decisions(self) -> duckdb.DuckDBPyRelation:
        """One row a person: outcome, reasons, clauses refuted and open, papers and bodies that would settle it."""
        return self.table("decision.persons")

    def facts(self) -> duckdb.DuckDBPyRelation:
        """One row a person: every fact of the glossary, ranges as `_lo` and `_hi`."""
        return self.table("fact.persons")

    def questions(self) -> duckdb.DuckDBPyRelation:
        """Every open question once, those first that settle most persons alone."""
        return self.table("decision.questions")

    def discrepancies(self) -> duckdb.DuckDBPyRelation:
        """Where approvals and agreements disagree: `findings.csv`."""
        return self._file("findings.csv")

    def quarantine(self) -> duckdb.DuckDBPyRelation:
        """Cells and rows that could not be used, with place and remedy: `quarantine.csv`."""
        return self._file("quarantine.csv")

    def matching_graph(self) -> Graph:
        """Approvals with their parcels, agreement lines, and what may be of what (`reconcile.graph.matching_graph`)."""
        from eligibility.reconcile.graph import matching_graph

        return matching_graph(self._con)

    def find(self, text: str) -> list[Person]:
        """The persons whom a clerk may mean by an id (18 or 15 characters, or a part of it), a name or a household."""
        return find_persons(self._con, text)

    def explain(self, person: str) -> Explained:
        """Why the person whom `person` means (see `find`) was decided so.

        Raises:
            InputError: it means nobody who was decided, or several persons; those are listed.

        """
        meant = person_meant(self._con, person, self.folder)
        decisions = explain(self._con, self.policy, meant.resident_id, read_regimes(self.folder / "rules"))
        return Explained(tuple(replace(one, resident_id=mask(one.resident_id)) for one in decisions), self.policy)

    def what_if(self, *, rules: Path | None = None, out: Path | None = None, **parameters: str) -> Compared:
        """Who would be decided differently under another rulebook, or with other values: `run.what_if(most_land_line="0.35")`.

        With `out`, names, workbook and page are written there.

        Raises:
            InputError: unusable rules, an unknown parameter or value, or an `out` that must not be written.

        """
        from eligibility.application.impact import WhatIf, what_if

        return what_if(WhatIf(rules, self.folder, [f"{name}={value}" for name, value in parameters.items()], "", out))

    def verify(self, seal: str | None = None) -> Verified:
        """Is the record as it was written; InputError with every event and file that is not."""
        from eligibility.application.record.verify import verify

        return verify(self.folder, seal)

    def replay(self, event: int | None = None) -> Replayed:
        """Decide it again from what the record keeps; which tables are the same bit for bit."""
        from eligibility.application.record.replay import replay

        return replay(self.folder, event)

    def _file(self, name: str) -> duckdb.DuckDBPyRelation:
        check_file(self.folder, name)
        return self._con.sql(
            f"SELECT * FROM read_csv('{quoted(self.folder / name)}', header = true, all_varchar = true)"
        )


_OPENLY = 8
"""Digits of an id that may be shown as they were typed."""
_LISTED = 10
"""Persons that are listed where several are meant."""


def person_meant(con: duckdb.DuckDBPyConnection, text: str, folder: Path) -> Person:
    """The one person whom `text` means (see `find_persons`) in the run of the folder.

    Raises:
        InputError: it means nobody who was decided, or several persons; those are listed.

    """
    meant = find_persons(con, text)
    if len(meant) != 1:
        raise InputError(_nobody(text, folder) if not meant else _several(text, meant, folder))
    return meant[0]


def _nobody(text: str, folder: Path) -> Diagnostic:
    problem = Bilingual(f"没有 {mask(text)} 的判定", f"no decision for {mask(text)}")
    remedy = Bilingual(
        "请核对号码或姓名，或查 quarantine.csv", "check the number or the name, or look in quarantine.csv"
    )
    return Diagnostic("person_unknown", SourceLocation(str(folder)), problem, remedy)


def _several(text: str, persons: list[Person], folder: Path) -> Diagnostic:
    listed = [f"{mask(p.resident_id)} {p.name} {p.community}{p.group} {p.household_id}" for p in persons[:_LISTED]]
    more = ["…"] if len(persons) > _LISTED else []
    lines = "\n    ".join([*listed, *more])
    shown = mask(text) if len(text) > _OPENLY and text.rstrip("Xx").isdigit() else text
    problem = Bilingual(
        f"“{shown}”指 {len(persons)} 个人：\n    {lines}", f"“{shown}” means {len(persons)} persons:\n    {lines}"
    )
    remedy = Bilingual(
        "请写全部号码，或姓名、户号中所列人员独有的一项",
        "give the whole number, or the name or household that only one of them has",
    )
    return Diagnostic("person_several", SourceLocation(str(folder)), problem, remedy)
