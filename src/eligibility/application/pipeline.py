"""From papers to decisions and open questions: the one list of stages, with what each reads and writes.

`run`, `audit replay` and every what-if execute this list. A what-if begins at the first stage that the changed rules
invalidate, which is found from what the stages declare; a saved run holds what they write.

>>> [stage.name for stage in STAGES]
['intake', 'places', 'answers', 'judgements', 'reconcile', 'facts', 'contradictions', 'engine', 'questions', 'decisions', 'benefits']
>>> start_of("facts").name
'facts'
>>> start_of("places").name  # it changes papers in place, so they are read again
'intake'
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby

from eligibility.application.stage import EVERY, Stage, Work, asks_differently
from eligibility.model import parameters_read
from eligibility.model.policy import Policy


def _intake(work: Work) -> None:
    from eligibility.intake import read_dossier
    from eligibility.model.extra_columns import extra_columns

    read_dossier(work.dossier, work.con, mapping=work.mapping, extra=extra_columns(work.policy))


def _places(work: Work) -> None:
    from eligibility.identify import identify

    identify(work.con, work.policy)


def _answers(work: Work) -> None:
    from eligibility.review import apply_answers

    apply_answers(work.con, work.policy, work.answers)


def _judgements(work: Work) -> None:
    from eligibility.intake import lay_judgements

    lay_judgements(work.con, work.judgements)


def _reconcile(work: Work) -> None:
    from eligibility.reconcile import reconcile

    reconcile(work.con, work.policy, each=work.each)


def _facts(work: Work) -> None:
    from eligibility.facts import assemble

    assemble(work.con, work.policy)


def _contradictions(work: Work) -> None:
    from eligibility.review import refer_contradicted

    refer_contradicted(work.con)


def _engine(work: Work) -> None:
    from eligibility.engine import evaluate_persons

    work.cross_checked = evaluate_persons(work.con, work.policy, backend=work.columns)


def _questions(work: Work) -> None:
    from eligibility.adjudicate.questions import derive_questions

    derive_questions(work.con, work.policy)


def _decisions(work: Work) -> None:
    from eligibility.adjudicate.decide import account, decide
    from eligibility.money.batch import classify

    decide(work.con, work.policy)
    account(work.con)
    classify(work.con, work.policy)


def _benefits(work: Work) -> None:
    from eligibility.money.batch import reckon_persons

    reckon_persons(work.con, work.policy)


def _tables(schema: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{schema}.{name}" for name in names)


_PLACED = _tables("paper", "persons", "groups", "agreements", "approval_parcels")
_PAPERS = (
    *_PLACED,
    *_tables("paper", "title_certificates", "contract_ledger", "approvals", "payouts", "confirmations"),
)
_COMPARED = _tables("compared", "spells", "covered", "conclusions", "against")
_PLACE = _tables(
    "place",
    "candidates",
    "namesakes",
    "households",
    "lines",
    "similar",
    "rolled",
    "out_of_scale",
    "unread_lines",
    "identities",
)

STAGES = (
    Stage(
        "intake",
        "intake",
        _intake,
        writes=(
            *_PAPERS,
            *_tables(
                "paper",
                "sources",
                "headers",
                "tables",
                "quarantine",
                "unread",
                "lists",
                "listed",
                "remarked",
                "referred",
            ),
        ),
        passing=("paper.referred",),
        parts=("columns",),
    ),
    Stage(
        "places",
        "intake",
        _places,
        reads=(
            *_PLACED,
            *_tables("paper", "approvals", "payouts", "title_certificates", "contract_ledger", "sources", "headers"),
            *_tables("paper", "lists", "listed", "remarked", "referred"),
        ),
        writes=(*_PLACE, *_COMPARED),
        amends=(
            *_PLACED,
            *_tables(
                "paper", "title_certificates", "contract_ledger", "approvals", "confirmations", "tables", "quarantine"
            ),
        ),
        parameters=parameters_read.PLACES,
        parts=("communities", "gazetteer"),
    ),
    Stage(
        "answers",
        "intake",
        _answers,
        reads=(*_PAPERS, "paper.sources"),
        writes=("paper.answers",),
        amends=(
            *_tables("paper", "sources", "persons", "agreements", "approvals", "title_certificates", "contract_ledger"),
            *_tables("paper", "payouts", "confirmations"),
        ),
        parts=("gazetteer", "columns"),
        words=("bodies",),
    ),
    Stage(
        "judgements",
        "intake",
        _judgements,
        reads=_tables("paper", "agreements", "approvals", "sources"),
        writes=("paper.judged",),
        amends=_tables("paper", "sources", "tables", "quarantine"),
    ),
    Stage(
        "reconcile",
        "reconcile",
        _reconcile,
        reads=(*_PLACED, *_tables("paper", "approvals", "payouts", "judged", "headers"), "place.candidates"),
        writes=_tables(
            *("link", "coverage", "approval_law", "links", "misplaced", "components", "findings", "finding_kinds")
        ),
        adds=("paper.quarantine",),
        parameters=parameters_read.RECONCILE,
    ),
    Stage(
        "facts",
        "facts",
        _facts,
        reads=(
            *_tables("paper", "persons", "groups", "agreements", "title_certificates", "contract_ledger", "payouts"),
            *(
                "paper.confirmations",
                "paper.approval_parcels",
                "paper.unread",
                "paper.headers",
                "paper.tables",
                "link.coverage",
                "link.misplaced",
            ),
            *_tables("place", "candidates", "households", "lines", "similar", "rolled", "out_of_scale", "unread_lines"),
            *_tables("compared", "spells", "covered"),
        ),
        writes=_tables("fact", "persons", "households", "affecting_agreements", "members", "unbounded_households"),
        passing=_tables("fact", "households", "affecting_agreements", "members", "unbounded_households"),
        parameters=parameters_read.FACTS,
        parts=("gazetteer", "facts"),
    ),
    Stage(
        "contradictions",
        "facts",
        _contradictions,
        reads=(*_tables("fact", "persons", "affecting_agreements", "members"), "paper.answers", "link.links"),
        amends=("fact.persons",),
    ),
    Stage(
        "engine",
        "engine",
        _engine,
        reads=("fact.persons",),
        writes=_tables("verdict", "profiles", "persons"),
        passing=("verdict.persons",),
        parameters=EVERY,
        parts=("facts", "conditions", "clauses"),
    ),
    Stage(
        "questions",
        "questions",
        _questions,
        reads=(
            *_tables(
                "paper",
                "persons",
                "agreements",
                "approvals",
                "approval_parcels",
                "contract_ledger",
                "title_certificates",
            ),
            *_tables("paper", "payouts", "confirmations", "quarantine", "sources", "headers", "unread"),
            *_tables("link", "links", "coverage", "approval_law", "findings", "finding_kinds"),
            *_tables("fact", "persons", "households", "affecting_agreements", "members", "unbounded_households"),
            *_tables("verdict", "profiles", "persons"),
        ),
        writes=_tables("decision", "questions", "person_questions", "question_households", "finding_waits"),
        parameters=EVERY,
        parts=("facts", "conditions", "clauses", "reasons"),
    ),
    Stage(
        "decisions",
        "decisions",
        _decisions,
        reads=(
            *_tables("verdict", "profiles", "persons"),
            *_tables("paper", "persons", "tables"),
            *_tables("decision", "questions", "person_questions"),
        ),
        writes=("decision.persons", "decision.classes"),
        passing=("decision.classes",),
        parts=("conditions", "classes"),
    ),
    Stage(
        "benefits",
        "decisions",
        _benefits,
        reads=("fact.persons", "verdict.profiles", "decision.persons"),
        writes=_tables("benefit", "persons", "items"),
        passing=("benefit.items",),
        parameters=EVERY,
        parts=("facts", "conditions", "classes", "benefits"),
    ),
)

Watch = Callable[[str], AbstractContextManager[object]]
"""Entered with the name of each step while it lasts."""


def execute(
    work: Work, *, first: str = STAGES[0].name, last: str = STAGES[-1].name, watch: Watch = lambda _: nullcontext()
) -> Work:
    """Execute the stages from `first` to `last`; `watch` is entered for each step, and left when its tables stand.

    What the stages before `first` write, as far as the others read it, must stand in the connection (`taken_up`).
    """
    for step, stages in groupby(span(first, last), key=lambda stage: stage.step):
        with watch(step):
            for stage in stages:
                stage.run(work)
    return work


def span(first: str, last: str) -> tuple[Stage, ...]:
    """The stages from one to another, both included.

    >>> [stage.name for stage in span("reconcile", "contradictions")]
    ['reconcile', 'facts', 'contradictions']
    """
    names = [stage.name for stage in STAGES]
    return STAGES[names.index(first) : names.index(last) + 1]


def kept_tables() -> dict[str, str]:
    """Every table that a run keeps → the step after which nobody changes it any more.

    >>> kept_tables()["paper.quarantine"]  # reconciliation adds to it
    'reconcile'
    """
    kept = [table for stage in STAGES for table in stage.writes if table not in stage.passing]
    return {
        table: [stage.step for stage in STAGES if table in (*stage.writes, *stage.amends, *stage.adds)][-1]
        for table in kept
    }


def invalidated(old: Policy, new: Policy) -> str | None:
    """The first stage whose work under `old` does not hold under `new`; None where all of it does."""
    return next((stage.name for stage in STAGES if asks_differently(stage, old, new)), None)


def start_of(stage: str, last: str = STAGES[-1].name) -> Stage:
    """Where to begin so that a saved run comes out anew from `stage` to `last`: there, or as far before as it takes.

    A stage can be begun with if all that is read from there on was kept as it stood before.
    """
    names = [one.name for one in STAGES]
    return next(STAGES[at] for at in range(names.index(stage), -1, -1) if _can_begin(names[at], last))


def taken_up(first: str, last: str) -> tuple[str, ...]:
    """The tables of a saved run that the stages from one to another work on.

    >>> taken_up("contradictions", "contradictions")
    ('fact.affecting_agreements', 'fact.members', 'fact.persons', 'link.links', 'paper.answers')
    """
    stages = span(first, last)
    written = {table for stage in stages for table in stage.writes}
    worked_on = {table for stage in stages for table in (*stage.reads, *stage.amends, *stage.adds)}
    return tuple(sorted(worked_on - written))


def _can_begin(first: str, last: str) -> bool:
    amended = {table for stage in span(first, last) for table in stage.amends}
    return all(table in kept_tables() and table not in amended for table in taken_up(first, last))
