"""Where each case stands: the first stage that is not complete, from signatures and from opinions on paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from eligibility.model.event import Event, Kind
from eligibility.model.policy import Policy
from eligibility.review.signing.cases import case_digest
from eligibility.review.signing.names import person_key

Opinions = Callable[[str], list[list[Any]]]
"""The kept opinions of a stage, by the hash of their listing."""

_SIGNED = ("resident_id", "digest", "stage", "body", "opinion", "signer", "signer_key", "seq")
_ON_PAPER = ("resident_id", "word", "opinion")
_NEEDED = ("place", "stage", "body", "word", "decided_only")
_APPELLANTS = ("resident_id", "appellant_key")
_CONTESTED = ("resident_id", "digest", "appeal")


class Contested(NamedTuple):
    """What stands against a person's decision: an appeal ("": against whatever is decided), or a decision found wrong; the event."""

    person: str
    digest: str
    event: int


def lay_out(con: duckdb.DuckDBPyConnection, policy: Policy, events: Sequence[Event], opinions: Opinions) -> None:
    """Make the tables `review_cases`, `review_parts` (case × body that must sign) and `review_standing` from a run.

    A signature holds for the decision under which it was given; when a later batch decides otherwise, it has lapsed.
    """
    _put(con, "review_signed", _SIGNED, _signed(events))
    _put(con, "review_on_paper", _ON_PAPER, _on_paper(events, opinions))
    _put(con, "review_needed", _NEEDED, _needed(policy))
    _put(con, "review_contested", _CONTESTED, contested(events))
    _put(con, "review_appellants", _APPELLANTS, _appellants(events))
    query = files("eligibility.review.signing").joinpath("standing.sql").read_text(encoding="utf-8")
    con.execute(query.replace("{digest}", case_digest()))


def contested(events: Iterable[Event]) -> list[Contested]:
    """Appeals that nobody has answered, and decisions found wrong that nobody found right since.

    A decision that was found wrong stays so: it ends with another decision, not with the same one made once more.
    """
    found: dict[str, list[Contested]] = defaultdict(list)
    for event in events:
        match event.kind:
            case Kind.APPEALED:
                found[event.body["person"]].append(Contested(event.body["person"], "", event.seq))
            case Kind.CORRECTED if event.body["finding"] == "wrong":
                person = event.body["person"]  # an open appeal is answered by it
                found[person] = [one for one in found[person] if one.digest]
                found[person] += [Contested(person, digest, event.seq) for digest in event.body["cases"]]
            case Kind.CORRECTED:
                found.pop(event.body["person"], None)
    return [one for person in sorted(found) for one in found[person]]


def _signed(events: Iterable[Event]) -> list[tuple[Any, ...]]:
    rows = []
    for event in events:
        if event.kind == Kind.SIGNED:
            said = event.body
            for resident_id, digest in said["cases"]:
                key = person_key(said["by"])
                rows.append(
                    (resident_id, digest, said["stage"], said["body"], said["opinion"], said["by"], key, event.seq)
                )
    return rows


def _appellants(events: Iterable[Event]) -> list[tuple[str, str]]:
    return [(one.body["person"], person_key(one.body["by"])) for one in events if one.kind == Kind.APPEALED]


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
