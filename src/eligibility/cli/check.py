"""`eligibility check`: one made-up case, decided and explained without a dossier, by the same path as a district."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from eligibility.application.case import decide_case
from eligibility.cli.explain import print_text
from eligibility.cli.screen import print_plain
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.visible import escaped
from eligibility.rulebook import load_policy
from eligibility.rulebook.case import example_case


def check_case(case: Path | None, rules: Path, day: date, *, example: bool, lang: str, json: bool, full: bool) -> None:
    """Decide the facts of `case`, or print a template of it.

    Raises:
        InputError: no case given, or a wrong line in it or in the rules.

    """
    policy = load_policy(rules, as_of=day)
    if example:
        sys.stdout.write(example_case(policy))
        return
    if case is None:
        problem = Bilingual("未给出案例文件", "no case file was given")
        remedy = Bilingual(
            "先执行 eligibility check --example > case.yaml", "first: eligibility check --example > case.yaml"
        )
        raise InputError(Diagnostic("case_missing", SourceLocation("CASE.yaml"), problem, remedy))
    told = decide_case(case, rules, day)
    if json:
        from eligibility.adjudicate.explain.schema import as_json_text

        print_plain(escaped(as_json_text(told)))
    else:
        print_text(told, policy, audience="officer", lang=lang, full=full)
