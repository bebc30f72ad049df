"""`eligibility run`: decide a dossier and print what was found."""

from __future__ import annotations

from datetime import datetime

from eligibility.application.run import RunRequest, decide_batch
from eligibility.cli.progress import shown
from eligibility.cli.run_summary import print_summary
from eligibility.cli.screen import print_json


def run_batch(order: RunRequest, *, now: datetime, lang: str, json: bool) -> None:
    """Decide the dossier of `order` at the time `now`; print counts and what to open next, or the manifest.

    Raises:
        InputError: the dossier, the rules, the record or the output folder cannot be used; nothing is written.

    """
    with shown(lang) as progress:
        done = decide_batch(order, now=now, progress=progress)
    if json:
        print_json(done.manifest)
    else:
        print_summary(done.summary, done.policy, order, lang=lang)
