"""`eligibility explain`: one person's decision from a finished run, for an officer or for the person concerned."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from eligibility.adjudicate.explain import Explanation
from eligibility.adjudicate.explain.readings import outcome_text
from eligibility.application.finished import Run
from eligibility.cli.screen import print_json
from eligibility.cli.telling import tell, tell_citizen
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.policy import Policy
from eligibility.domain.visible import escaped, visible


def print_schema(audience: str) -> None:
    """Print the JSON Schema of what is printed for that reader."""
    from eligibility.adjudicate.explain.schema import explanation_schema

    print_json(explanation_schema(audience))


def explain_person(resident_id: str | None, folder: Path | None, *, audience: str, form: str, lang: str) -> None:
    """Print the explanation of everyone decided under `resident_id`; ids are masked.

    Raises:
        Unusable: no id or run given, no finished run, or nobody of that id in it.

    """
    if not resident_id or folder is None:
        problem = Text("要说明谁的判定、在哪个结果目录里", "whose decision, and in which run, was not said")
        remedy = Text("eligibility explain 身份证号 --run 结果目录", "eligibility explain RESIDENT_ID --run FOLDER")
        raise Unusable(Finding("person_missing", Source("explain"), problem, remedy))
    with Run(folder) as run:
        found = run.explain(resident_id)
    if form == "html":
        sys.stdout.write(visible(found.html(audience, lang)))
    elif form == "json":
        sys.stdout.write(escaped(found.json(audience)) + "\n")
    else:
        print_text(found.decisions, found.policy, audience=audience, lang=lang)


def print_text(found: Sequence[Explanation], policy: Policy, *, audience: str, lang: str) -> None:
    """Print explanations as text for that reader."""
    words = {code: outcome_text(policy, code) for code in policy.outcomes}
    for one in found:
        if audience == "citizen":
            tell_citizen(one, lang=lang)
        else:
            tell(one, {code: (said.zh, said.en) for code, said in words.items()}, lang=lang)
