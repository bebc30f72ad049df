"""A rewritten dossier decided and held against the truth and against the decisions on the papers as they were."""

from __future__ import annotations

import tempfile
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from bench.metamorphic.districts import District
from bench.metamorphic.papers import Papers, plain
from bench.metamorphic.rewriting import UNDERSTOOD
from eligibility import engine
from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.model.diagnostic import InputError
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy
from eligibility.store.database import connect

AS_OF = date(2022, 10, 31)
RULES = Path(__file__).parents[2] / "rules" / "km-reform"
SAMPLE = 3
"""Profiles of each dossier that the second evaluator decides again: enough to see that it can, and no waiting for it."""

REVIEW, ADMITTED, REFUSED = "manual_review", ("eligible", "register"), "not_eligible"

WRONG = ("wrong_refusal", "wrong_admission", "lost", "invented", "fault")
"""Failures of any rewriting; `changed` and `unreadable` are failures where the program claims to understand it."""


@dataclass(frozen=True)
class Decisions:
    """What the program made of a dossier: how it ended, and each person's outcome, with the assumptions it rests on."""

    end: str
    outcomes: Mapping[str, str] = field(default_factory=dict)
    assumed: Mapping[str, str] = field(default_factory=dict)
    rows_in: int = 0
    quarantined: int = 0


@dataclass(frozen=True)
class Failure:
    """One wrong result: of which kind, and of whom (nobody: of the whole dossier)."""

    kind: str
    person: str
    truth: str = ""
    before: str = ""
    after: str = ""


@dataclass
class Trial:
    """What came of one rewritten dossier."""

    counts: Counter[str]
    failures: list[Failure]


@cache
def policy() -> Policy:
    """The rules by which everything is decided."""
    return load_policy(RULES, as_of=AS_OF)


_DECIDED = """SELECT resident_id, outcome, assumed_parameters
FROM paper.persons JOIN verdict.persons USING (row_id) JOIN verdict.profiles USING (profile_id) WHERE state = 'kept'"""


def decisions_on(papers: Papers) -> Decisions:
    """Write the papers, decide them, and take away the files."""
    with tempfile.TemporaryDirectory() as folder:
        return decisions_of(papers.write(Path(folder) / "dossier"))


def decisions_of(dossier: Path) -> Decisions:
    """Everything from papers to decisions; `end` is decided, refused (with the codes) or fault (with the traceback)."""
    with connect() as con:
        con.execute("SET threads = 1")
        try:
            with patch.object(engine, "evaluate_persons", partial(engine.evaluate_persons, sample=SAMPLE)):
                execute(Work(con, policy(), dossier), last="engine")
        except InputError as refusal:
            return Decisions("refused " + " ".join(sorted({finding.code for finding in refusal.findings})))
        except Exception:
            return Decisions("fault " + traceback.format_exc())
        rows = con.execute(_DECIDED).fetchall()
        sums = con.execute("SELECT rows_in, quarantined FROM paper.tables WHERE table_name = 'persons'").fetchone()
    outcomes: dict[str, str] = {}
    for resident, outcome, _ in rows:
        # where several rows are of one id a decision among them counts, for it is what somebody would act on
        known = outcomes.get(plain(resident), REVIEW)
        outcomes[plain(resident)] = outcome if known == REVIEW else known
    assumed = {plain(resident): text for resident, _, text in rows}
    rows_in, quarantined = sums or (0, 0)
    return Decisions("decided", outcomes, assumed, rows_in, quarantined)


def wrong(truth: str, outcome: str) -> str:
    """What is wrong with an outcome, by the truth; nothing where it is right or leaves the person to a review.

    >>> wrong("eligible", "not_eligible"), wrong("manual_review", "eligible"), wrong("eligible", "manual_review")
    ('wrong_refusal', 'wrong_admission', '')
    """
    if outcome in (REVIEW, truth):
        return ""
    if outcome == REFUSED or truth == "eligible":
        return "wrong_refusal"
    return "wrong_admission"


def compare(district: District, papers: Papers, before: Decisions, after: Decisions, expectation: str) -> Trial:
    """Count what became of the persons, and list every failure."""
    trial = Trial(Counter({"dossiers": 1}), [])
    if after.end != "decided":
        kind = after.end.partition(" ")[0]
        trial.counts[kind] += 1
        if kind == "fault" or expectation == UNDERSTOOD:
            trial.failures.append(Failure("fault" if kind == "fault" else "unreadable", "", after=after.end))
    else:
        _compare_persons(trial, district, papers, (before, after), understood=expectation == UNDERSTOOD)
        strangers = set(after.outcomes) - set(district.true_ids) - set(papers.aliases) - set(before.outcomes)
        trial.failures += [
            Failure("invented", resident, after=after.outcomes[resident]) for resident in sorted(strangers)
        ]
    for kind in ("unreadable", "invented"):
        trial.counts[kind] += sum(failure.kind == kind for failure in trial.failures)
    return trial


def _compare_persons(
    trial: Trial, district: District, papers: Papers, pair: tuple[Decisions, Decisions], *, understood: bool
) -> None:
    """Every person who stands in a file that is read: decided as before, sent to review, or decided wrongly."""
    before, after = pair
    rows = [row for sheet in papers.of("persons") if not sheet.unread for row in sheet.rows if not row.aside]
    written = {district.true_ids.get(row.origin["resident_id"], "") for row in rows} - {""}
    ids = district.true_ids | {alias: district.true_ids.get(text, "") for alias, text in papers.aliases.items()}
    was, now = _by_person(district, ids, before.outcomes), _by_person(district, ids, after.outcomes)
    assumed = {ids.get(text, ""): names for text, names in after.assumed.items()}
    excused = {ids.get(text, "") for text in papers.excused}
    for resident in sorted(written):
        verdict = Verdict(district.truth[resident], was.get(resident, ""), now.get(resident, ""))
        kind = verdict.kind(understood=understood)
        if kind in ("wrong_refusal", "wrong_admission") and resident in excused:
            trial.counts["excused_assumed"] += "agreements_complete" in assumed[resident]
            kind = "excused"
        trial.counts.update(["persons", kind])
        trial.counts["set_aside"] += not verdict.after
        if kind in (*WRONG, "changed"):
            trial.failures.append(Failure(kind, resident, *verdict))
    missing = sum(bool(was.get(resident)) and resident not in now for resident in written)
    if after.rows_in < len(rows) or missing > after.quarantined:
        trial.counts["lost"] += 1
        text = f"{after.rows_in} rows of {len(rows)}, {missing} persons missing, {after.quarantined} rows set aside"
        trial.failures.append(Failure("lost", "", after=text))


class Verdict(NamedTuple):
    """The truth of a person, and what was decided before and after the papers were rewritten (nothing: set aside)."""

    truth: str
    before: str
    after: str

    def kind(self, *, understood: bool) -> str:
        """The one count under which the person falls.

        >>> [Verdict("eligible", "eligible", after).kind(understood=True) for after in ("eligible", "", "not_eligible")]
        ['unchanged', 'changed', 'wrong_refusal']
        """
        mistake = wrong(self.truth, self.after or REVIEW)
        if self.after == self.before:
            return "wrong_before" if mistake else "unchanged"
        if mistake or understood:
            return mistake or "changed"
        return "to_review" if self.after in ("", REVIEW) else "gained"


def _by_person(district: District, ids: Mapping[str, str], outcomes: Mapping[str, str]) -> dict[str, str]:
    """The outcome of each true person; of several under several ids a wrong one, for somebody would act on it."""
    persons: dict[str, str] = {}
    for written, outcome in outcomes.items():
        resident = ids.get(written, "")
        if resident and (resident not in persons or wrong(district.truth[resident], outcome)):
            persons[resident] = outcome
    return persons
