"""A batch enters the record before its folder appears: no decision stands that the record does not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from eligibility.application.record.hashes import file_hashes, manifest_digest, output_hashes
from eligibility.application.record.keeping import keep_dossier, keep_rules
from eligibility.application.record.place import Record
from eligibility.application.record.program import program
from eligibility.application.release_state import release_state
from eligibility.audit import Kept
from eligibility.model.event import Act, Event, Kind
from eligibility.model.policy import Policy
from eligibility.review import PaperOpinions, changed_cases, share_limits

if TYPE_CHECKING:
    from eligibility.application.run import RunRequest
    from eligibility.sources import Mapping

_DECISIONS = "decisions.parquet"
_QUESTIONS = "papers/questions.parquet"


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was decided, its tables written into `folder`, not yet published; `opinions` gives the opinions of its papers."""

    con: duckdb.DuckDBPyConnection
    policy: Policy
    order: RunRequest
    folder: Path
    outcomes: dict[str, int]
    answers: list[dict[str, Any]]
    judgements: list[dict[str, Any]]
    opinions: Callable[[], dict[str, PaperOpinions]]
    manifest: dict[str, Any]
    mapping: Mapping | None = None


def record_batch(record: Record, batch: Batch, at: str, publish: Callable[[Event], None]) -> Event:
    """Keep what the batch rests on and append its events, all or none; the event of the batch is returned.

    `publish` is called with it just before they are appended: what has to be written of it into the folder.

    Raises:
        InputError: the record cannot be written, is not sound, or an input changed meanwhile.

    """
    body = _body(record.kept, batch)
    opinions = batch.opinions()
    with record.log.writing(at) as writer:
        before = _last(writer.events, Kind.DECIDED)
        body |= {"supersedes": before.seq if before else None}
        acts = [*_confirmed(record.kept, opinions, writer.events)]
        acts += _superseded(record.kept, before, body, len(writer.events) + 1)
        return writer.append(Act(Kind.DECIDED, body), *acts, before=lambda made: publish(made[0]))[0]


def _body(kept: Kept, batch: Batch) -> dict[str, Any]:
    order, policy = batch.order, batch.policy
    rules = batch.folder / "rules"
    return {
        "program": program(),
        "as_of": policy.as_of.isoformat(),
        "rulebook": {"id": policy.id, "sha256": policy.sha256, "kept": keep_rules(kept, rules)},
        "release": release_state(order.rules, policy).as_body(),
        "dossier": {"name": order.dossier.resolve().name, "kept": keep_dossier(kept, batch.con, order.dossier)},
        "outcomes": batch.outcomes,
        "outputs": output_hashes(batch.folder),
        "files": file_hashes(batch.folder),
        "manifest": manifest_digest(batch.manifest),
        "decisions": kept.keep(batch.folder / _DECISIONS),
        "questions": kept.keep(batch.folder / _QUESTIONS),
        "shares": kept.keep_value(share_limits(batch.con)),
        "answers": kept.keep_value(batch.answers) if batch.answers else None,
        "judgements": kept.keep_value(batch.judgements) if batch.judgements else None,
        **({"by": order.by} if order.by else {}),
        **({"mapping": kept.keep_value(batch.mapping.model_dump(mode="json"))} if batch.mapping else {}),
    }


def _confirmed(kept: Kept, opinions: dict[str, PaperOpinions], events: list[Event]) -> list[Act]:
    """The opinions of each stage that the papers give, where they are not those already recorded."""
    known = {event.body["stage"]: event.body["opinions"] for event in events if event.kind == Kind.CONFIRMED}
    acts = []
    for stage, said in opinions.items():
        listing = kept.keep_bytes(said.listing)
        if known.get(stage) != listing:
            acts.append(Act(Kind.CONFIRMED, {"stage": stage, "opinions": listing, **said.counts}))
    return acts


def _superseded(kept: Kept, before: Event | None, body: dict[str, Any], number: int) -> list[Act]:
    if before is None:
        return []
    changed = changed_cases(kept.path(before.body["decisions"]), kept.path(body["decisions"]))
    if not changed:
        return []
    said = {"batch": before.seq, "by": number, "persons": len(changed), "cases": kept.keep_value(changed)}
    return [Act(Kind.SUPERSEDED, said)]


def _last(events: list[Event], kind: Kind) -> Event | None:
    return next((event for event in reversed(events) if event.kind == kind), None)
