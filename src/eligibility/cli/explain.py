"""`eligibility explain`: one person's decision from a finished run, for an officer or for the person concerned."""

from __future__ import annotations

import json as json_text
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text as Styled

from eligibility.adjudicate.explain import Explanation
from eligibility.adjudicate.explain.text import explanation_text
from eligibility.application.finished import Run
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.policy import Policy
from eligibility.labels.states import COLOURS
from eligibility.labels.values import printable


def print_schema(audience: str) -> None:
    """Print the JSON Schema of what is printed for that reader."""
    from eligibility.adjudicate.explain.schema import explanation_schema

    sys.stdout.write(json_text.dumps(explanation_schema(audience), ensure_ascii=False, indent=2) + "\n")


def explain_person(person: str | None, folder: Path | None, *, audience: str, form: str, lang: str, full: bool) -> None:
    """Print the explanation of the person whom `person` means: an id or a part of it, a name, a household; ids are masked.

    Raises:
        Unusable: no person or run given, no finished run, nobody meant, or several.

    """
    if not person or folder is None:
        problem = Text("要说明谁的判定、在哪个结果目录里", "whose decision, and in which run, was not said")
        remedy = Text("eligibility explain 身份证号 --run 结果目录", "eligibility explain RESIDENT_ID --run FOLDER")
        raise Unusable(Finding("person_missing", Source("explain"), problem, remedy))
    with Run(folder) as run:
        explained = run.explain(person)
    if form == "html":
        sys.stdout.write(explained.html(audience, lang))
    elif form == "json":
        sys.stdout.write(explained.json(audience) + "\n")
    else:
        for explanation in explained.decisions:
            print_text(explanation, explained.policy, audience=audience, lang=lang, full=full)


def print_text(explanation: Explanation, policy: Policy, *, audience: str, lang: str, full: bool) -> None:
    """Print one explanation as text for that reader, its first line in the colour of its outcome."""
    console = Console(highlight=False, soft_wrap=True)
    first, *rest = explanation_text(explanation, policy, audience=audience, lang=lang, full=full)
    console.print(Styled(printable(first), style=f"bold {COLOURS[explanation.outcome].terminal}"))
    console.print(Styled("\n".join(map(printable, rest))))
