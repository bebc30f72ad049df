"""`eligibility explain`: one person's decision from a finished run."""

from __future__ import annotations

import json as json_text
import sys
from pathlib import Path

from eligibility.adjudicate.explain import explain
from eligibility.cli.stored import open_run
from eligibility.cli.telling import tell
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.resident_id import mask
from eligibility.rulebook import read_regimes


def explain_person(resident_id: str, folder: Path, *, lang: str, json: bool) -> None:
    """Print the explanation of everyone decided under `resident_id`; ids are masked on screen.

    Raises:
        Unusable: no finished run, or nobody of that id in it.

    """
    con, policy = open_run(folder)
    with con:
        found = explain(con, policy, resident_id.strip().upper(), read_regimes(folder / "rules"))
    if not found:
        problem = Text(f"没有 {mask(resident_id)} 的判定", f"no decision for {mask(resident_id)}")
        remedy = Text("请核对号码，或查 quarantine.csv", "check the number, or look in quarantine.csv")
        raise Unusable(Finding("person_unknown", Source(str(folder)), problem, remedy))
    masked = [one.model_copy(update={"resident_id": mask(one.resident_id)}) for one in found]
    if json:
        payload = [one.model_dump(mode="json") for one in masked]
        sys.stdout.write(
            json_text.dumps(payload[0] if len(payload) == 1 else payload, ensure_ascii=False, indent=2) + "\n"
        )
        return
    for one in masked:
        tell(one, policy, lang=lang)
