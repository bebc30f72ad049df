"""Where each case stands: the first stage that is not complete, from signatures and from opinions on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.domain.policy import Policy
from eligibility.domain.record import Event, Kind
from eligibility.review.signing.cases import case_digest

Opinions = Callable[[str], list[list[Any]]]
"""The kept opinions of a stage, by the hash of their listing."""

_SIGNED = ("resident_id", "digest", "stage", "body", "opinion", "signer", "seq")
_ON_PAPER = ("resident_id", "word", "opinion")
_NEEDED = ("place", "stage", "body", "word", "decided_only")
_CONTESTED = ("resident_id", "appeal")


def lay_out(con: duckdb.DuckDBPyConnection, policy: Policy, events: Sequence[Event], opinions: Opinions) -> None:
    """Make the tables `review_cases`, `review_parts` (case × body that must sign) and `review_standing` from a run.

    A signature holds for the decision under which it was given; when a later batch decides otherwise, it has lapsed.
    """
    _put(con, "review_signed", _SIGNED, _signed(events))
    _put(con, "review_on_paper", _ON_PAPER, _on_paper(events, opinions))
    _put(con, "review_needed", _NEEDED, _needed(policy))
    _put(con, "review_contested", _CONTESTED, contested(events))
    query = files("eligibility.review.signing").joinpath("standing.sql").read_text(encoding="utf-8")
    con.execute(query.replace("{digest}", case_digest()))


def contested(events: Iterable[Event]) -> list[tuple[str, int]]:
    """Persons with an appeal that nobody has answered, or a decision found wrong and not yet made anew; the event."""
    found: dict[str, int] = {}
    wrong: set[str] = set()
    for event in events:
        match event.kind:
            case Kind.APPEALED:
                found[event.body["person"]] = event.seq
            case Kind.CORRECTED if event.body["finding"] == "wrong":
                found[event.body["person"]] = event.seq
                wrong.add(event.body["person"])
            case Kind.CORRECTED:
                found.pop(event.body["person"], None)
            case Kind.DECIDED:
                for person in wrong:
                    found.pop(person, None)
                wrong.clear()
    return sorted(found.items())


def _signed(events: Iterable[Event]) -> list[tuple[Any, ...]]:
    rows = []
    for event in events:
        if event.kind == Kind.SIGNED:
            said = event.body
            for resident_id, digest in said["cases"]:
                rows.append((resident_id, digest, said["stage"], said["body"], said["opinion"], said["by"], event.seq))
    return rows


def _on_paper(events: Iterable[Event], opinions: Opinions) -> list[tuple[str, str, str]]:
    latest = {event.body["stage"]: event.body["opinions"] for event in events if event.kind == Kind.CONFIRMED}
    return [(row[0], word, row[1]) for word, listing in latest.items() for row in opinions(listing)]


def _needed(policy: Policy) -> list[tuple[Any, ...]]:
    return [
        (place, stage.id, signature.body, signature.opinion, stage.decided_only)
        for place, stage in enumerate(policy.stages.values())
        for signature in stage.signatures
    ]


def _put(con: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    types = {"seq": pa.int64(), "place": pa.int64(), "decided_only": pa.bool_(), "appeal": pa.int64()}
    arrays = {
        column: pa.array([row[place] for row in rows], types.get(column, pa.string()))
        for place, column in enumerate(columns)
    }
    con.register("arriving", pa.table(arrays))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arriving")
    con.unregister("arriving")
