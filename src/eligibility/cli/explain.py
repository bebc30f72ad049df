"""`eligibility explain`: one person's decision from a finished run, for an officer or for the person concerned."""

from __future__ import annotations

import json as json_text
import sys
from dataclasses import replace
from pathlib import Path

from eligibility.adjudicate.explain import Explanation, explain
from eligibility.adjudicate.explain.readings import outcome_text
from eligibility.application.kept_law import regimes_in
from eligibility.application.stored import open_run
from eligibility.cli.telling import tell, tell_citizen
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.policy import Policy
from eligibility.domain.resident_id import mask


def print_schema(audience: str) -> None:
    """Print the JSON Schema of what is printed for that reader."""
    from eligibility.adjudicate.explain.schema import explanation_schema

    sys.stdout.write(json_text.dumps(explanation_schema(audience), ensure_ascii=False, indent=2) + "\n")


def explain_person(resident_id: str | None, folder: Path | None, *, audience: str, form: str, lang: str) -> None:
    """Print the explanation of everyone decided under `resident_id`; ids are masked.

    Raises:
        Unusable: no id or run given, no finished run, or nobody of that id in it.

    """
    if not resident_id or folder is None:
        problem = Text("要说明谁的判定、在哪个结果目录里", "whose decision, and in which run, was not said")
        remedy = Text("eligibility explain 身份证号 --run 结果目录", "eligibility explain RESIDENT_ID --run FOLDER")
        raise Unusable(Finding("person_missing", Source("explain"), problem, remedy))
    policy, found = _explained(resident_id, folder)
    masked = [replace(one, resident_id=mask(one.resident_id)) for one in found]
    if form == "html":
        from eligibility.reporting.pages.explanation_page import explanation_page

        sys.stdout.write(explanation_page(masked, policy, audience=audience, lang=lang))
    elif form == "json":
        _print_json(masked, audience)
    else:
        print_text(masked, policy, audience=audience, lang=lang)


def print_text(found: list[Explanation], policy: Policy, *, audience: str, lang: str) -> None:
    """Print explanations as text for that reader."""
    words = {code: outcome_text(policy, code) for code in policy.outcomes}
    for one in found:
        if audience == "citizen":
            tell_citizen(one, lang=lang)
        else:
            tell(one, {code: (said.zh, said.en) for code, said in words.items()}, lang=lang)


def _explained(resident_id: str, folder: Path) -> tuple[Policy, list[Explanation]]:
    con, policy = open_run(folder)
    with con:
        found = explain(con, policy, resident_id.strip().upper(), regimes_in(folder / "rules"))
    if not found:
        problem = Text(f"没有 {mask(resident_id)} 的判定", f"no decision for {mask(resident_id)}")
        remedy = Text("请核对号码，或查 quarantine.csv", "check the number, or look in quarantine.csv")
        raise Unusable(Finding("person_unknown", Source(str(folder)), problem, remedy))
    return policy, found


def _print_json(found: list[Explanation], audience: str) -> None:
    from eligibility.adjudicate.explain.schema import as_json

    payload = [as_json(one, audience) for one in found]
    said = payload[0] if len(payload) == 1 else payload
    sys.stdout.write(json_text.dumps(said, ensure_ascii=False, indent=2) + "\n")
