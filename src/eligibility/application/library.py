"""The program as a library: what `import eligibility` offers. Nothing here prints, exits or reads the environment."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from eligibility.adjudicate.explain import Explanation
from eligibility.application.case import decide_case
from eligibility.application.finished import Run
from eligibility.application.record.replay import Replayed
from eligibility.application.record.replay import replay as _replay
from eligibility.application.record.verify import Verified
from eligibility.application.record.verify import verify as _verify
from eligibility.application.run import RunRequest, decide_batch
from eligibility.application.shipped import rulebook_folder
from eligibility.application.timing import Progress
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy
from eligibility.rulebook.lint import Checked
from eligibility.rulebook.lint import check_rules as checked_rules
from eligibility.simulation import Summary
from eligibility.simulation import chosen_rates as _chosen_rates
from eligibility.simulation import simulate as _simulate


def run(  # noqa: PLR0913
    dossier: str | Path,
    *,
    rules: str | Path = "km-reform",
    as_of: date | None = None,
    out: str | Path,
    answers: str | Path | None = None,
    judgements: str | Path | None = None,
    progress: Progress | None = None,
) -> Run:
    """Decide a dossier (folder or workbook) and write everything into `out`; the finished run.

    `rules` is the id of a rulebook that comes with the program, or its folder; `as_of` the day of decision, today where it is not
    given; `answers` a run folder or an export with answers of reviewers, `judgements` a table of theirs on links. `progress` is
    called when a step begins and when it has ended.

    Raises:
        InputError: dossier, rules, record or output folder cannot be used; nothing is written. `findings` say what, where and what to do.

    """
    order = RunRequest(
        Path(dossier),
        rulebook_folder(rules),
        as_of or date.today(),
        Path(out),
        answers=Path(answers) if answers else None,
        judgements=Path(judgements) if judgements else None,
    )
    decide_batch(order, now=datetime.now().astimezone(), progress=progress)
    return Run(out)


def open_run(folder: str | Path) -> Run:
    """A run that was finished before; InputError where the folder holds none."""
    return Run(folder)


def verify(folder: str | Path, seal: str | None = None) -> Verified:
    """Is the record of a run as it was written; InputError with every event and file that is not."""
    return _verify(Path(folder), seal)


def replay(folder: str | Path, event: int | None = None) -> Replayed:
    """Decide the batch of a run again from what its record keeps; which tables are the same bit for bit."""
    return _replay(Path(folder), event)


def load_rulebook(rules: str | Path = "km-reform", as_of: date | None = None) -> Policy:
    """A rulebook on a day (today where none is given), read from its files.

    Raises:
        InputError: one finding for each thing wrong in them, with file, line and nearest name.

    """
    return load_policy(rulebook_folder(rules), as_of=as_of or date.today())


def check_rules(rules: str | Path = "km-reform", as_of: date | None = None) -> Checked:
    """Everything wrong or hardly meant in a rulebook, or in all below a folder: `.findings`, `.rulebooks`."""
    return checked_rules(rulebook_folder(rules), as_of=as_of or date.today())


def check_case(case: str | Path, *, rules: str | Path = "km-reform", as_of: date | None = None) -> Explanation:
    """Decide one made-up case of a YAML file and explain it; InputError with the line that is wrong."""
    return decide_case(Path(case), rulebook_folder(rules), as_of or date.today())


def simulate(  # noqa: PLR0913
    out: str | Path,
    *,
    persons: int = 1000,
    seed: int = 1,
    noise: str = "usual",
    rates: list[str] | None = None,
    style: str = "nine",
) -> Summary:
    """Make up a district in the folder `out`, with the truth beside it (docs/simulation.md).

    `noise` is a profile (none, usual, office), `rates` are NAME=SHARE, `style` the shapes of the papers
    (nine, database, villages, mixed).

    Raises:
        InputError: an unknown rate, profile or style, or a folder that is not empty.

    """
    chosen, defects = _chosen_rates(rates or [], noise)
    return _simulate(Path(out), persons=persons, seed=seed, rates=chosen, defects=defects, style=style)
