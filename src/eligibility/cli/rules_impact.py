"""`eligibility rules impact`: who of a finished run would be decided differently under an edited rulebook."""

from __future__ import annotations

import json as json_text
import sys
from pathlib import Path

from eligibility import __version__
from eligibility.application.impact import WhatIf, check_out, tried_policy, what_if
from eligibility.application.saved_runs import open_run
from eligibility.cli.render_impact import tell_assumed, tell_impact
from eligibility.cli.rules_impact_assumed import try_assumed
from eligibility.cli.screen import print_json
from eligibility.store.folders import MARK


def show_impact(asked: WhatIf, *, all_assumed: bool, lang: str, json: bool) -> None:
    """Print who changes from what to what; with `out`, write names, workbook and page there.

    Raises:
        InputError: no finished run, unusable rules, an unknown parameter, or an `out` that must not be written.

    """
    if all_assumed:
        check_out(asked)
        con, old = open_run(asked.run)
        with con:
            _, trying = tried_policy(asked, old)
        _note_version(asked.run, lang)
        table = try_assumed(asked.run, asked.rulebook(old), trying)
        if json:
            _print_json([line.as_json() for line in table])
        else:
            tell_assumed(table, old, lang=lang)
        return
    found = what_if(asked)
    _note_version(asked.run, lang)
    if json:
        _print_json(found.as_json())
    else:
        tell_impact(found.counts, found.said, found.redecided, found.seconds, asked.out, lang=lang)


def _note_version(run: Path, lang: str) -> None:
    made = json_text.loads((run / MARK).read_text(encoding="utf-8")).get("program_version")
    if made != __version__:
        zh = f"注意：该结果由程序 {made} 作出，现为 {__version__}；差异中可能有程序变化所致者"
        en = f"note: the run was made by program {made}, this is {__version__}: some changes may be the program's"
        sys.stderr.write((en if lang == "en" else zh) + "\n")


def _print_json(data: object) -> None:
    print_json(data)
