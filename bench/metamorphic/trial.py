"""A rewritten dossier decided and held against the truth and against the decisions on the papers as they were."""

from __future__ import annotations

import tempfile
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from bench.metamorphic.districts import District
from bench.metamorphic.papers import Papers, plain
from bench.metamorphic.rewriting import UNDERSTOOD
from eligibility.adjudicate.decide import account, decide
from eligibility.domain.desk import open_desk
from eligibility.domain.finding import Unusable
from eligibility.domain.policy import Policy
from eligibility.engine import judge
from eligibility.facts import assemble
from eligibility.identify import identify
from eligibility.intake import lay_judgements, read_dossier
from eligibility.reconcile import reconcile
from eligibility.review import apply_answers, refer_contradicted
from eligibility.rulebook import load_policy

AS_OF = date(2022, 10, 31)
RULES = Path(__file__).parents[2] / "rules" / "km-reform"
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


def decisions_on(papers: Papers) -> Decisions:
    """Write the papers, decide them, and take away the files."""
    with tempfile.TemporaryDirectory() as folder:
        return decisions_of(papers.write(Path(folder) / "dossier"))


def decisions_of(dossier: Path) -> Decisions:
    """Everything from papers to decisions; `end` is decided, refused (with the codes) or fault (with the traceback)."""
    with open_desk() as con:
        con.execute("SET threads = 1")
        try:
            read_dossier(dossier, con)
            identify(con, policy())
            apply_answers(con, policy(), ())
            lay_judgements(con, ())
            reconcile(con, policy())
            assemble(con, policy())
            refer_contradicted(con)
            judge(con, policy())
            decide(con, policy())
            account(con)
        except Unusable as refusal:
            return Decisions("refused " + " ".join(sorted({finding.code for finding in refusal.findings})))
        except Exception:
            return Decisions("fault " + traceback.format_exc())
        rows = con.execute("SELECT resident_id, outcome, assumed_parameters FROM decision.persons").fetchall()
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
    counts, failures = Counter({"dossiers": 1}), list[Failure]()
    if not after.outcomes:
        kind = after.end.partition(" ")[0]
        counts[kind] += 1
        if kind == "fault" or expectation == UNDERSTOOD:
            failures.append(Failure("fault" if kind == "fault" else "unreadable", "", after=after.end))
        return Trial(counts, failures)
    rows = [row for sheet in papers.of("persons") if not sheet.unread for row in sheet.rows if not row.aside]
    written = {row.origin["resident_id"] for row in rows}
    decided = {district.true_ids.get(resident, ""): outcome for resident, outcome in after.outcomes.items()}
    earlier = {district.true_ids.get(resident, ""): outcome for resident, outcome in before.outcomes.items()}
    assumed = {district.true_ids.get(resident, ""): text for resident, text in after.assumed.items()}
    excused = {district.true_ids.get(resident, "") for resident in papers.excused}
    missing = 0
    for resident in sorted(
        {district.true_ids[written_id] for written_id in written if written_id in district.true_ids}
    ):
        counts["persons"] += 1
        truth, was, now = district.truth[resident], earlier.get(resident, ""), decided.get(resident, "")
        kind = wrong(truth, now or REVIEW)
        if not now:
            counts["set_aside"] += 1
            missing += bool(was)
        if now == was:
            counts["unchanged"] += 1
        elif now in ("", REVIEW):
            counts["to_review"] += 1
        elif not kind:
            counts["gained"] += 1
        if kind and now == was:
            counts["wrong_before"] += 1
        elif kind and resident in excused:
            counts["excused"] += 1
            counts["excused_assumed"] += "agreements_complete" in assumed[resident]
        elif kind:
            counts[kind] += 1
            failures.append(Failure(kind, resident, truth, was, now))
        elif now != was and expectation == UNDERSTOOD:
            counts["changed"] += 1
            failures.append(Failure("changed", resident, truth, was, now or "set aside"))
    if after.rows_in < len(rows) or missing > after.quarantined:
        counts["lost"] += 1
        failures.append(Failure("lost", "", after=f"{after.rows_in} rows of {len(rows)}, {missing} persons missing"))
    for resident in sorted(set(after.outcomes) - set(district.true_ids) - papers.strangers - set(before.outcomes)):
        counts["invented"] += 1
        failures.append(Failure("invented", resident, after=after.outcomes[resident]))
    return Trial(counts, failures)
