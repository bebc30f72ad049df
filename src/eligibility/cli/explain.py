"""`eligibility explain`: one person's decision from a finished run, for an officer or for the person concerned."""

from __future__ import annotations

import sys
from pathlib import Path

from eligibility.adjudicate.explain import Explanation
from eligibility.adjudicate.explain.text import explanation_text
from eligibility.application.finished import Run
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.labels.states import COLOURS
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.model.visible import escaped, visible


def print_schema(audience: str) -> None:
    """Print the JSON Schema of what is printed for that reader."""
    from eligibility.adjudicate.explain.schema import explanation_schema

    print_json(explanation_schema(audience))


def explain_person(person: str | None, folder: Path | None, *, audience: str, form: str, lang: str, full: bool) -> None:
    """Print the explanation of the person whom `person` means: an id or a part of it, a name, a household; ids are masked.

    Raises:
        InputError: no person or run given, no finished run, nobody meant, or several.

    """
    if not person or folder is None:
        problem = Bilingual("要说明谁的判定、在哪个结果目录里", "whose decision, and in which run, was not said")
        remedy = Bilingual(
            "eligibility explain 身份证号 --run 结果目录", "eligibility explain RESIDENT_ID --run FOLDER"
        )
        raise InputError(Diagnostic("person_missing", SourceLocation("explain"), problem, remedy))
    with Run(folder) as run:
        explained = run.explain(person)
    if form == "html":
        sys.stdout.write(visible(explained.html(audience, lang)))
    elif form == "json":
        sys.stdout.write(escaped(explained.json(audience)) + "\n")
    else:
        for explanation in explained.decisions:
            print_text(explanation, explained.policy, audience=audience, lang=lang, full=full)


def print_text(explanation: Explanation, policy: Policy, *, audience: str, lang: str, full: bool) -> None:
    """Print one explanation as text for that reader, its first line in the colour of its outcome."""
    first, *rest = explanation_text(explanation, policy, audience=audience, lang=lang, full=full)
    screen = Screen(soft_wrap=True)
    screen.print(f"{on(f'bold {COLOURS[explanation.outcome].terminal}')}{first}{OFF}")
    screen.print("\n".join(rest))
