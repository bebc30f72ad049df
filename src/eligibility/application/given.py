"""Answers for a batch: those that stand in the record of a run, or an exported file of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from eligibility.adjudicate.questions.topics import topics_of
from eligibility.application.record.place import Record, batch_of, record_of, relative
from eligibility.application.record.vouch import vouched
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.review import usable
from eligibility.store.folders import atomic_file


class _File(BaseModel):
    """An exported file: the answers, and the record in which they stand, as seen from the file."""

    model_config = ConfigDict(extra="forbid")
    record: str
    answers: list[dict[str, Any]]


def given_answers(source: Path | None, policy: Policy) -> list[dict[str, Any]]:
    """The answers that may be used; [] without a source.

    Raises:
        InputError: neither a run nor a file of answers, or a body that the rulebook does not let answer.

    """
    if source is None:
        return []
    answers = _recorded(source)[0] if source.is_dir() else _exported(source)
    wrong = [_not_allowed(answer) for answer in answers if answer["body"] not in _bodies(answer["asks"], policy)]
    if wrong:
        raise InputError(*wrong)
    return answers


def export_answers(run_folder: Path, target: Path) -> int:
    """Write the answers that stand in the record of a run to `target`; how many.

    Raises:
        InputError: no run with a sound record, or the file cannot be written.

    """
    answers, record = _recorded(run_folder)
    said = {"record": relative(record.folder, target.parent), "answers": answers}
    with atomic_file(target) as path:
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return len(answers)


def _recorded(run_folder: Path) -> tuple[list[dict[str, Any]], Record]:
    """The answers that stand in the record of a run, which has to be as its batch wrote it; and the record."""
    record = record_of(run_folder)
    events = record.log.events()
    vouched(run_folder, batch_of(run_folder, events))
    return usable(events), record


def _exported(source: Path) -> list[dict[str, Any]]:
    """The answers of an exported file, each as it stands in the record that it was taken from.

    An answer counts because the record has it, not because a file says so: the file chooses among them.
    """
    try:
        said = _File.model_validate_json(source.read_bytes())
    except (OSError, ValidationError):
        problem = Bilingual(
            "不是结果目录，也不是导出的答复文件", "is neither a run folder nor an exported file of answers"
        )
        raise InputError(Diagnostic("bad_answers", SourceLocation(str(source)), problem, _EXPORT)) from None
    record = Record((source.resolve().parent / said.record).resolve())
    if not record.log.path.is_file():
        problem = Bilingual(
            f"文件中的答复所在的记录不见了：{record.folder}",
            f"the record that holds the answers is missing: {record.folder}",
        )
        raise InputError(Diagnostic("record_missing", SourceLocation(str(source)), problem, _EXPORT))
    known = {one["event"]: one for one in usable(record.log.events())}
    unknown = [n for n, one in enumerate(said.answers, start=1) if known.get(_event(one)) != one]
    if unknown:
        listed = ", ".join(map(str, unknown[:_SHOWN])) + (" …" if len(unknown) > _SHOWN else "")
        problem = Bilingual(
            f"有 {len(unknown)} 个答复不是记录中现行的答复（文件中第 {listed} 个）",
            f"{len(unknown)} answers do not stand so in the record (numbers {listed} of the file)",
        )
        raise InputError(Diagnostic("answer_not_recorded", SourceLocation(str(source)), problem, _EXPORT))
    return list({_event(one): one for one in said.answers}.values())


def _event(answer: dict[str, Any]) -> int:
    number = answer.get("event")
    return number if type(number) is int else 0


def _bodies(asks: str, policy: Policy) -> set[str]:
    return {body for topic in topics_of(policy).values() if topic.asks == asks for body in topic.answered_by(policy)[1]}


def _not_allowed(answer: dict[str, Any]) -> Diagnostic:
    place = answer["place"]
    problem = Bilingual(
        f"现行规则不准许“{answer['body']}”答复这类问题（{answer['asks']}）",
        f"the rulebook does not let {answer['body']} answer such a question ({answer['asks']})",
    )
    remedy = Bilingual("由规则准许的单位另作答复", "a body that the rulebook allows must answer")
    return Diagnostic("body_not_allowed", SourceLocation(place["file"], place["sheet"], place["row"]), problem, remedy)


_SHOWN = 5
_EXPORT = Bilingual(
    "用 eligibility review export --run 目录 --to 文件 重新导出，或直接用 --answers 结果目录",
    "export them again with eligibility review export, or name the run folder with --answers",
)
