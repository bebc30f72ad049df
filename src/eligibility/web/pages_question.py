"""A question: its papers, what each answer would settle, the form; and the case of a person."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response

from eligibility.application.workbench.acts import ConflictError, TypedAnswer
from eligibility.application.workbench.effect import Effect
from eligibility.application.workbench.questions import OpenQuestion
from eligibility.labels.states import CERTAINTIES, MARKS
from eligibility.model import work_list as form
from eligibility.model.diagnostic import Diagnostic, InputError
from eligibility.web.pages_queue import filter_of
from eligibility.web.requests import Visit

FIELDS = {"answer": form.ANSWER, "area": form.AREA, "since": form.SINCE, "until": form.UNTIL, "note": form.NOTE}
"""Fields of the form and the columns of the work list which they are."""
_SHARE = "share."
_PATIENCE, _SHARE_OF_IT = 20.0, 3.0
"""Seconds that a look at what an answer would settle may take before the page says so; and before the script asks again."""


def show_question(visit: Visit) -> Response:
    """The page of a question, with the draft if there is one."""
    return _question(visit)


def take(visit: Visit) -> Response:
    """Take the question, or keep it for longer."""
    identity = _mine(visit).id
    if visit.office.tasks.take(visit.officer, identity, visit.now):
        return visit.go(f"/question/{identity}")
    return visit.go(f"/question/{identity}", done="taken")


def let_go(visit: Visit) -> Response:
    """Give it back."""
    identity = visit.path("question")
    visit.office.tasks.let_go(visit.officer, identity)
    return visit.go("/queue", done="released")


def keep_draft(visit: Visit) -> Response:
    """Keep what was typed; by the script, or by its button."""
    question = _mine(visit)
    if not visit.office.tasks.keep_draft(
        visit.officer, question.id, _typed_fields(visit.form), _version(visit), visit.now
    ):
        return JSONResponse({"kept": False}, 413)
    if visit.office.tasks.task(visit.officer, question.id, visit.now).holder_id == visit.officer.account:
        visit.office.tasks.take(visit.officer, question.id, visit.now)
    if visit.request.headers.get("accept") == "application/json":
        return JSONResponse({"kept": True})
    return visit.go(f"/question/{question.id}", done="drafted")


def preview(visit: Visit) -> Response:
    """What the answer would settle, before it is given."""
    question = _mine(visit)
    try:
        answers = visit.office.workbench.check_answer(visit.actor, question.id, _typed(visit.form))
    except InputError as unusable:
        return _question(visit, 422, typed=_typed_fields(visit.form), findings=unusable.findings)
    effect = visit.office.effects.of(answers, _PATIENCE)
    return _question(visit, typed=_typed_fields(visit.form), previewed=effect, looked=True)


def answer(visit: Visit) -> Response:
    """Record the answer; where somebody was first, nothing is recorded and both texts are shown."""
    office, question = visit.office, _mine(visit)
    typed = _typed_fields(visit.form)
    act = visit.form.get("act", "")[:64]
    if not act:
        return _question(visit, 422, typed=typed)
    if not office.workbench.is_done(act) and not office.tasks.take(visit.officer, question.id, visit.now):
        office.tasks.keep_draft(visit.officer, question.id, typed, _version(visit), visit.now)
        return _question(visit, 409, typed=typed, conflict=True)
    try:
        office.workbench.answer(visit.actor, act, question.id, _typed(visit.form), _version(visit))
    except ConflictError:
        return _question(visit, 409, typed=typed, conflict=True)
    except InputError as unusable:
        return _question(visit, 422, typed=typed, findings=unusable.findings)
    office.tasks.follow()
    office.tasks.answered(visit.officer, question.id)
    wanted = filter_of(visit)
    if visit.form.get("onward") == "next":
        following = office.tasks.take_next(visit.officer, visit.actor, wanted, visit.now)
        if following:
            return visit.go(f"/question/{following}", done="answered")
    return visit.go("/queue", done="answered")


def comment(visit: Visit) -> Response:
    """Write a remark, or that papers are awaited."""
    question = visit.office.workbench.question(visit.actor, visit.path("question"))
    waits = visit.form.get("waits") == "yes"
    try:
        visit.office.workbench.comment(
            visit.actor, visit.form.get("act", "")[:64], question.id, visit.form.get("text", ""), waits=waits
        )
    except InputError as unusable:
        return _question(visit, 422, findings=unusable.findings)
    visit.office.tasks.follow()
    if waits:
        visit.office.tasks.let_go(visit.officer, question.id)
    return visit.go(f"/question/{question.id}", done="commented")


def withdraw(visit: Visit) -> Response:
    """Take back one's answer."""
    visit.office.workbench.withdraw(visit.actor, visit.form.get("act", "")[:64], int(visit.path("event")))
    visit.office.tasks.follow()
    return visit.go(visit.back("/account"), done="withdrawn")


def show_effects(visit: Visit) -> Response:
    """What each choice would settle, as a part of the page; the script asks for it."""
    question = _mine(visit)
    body = question.answerable(visit.actor)[0]
    texts: dict[str, str] = {}
    if not visit.office.effects.unasked:
        return JSONResponse(texts)
    for word, key in _choices(question).items():
        answers = visit.office.workbench.check_answer(
            visit.actor, question.id, TypedAnswer({form.ANSWER: word}, body, {})
        )
        effect = visit.office.effects.of(answers, _SHARE_OF_IT)
        texts[key] = _effect_text(visit, effect)
    return HTMLResponse(json.dumps(texts, ensure_ascii=False), media_type="application/json")


def show_case(visit: Visit) -> Response:
    """The case of a person."""
    batch, row = int(visit.path("batch")), int(visit.path("row"))
    case = visit.office.workbench.case(visit.actor, batch, row)
    return visit.page("case", case=case, e=case.explanation, batch=batch, marks=MARKS, certainties=CERTAINTIES)


def _question(  # noqa: PLR0913
    visit: Visit,
    status: int = 200,
    *,
    typed: Mapping[str, str] | None = None,
    findings: Sequence[Diagnostic] = (),
    previewed: Effect | None = None,
    looked: bool = False,
    conflict: bool = False,
) -> Response:
    office = visit.office
    page = office.workbench.question_page(visit.actor, visit.path("question"))
    question = page.question
    draft = office.tasks.draft(visit.officer, question.id)
    fields = dict(typed) if typed is not None else draft[0] if draft else {}
    version = page.version if conflict or draft is None or typed is not None else draft[1]
    if typed is not None and not conflict:
        version = _version(visit)
    ready = {}
    if office.effects.unasked and _choices(question) and question.answerable(visit.actor):
        ready = {key: text for key, text in _known_effects(visit, question).items() if text}
    return visit.page(
        "question", status, page=page, q=question, form=question.form(), bodies=question.answerable(visit.actor), fields=fields,
        task=office.tasks.task(visit.officer, question.id, visit.now), version=version, moved=version != page.version,
        draft_at=draft[2] if draft else 0, findings=findings, previewed=previewed, looked=looked, conflict=conflict,
        batch=office.workbench.batch.seq, effects=ready, choices=list(_choices(question).values()),
        typed_text=" · ".join(fields[name] for name in FIELDS if fields.get(name)), lazily=office.effects.unasked and bool(_choices(question)),
        answer_text=_answer_text, unknown=form.UNKNOWN, labels=FIELDS, certainties=CERTAINTIES, wanted=filter_of(visit),
        previous_text=_effect_text(visit, previewed) if previewed else "",
    )  # fmt: skip


def _mine(visit: Visit) -> OpenQuestion:
    """The question of the path, if it is his to answer."""
    workbench = visit.office.workbench
    question = workbench.question(visit.actor, visit.path("question"))
    workbench.check_answerable(visit.actor, question)
    return question


def _choices(question: OpenQuestion) -> dict[str, str]:
    """The answers that need no further field, so that what each settles can be told at once."""
    shape = question.form()
    return {word: key for word, key in shape.words.items() if key not in shape.needs and key != "recorded"}


def _known_effects(visit: Visit, question: OpenQuestion) -> dict[str, str]:
    body = question.answerable(visit.actor)[0]
    known = {}
    for word, key in _choices(question).items():
        answers = visit.office.workbench.check_answer(
            visit.actor, question.id, TypedAnswer({form.ANSWER: word}, body, {})
        )
        known[key] = _effect_text(visit, visit.office.effects.of(answers, 0.0))
    return known


def _effect_text(visit: Visit, effect: Effect | None) -> str:
    """An effect in one line, "" where it is not known."""
    if effect is None:
        return ""
    names = visit.office.workbench.policy
    titles = names.english.outcomes if visit.lang == "en" else names.outcomes
    parts = [f"{titles.get(outcome, outcome)} {count}" for outcome, count in sorted(effect.settled.items())]
    again = (
        visit.say(f"；另有 {effect.unsettled} 人转待核", f"; {effect.unsettled} would need review")
        if effect.unsettled
        else ""
    )
    if not parts:
        return visit.say("单凭此答复办结 0 人", "settles nobody alone") + again
    total = effect.total
    return visit.say(f"可办结 {total} 人：{'、'.join(parts)}", f"settles {total}: {', '.join(parts)}") + again


def _answer_text(answer: Mapping[str, Any]) -> str:
    """An answer of the record in words."""
    words = {key: word for word, key in form.form_of(answer["asks"]).words.items()}
    area = "" if answer["area_umu"] is None else f"{answer['area_umu'] / 1_000_000:.4f} 亩"
    word = form.UNKNOWN if answer["answer"] == "unknown" else words.get(answer["answer"], answer["answer"])
    parts = (answer["household"], word, area, answer["since"], answer["until"], answer["note"])
    return " · ".join(part for part in parts if part)


def _typed_fields(fields: Mapping[str, str]) -> dict[str, str]:
    return {
        name: text
        for name, text in fields.items()
        if text and (name in FIELDS or name == "body" or name.startswith(_SHARE))
    }


def _typed(fields: Mapping[str, str]) -> TypedAnswer:
    cells = {column: fields.get(name, "") for name, column in FIELDS.items()}
    shares = {name.removeprefix(_SHARE): text for name, text in fields.items() if name.startswith(_SHARE)}
    return TypedAnswer(cells, fields.get("body", ""), shares)


def _version(visit: Visit) -> int:
    text = visit.form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
