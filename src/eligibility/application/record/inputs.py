"""What a recorded batch was decided from: its dossier, rules, answers and judgements, as the record keeps them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eligibility.application.record.place import Record
from eligibility.model.event import Event
from eligibility.sources import Mapping


@dataclass(frozen=True, slots=True)
class Inputs:
    """The papers and the folder of the rulebook, laid out for reading; the answers and judgements that were given."""

    dossier: Path
    rules: Path
    as_of: date
    answers: Sequence[dict[str, Any]]
    judgements: Sequence[dict[str, Any]]
    mapping: Mapping | None = None


@contextmanager
def recorded_inputs(record: Record, batch: Event) -> Iterator[Inputs]:
    """Lay out what the batch of that event was decided from, in a temporary folder.

    Raises:
        InputError: something that was kept is missing or changed.

    """
    body = batch.body
    with tempfile.TemporaryDirectory(prefix="eligibility-inputs-") as room:
        rules, papers = Path(room) / "rules", Path(room) / "dossier"
        record.kept.restore_tree(body["rulebook"]["kept"], rules)
        record.kept.restore_tree(body["dossier"]["kept"], papers)
        single = papers / body["dossier"]["name"]
        yield Inputs(
            single if single.is_file() else papers,
            rules / body["rulebook"]["id"],
            date.fromisoformat(body["as_of"]),
            record.kept.value(body["answers"]) if body["answers"] else (),
            record.kept.value(body["judgements"]) if body.get("judgements") else (),
            Mapping.model_validate(record.kept.value(body["mapping"])) if body.get("mapping") else None,
        )
