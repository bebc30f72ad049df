"""Converts codes of a policy to readings in both languages: clauses, reasons, questions and papers."""

from __future__ import annotations

from eligibility.adjudicate.explain.models import AnswerReading, ClauseReading, ReasonReading
from eligibility.adjudicate.settlement import Change, Question, Questions
from eligibility.labels.values import readable
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Citation, Policy, Status
from eligibility.model.truth import Truth

UNREAD, UNNOTED = Bilingual("未见原文", "own words not seen"), Bilingual("未录原文", "seen, own words not noted")


def outcome_text(policy: Policy, outcome: str) -> Bilingual:
    """Return the title of the outcome."""
    return Bilingual(policy.outcomes[outcome], policy.english.outcomes.get(outcome) or readable(outcome))


def own_words(citation: Citation) -> Bilingual:
    """Return the quotation of the article, or the note that its text was not seen or not recorded."""
    if citation.quote:
        return Bilingual(f"“{citation.quote}”", f"“{citation.quote}”")
    return UNNOTED if citation.status in (Status.SEEN, Status.QUOTED) else UNREAD


def clause_reading(policy: Policy, clause_id: str, mark: Truth) -> ClauseReading:
    """Return a clause with its mark and its citation."""
    clause = policy.clauses[clause_id]
    law, words = clause.citation, own_words(clause.citation)
    return ClauseReading(
        id=clause.id,
        title=clause.title,
        title_en=clause.title_en or readable(clause.id),
        kind=str(clause.kind),
        mark=mark,
        instrument=law.instrument,
        instrument_en=law.instrument_en or law.instrument,
        article=law.article,
        quote=law.quote,
        status=law.status,
        text=clause.text,
        text_en=clause.text_en or clause.title_en or readable(clause.id),
        words=words.zh,
        words_en=words.en,
    )


def reason_reading(policy: Policy, code: str) -> ReasonReading:
    """Return a review reason with its papers and bodies; or, for a decided case, the deciding clause."""
    if code not in policy.reasons:
        clause = policy.clauses[code]
        english = clause.text_en or clause.title_en or readable(code)
        return ReasonReading(code=code, title=clause.text, title_en=english, documents=[], bodies=[])
    reason = policy.reasons[code]
    return ReasonReading(
        code=code,
        title=reason.title,
        title_en=reason.title_en or readable(code),
        documents=[policy.documents[document] for document in reason.documents],
        documents_en=[document_en(policy, document) for document in reason.documents],
        bodies=[policy.bodies[body] for body in reason.bodies],
        bodies_en=[body_en(policy, body) for body in reason.bodies],
    )


def answers_of(policy: Policy, questions: Questions, change: Change) -> list[AnswerReading]:
    """Return the answers of a change, in the order of the questions."""
    return [_answer(policy, questions.all[number], mark) for number, mark in change.answers]


def document_en(policy: Policy, code: str) -> str:
    """Return the English name of a paper."""
    return policy.english.documents.get(code) or readable(code)


def body_en(policy: Policy, code: str) -> str:
    """Return the English name of a body."""
    return policy.english.bodies.get(code) or readable(code)


def _answer(policy: Policy, question: Question, mark: Truth) -> AnswerReading:
    statement = _statement(policy, question, mark)
    return AnswerReading(
        conditions=list(question.conditions),
        clauses=list(question.clauses),
        ruling=question.override,
        answer=mark,
        title=statement.zh,
        title_en=statement.en,
    )


def _statement(policy: Policy, question: Question, mark: Truth) -> Bilingual:
    """Return the answer as a statement: what holds, what does not hold, or which clause is overridden."""
    if question.override:
        clause = policy.clauses[question.clauses[0]]
        title = clause.title_en or readable(clause.id)
        return Bilingual(f"经人核定不因“{clause.title}”一条受阻", f"a person rules that “{title}” is no obstacle")
    named = [policy.conditions[condition] for condition in question.conditions]
    zh = "、".join(dict.fromkeys(condition.title for condition in named))
    en = ", ".join(dict.fromkeys(condition.title_en or readable(condition.id) for condition in named))
    return Bilingual(zh, en) if mark is Truth.PROVEN else Bilingual(f"“{zh}”不成立", f"not: “{en}”")
