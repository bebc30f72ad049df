"""Explains one decision: the part of the profile, and the person's facts as ranges, papers with their places, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

import duckdb

from eligibility.adjudicate.explain.assumptions import with_facts
from eligibility.adjudicate.explain.benefits import benefit_readings, class_title
from eligibility.adjudicate.explain.links import links_of
from eligibility.adjudicate.explain.models import (
    Explanation,
    FactReading,
    PaperPlace,
    ProfileExplanation,
    QuestionReading,
    RegimeReading,
)
from eligibility.adjudicate.explain.places import fact_places, papers_of_person
from eligibility.adjudicate.explain.profile import Profiles
from eligibility.adjudicate.explain.readings import body_en, document_en
from eligibility.adjudicate.explain.sentences import with_papers
from eligibility.labels.facts import fact_text, fact_text_en
from eligibility.labels.values import readable
from eligibility.model.formula import conditions_named
from eligibility.model.policy import FactSpec, Policy
from eligibility.model.resident_id import mask
from eligibility.model.truth import Truth
from eligibility.money.classes import class_of
from eligibility.rulebook.regime import Regime, other_regimes

NOBODY = dict.fromkeys(("resident_id", "name", "community", "group", "household_id", "profile_id"), "")


_QUESTIONS = """
WITH asked AS (FROM decision.person_questions JOIN decision.questions USING (question_id) WHERE row_id = ?),
named AS (
    SELECT resident_id AS subject, arg_min(name, row_id) AS name
    FROM decision.persons WHERE resident_id IN (SELECT subject FROM asked WHERE subject_kind = 'person') GROUP BY resident_id
)
SELECT question_id, number, subject, name, title, title_en, documents, bodies, file, sheet, "row", columns
FROM asked LEFT JOIN named USING (subject)
ORDER BY persons_settled DESC, persons_touched DESC, question_id
"""
MOST_FACTS = 3


class Explainer:
    """Explains the persons of one decided dossier; each profile is built once and completed for the person."""

    def __init__(self, con: duckdb.DuckDBPyConnection, policy: Policy, regimes: tuple[Regime, ...] = ()) -> None:
        self.con, self.policy, self.regimes = con, policy, regimes
        self.profiles = Profiles(policy)

    def of(self, resident_id: str) -> list[Explanation]:
        """Return the explanation of every decision under `resident_id` (one, except for unreadable ids); empty if none."""
        rows = self.con.execute("SELECT * FROM decision.persons WHERE resident_id = ? ORDER BY row_id", [resident_id])
        names = [column[0] for column in rows.description or ()]
        return [self._explanation(dict(zip(names, row, strict=True))) for row in rows.fetchall()]

    def of_rows(self, row_ids: list[int]) -> Iterator[Explanation]:
        """Yield the explanations of decisions by row id, in input order."""
        query = "SELECT * FROM decision.persons WHERE row_id IN (SELECT unnest(?)) ORDER BY row_id"
        rows = self.con.execute(query, [row_ids])
        names = [column[0] for column in rows.description or ()]
        for row in rows.fetchall():
            yield self._explanation(dict(zip(names, row, strict=True)))

    def _explanation(self, decision: dict[str, Any]) -> Explanation:
        marks = _row(self.con, "SELECT * FROM verdict.profiles WHERE profile_id = ?", decision["profile_id"])
        facts = _row(self.con, "SELECT * FROM fact.persons WHERE row_id = ?", decision["row_id"])
        conditions = {condition: Truth(marks[condition]) for condition in self.policy.conditions}
        papers = papers_of_person(self.con, decision["row_id"])
        links = links_of(self.con, decision["row_id"])
        person = {key: decision[key] or "" for key in NOBODY}
        explanation = complete(self.policy, self.profiles, conditions, person, facts, papers, self.regimes)
        questions = self._questions(decision["row_id"])
        citizen = with_papers(explanation.citizen, questions)
        return replace(explanation, links=links, questions=questions, citizen=citizen)

    def _questions(self, row_id: int) -> list[QuestionReading]:
        answer = self.con.execute(_QUESTIONS, [row_id])
        names = [column[0] for column in answer.description or ()]
        return [self._question(dict(zip(names, row, strict=True))) for row in answer.fetchall()]

    def _question(self, asked: dict[str, Any]) -> QuestionReading:
        documents, offices = (list(filter(None, asked[part].split(";"))) for part in ("documents", "bodies"))
        hidden = mask(asked["subject"]) if asked["name"] else ""
        titles = [
            asked[part].replace(hidden, f"{asked['name']}（{hidden}）") if hidden else asked[part]
            for part in ("title", "title_en")
        ]
        return QuestionReading(
            id=asked["question_id"],
            number=asked["number"],
            title=titles[0],
            title_en=titles[1],
            documents=[self.policy.documents.get(code, code) for code in documents],
            documents_en=[document_en(self.policy, code) for code in documents],
            bodies=[self.policy.bodies.get(code, code) for code in offices],
            bodies_en=[body_en(self.policy, code) for code in offices],
            **{part: asked[part] for part in ("file", "sheet", "row", "columns")},
        )


def explain(
    con: duckdb.DuckDBPyConnection, policy: Policy, resident_id: str, regimes: tuple[Regime, ...] = ()
) -> list[Explanation]:
    """Return the explanation of every decision under `resident_id`. For many persons, reuse an `Explainer`."""
    return Explainer(con, policy, regimes).of(resident_id)


def explain_case(
    policy: Policy, marks: dict[str, Truth], facts: dict[str, Any], regimes: tuple[Regime, ...] = ()
) -> Explanation:
    """Return the explanation of a hypothetical case, which has only facts and the marks that follow from them."""
    return complete(policy, Profiles(policy), marks, NOBODY, facts, [], regimes)


def complete(  # noqa: PLR0913, PLR0917
    policy: Policy,
    profiles: Profiles,
    marks: Mapping[str, Truth],
    person: Mapping[str, str],
    facts: Mapping[str, Any],
    papers: list[PaperPlace],
    regimes: tuple[Regime, ...],
) -> Explanation:
    """Return the profile's explanation completed by the data of one person."""
    profile = profiles.of(marks)
    shared: dict[str, Any] = {field.name: getattr(profile, field.name) for field in fields(profile)} | dict(person)
    shared["assumptions"] = with_facts(policy, profile.assumptions, facts, profile.outcome)
    class_words = class_title(policy, class_of(policy, profile.outcome, marks))
    return Explanation(
        **shared,
        outcome_class=class_words.zh,
        outcome_class_en=class_words.en,
        benefits=benefit_readings(policy, profile.outcome, marks, facts),
        facts=[_fact(policy, spec, facts, papers) for spec in policy.facts.values()],
        papers=papers,
        try_regimes=_other_regimes(profile.regime, facts, regimes),
        main_facts=_main_facts(policy, profile),
    )


def _main_facts(policy: Policy, profile: ProfileExplanation) -> list[str]:
    """The facts of the clauses that decide the case, or leave it open: areas, days and counts before yes and no."""
    decisive = {
        "not_eligible": [reason.code for reason in profile.reasons],
        "manual_review": _marked(profile, Truth.OPEN),
    }
    clauses = decisive.get(profile.outcome) or _marked(profile, Truth.PROVEN)
    named = [
        name for clause in clauses if clause in policy.clauses for name in conditions_named(policy.clauses[clause].when)
    ]
    facts = dict.fromkeys(fact for name in named for fact in policy.conditions[name].facts)
    shown = [fact for fact in facts if not fact.startswith("gap_")]
    return sorted(shown, key=lambda fact: not policy.facts[fact].type.ordered)[:MOST_FACTS]


def _marked(profile: ProfileExplanation, mark: Truth) -> list[str]:
    return [clause.id for clause in profile.clauses if clause.mark is mark]


def _fact(policy: Policy, spec: FactSpec, facts: Mapping[str, Any], papers: list[PaperPlace]) -> FactReading:
    return FactReading(
        id=spec.id,
        title=spec.title,
        title_en=spec.title_en or readable(spec.id),
        says=fact_text(spec, facts),
        says_en=fact_text_en(spec, facts),
        confirmed_by=spec.confirmed_by,
        confirmed_by_en=", ".join(body_en(policy, body) for body in spec.bodies),
        day=spec.day,
        known=any(facts.get(column) is not None for column in spec.columns),
        papers=fact_places(spec, papers),
    )


def _other_regimes(regime: str, facts: Mapping[str, Any], regimes: tuple[Regime, ...]) -> list[RegimeReading]:
    approved = facts.get("approval_date_lo"), facts.get("approval_date_hi")
    return [
        RegimeReading(
            id=other.rulebook,
            title=other.title,
            instrument=other.citation.instrument,
            article=other.citation.article,
            status=other.citation.status,
        )
        for other in other_regimes(regimes, regime, approved)
    ]


def _row(con: duckdb.DuckDBPyConnection, query: str, key: Any) -> dict[str, Any]:
    cursor = con.execute(query, [key])
    names = [column[0] for column in cursor.description or ()]
    return dict(zip(names, cursor.fetchone() or (), strict=True))
