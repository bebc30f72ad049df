"""Acts on questions: an answer, taking it back, a remark. Each is checked, and bears the id of the request that asked for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eligibility.application.workbench.actor import Actor, refuse
from eligibility.application.workbench.ledger import Ledger
from eligibility.application.workbench.questions import OpenQuestion
from eligibility.model import work_list as form
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Act, Event, Kind
from eligibility.model.policy import Policy
from eligibility.review import LONGEST_NOTE, Checker, Filled, Question, shares_above

LONGEST_TEXT = 200
"""Characters of an answer in one's own words."""
RECORD = "events.jsonl"
"""Where an answer that was typed here stands: on the line of the record that has its number."""


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What an officer typed: the cells by header of the work list, for a roll the area of each household, and for which body."""

    cells: Mapping[str, str]
    body: str
    shares: Mapping[str, str]


class ConflictError(Exception):
    """Somebody was first: the answers to the question changed since the form was shown. Nothing was recorded."""


class _Typed(Filled):
    """A row that was typed into a form: a finding names the field, not a cell of a workbook."""

    __slots__ = ()

    def at(self, header: str) -> SourceLocation:
        return SourceLocation("", column=header)


def checked_answer(  # noqa: PLR0913, PLR0917
    actor: Actor, question: OpenQuestion, asked: Question, typed: TypedAnswer, policy: Policy, ledger: Ledger
) -> list[dict[str, Any]]:
    """The bodies of the events, without where they stand; by the same checks as a filled work list.

    Raises:
        InputError: every field that is wrong, or a body for which he does not answer.

    """
    if typed.body not in question.answerable(actor):
        raise refuse(
            "body_not_allowed",
            Bilingual("您的单位不能答复这个问题", "your body may not answer this question"),
            Bilingual(
                f"规则准许：{'、'.join(policy.bodies.get(body, body) for body in question.bodies) or '—'}",
                f"the rulebook allows: {', '.join(question.bodies) or '-'}",
            ),
        )
    _check_lengths(typed)
    checker = Checker({asked.id: asked}, policy, actor.at.date())
    made: list[dict[str, Any]] = []
    findings: list[Diagnostic] = []
    for key, cells in _rows(actor, question, typed):
        answer = checker.check(_Typed("", 0, key, cells, {}))
        if isinstance(answer, list):
            findings += [_of_household(one, key) for one in answer]
        else:
            made.append(answer)
    if not made and not findings:
        raise refuse(
            "bad_cell",
            Bilingual("没有填任何一户的面积", "no area is given"),
            Bilingual("至少填一户", "fill in one household"),
        )
    stands = {key: ledger.words.of(key) for key in ledger.words.keys(question.id)}
    placed = [answer | {"place": {"sheet": "", "row": 0}} for answer in made]
    findings += [_placeless(one) for one in shares_above(placed, stands, {asked.id: asked.most_umu})]
    if findings:
        raise InputError(*findings)
    return made


def answer_acts(actor: Actor, act: str, answers: Sequence[dict[str, Any]], batch: int, seq: int) -> list[Act]:
    """The acts of answers, each standing on its own line of the record, the first of them on the line after `seq`."""
    common = {"batch": batch, "act": act, "channel": actor.channel}
    return [
        Act(Kind.ANSWERED, answer | common | {"place": {"file": RECORD, "sheet": "", "row": row, "sha256": ""}})
        for row, answer in enumerate(answers, start=seq + 1)
    ]


def withdrawal(actor: Actor, act: str, answer: Event | None, ledger: Ledger) -> Act:
    """The act of taking one's answer back.

    Raises:
        InputError: it is not his, was taken back or changed since, or a batch has used it.

    """
    if answer is None or answer.kind != Kind.ANSWERED or answer.body["by"] != actor.name:
        raise refuse(
            "not_yours",
            Bilingual("只能撤回自己的答复", "only one's own answer can be taken back"),
            Bilingual("请本人撤回，或另作答复", "its author takes it back, or give another answer"),
        )
    body = answer.body
    stands = ledger.words.of((body["question"], body["household"])).answers
    if answer.seq not in [one["event"] for one in stands]:
        raise refuse(
            "answer_gone",
            Bilingual("这个答复已撤回或已另作答复", "the answer was taken back or replaced already"),
            Bilingual("无须再撤", "nothing is left to do"),
        )
    if answer.seq in ledger.used:
        raise refuse(
            "answer_used",
            Bilingual("这个答复已用于一次判定，不能撤回", "a batch has used the answer, it cannot be taken back"),
            Bilingual("可另作答复，下次判定采用", "give another answer, which the next batch uses"),
        )
    return Act(
        Kind.WITHDRAWN,
        {"question": body["question"], "household": body["household"], "event": answer.seq, "by": actor.name,
         "act": act, "channel": actor.channel},
    )  # fmt: skip


def remark(actor: Actor, act: str, question: str, text: str, *, waits: bool) -> Act:
    """The act of writing a remark on a question; `waits`: it waits for papers that were asked for.

    Raises:
        InputError: nothing is written, or too much.

    """
    written = text.strip()
    if not written or len(written) > LONGEST_NOTE:
        raise refuse(
            "bad_cell",
            Bilingual(f"说明须为 1 至 {LONGEST_NOTE} 字", f"a remark has 1 to {LONGEST_NOTE} characters"),
            Bilingual("请改短或写明", "write something, or less"),
        )
    body = {"question": question, "by": actor.name, "text": written, "waits": waits}
    return Act(Kind.COMMENTED, body | {"act": act, "channel": actor.channel})


def _rows(actor: Actor, question: OpenQuestion, typed: TypedAnswer) -> list[tuple[str, dict[str, str]]]:
    """The rows of a work list that would say the same, by their keys."""
    signed = {form.BODY: typed.body, form.BY: actor.name, form.ON: actor.at.date().isoformat()}
    cells = {header: text.strip() for header, text in typed.cells.items() if text.strip()}
    if question.asks != "roll" or cells.get(form.ANSWER) == form.UNKNOWN:
        return [(form.key_of(question.id), cells | signed)]
    note = {form.NOTE: cells[form.NOTE]} if form.NOTE in cells else {}
    areas = {household: text.strip() for household, text in typed.shares.items() if text.strip()}
    return [
        (form.key_of(question.id, household), {form.AREA: text} | note | signed) for household, text in areas.items()
    ]


def _check_lengths(typed: TypedAnswer) -> None:
    for header, text in typed.cells.items():
        most = LONGEST_NOTE if header == form.NOTE else LONGEST_TEXT
        if len(text) > most:
            raise InputError(_too_long(header, most))
    if any(len(text) > LONGEST_TEXT for text in typed.shares.values()):
        raise InputError(_too_long(form.AREA, LONGEST_TEXT))


def _too_long(header: str, most: int) -> Diagnostic:
    (found,) = refuse(
        "bad_cell", Bilingual(f"超过 {most} 字", f"more than {most} characters"), Bilingual("请改短", "write less")
    ).findings
    return replace(found, at=SourceLocation("", column=header))


def _of_household(finding: Diagnostic, key: str) -> Diagnostic:
    household = key.partition("|")[2]
    return replace(finding, at=replace(finding.at, file=household)) if household else finding


def _placeless(finding: Diagnostic) -> Diagnostic:
    return replace(finding, at=SourceLocation("", column=form.AREA))
