"""Answers for a batch: those that stand in the record of a run, or an exported file of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from eligibility.adjudicate.questions.topics import topics
from eligibility.application.record.place import record_of
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.policy import Policy
from eligibility.review import usable


class _Place(BaseModel):
    model_config = ConfigDict(extra="forbid")
    file: str
    sheet: str
    row: int
    sha256: str


class _Given(BaseModel):
    """An answer as it stands in an exported file."""

    model_config = ConfigDict(extra="forbid")
    question: str
    asks: str
    subject_kind: str
    subject: str
    household: str
    answer: str
    area_umu: int | None
    since: str
    until: str
    body: str
    by: str
    on: str
    note: str
    place: _Place
    batch: int
    event: int


_FILE = TypeAdapter(list[_Given])


def given_answers(source: Path | None, policy: Policy) -> list[dict[str, Any]]:
    """The answers that may be used; [] without a source.

    Raises:
        Unusable: neither a run nor a file of answers, or a body that the rulebook does not let answer.

    """
    if source is None:
        return []
    answers = usable(record_of(source).log.events()) if source.is_dir() else _exported(source)
    wrong = [_not_allowed(answer) for answer in answers if answer["body"] not in _bodies(answer["asks"], policy)]
    if wrong:
        raise Unusable(*wrong)
    return answers


def export_answers(run_folder: Path, target: Path) -> int:
    """Write the answers that stand in the record of a run to `target`; how many.

    Raises:
        Unusable: no run with a sound record, or the file cannot be written.

    """
    answers = usable(record_of(run_folder).log.events())
    try:
        target.write_text(json.dumps(answers, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    except OSError as error:
        problem = Text(f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}")
        raise Unusable(
            Finding("not_writable", Source(str(target)), problem, Text("另指定文件", "name another file"))
        ) from None
    return len(answers)


def _exported(source: Path) -> list[dict[str, Any]]:
    try:
        return [one.model_dump() for one in _FILE.validate_json(source.read_bytes())]
    except (OSError, ValidationError):
        problem = Text("不是结果目录，也不是导出的答复文件", "is neither a run folder nor an exported file of answers")
        remedy = Text(
            "用 eligibility review export --run 目录 --to 文件 导出", "make one with eligibility review export"
        )
        raise Unusable(Finding("bad_answers", Source(str(source)), problem, remedy)) from None


def _bodies(asks: str, policy: Policy) -> set[str]:
    return {body for topic in topics().values() if topic.asks == asks for body in topic.answered_by(policy)[1]}


def _not_allowed(answer: dict[str, Any]) -> Finding:
    place = answer["place"]
    problem = Text(
        f"现行规则不准许“{answer['body']}”答复这类问题（{answer['asks']}）",
        f"the rulebook does not let {answer['body']} answer such a question ({answer['asks']})",
    )
    remedy = Text("由规则准许的单位另作答复", "a body that the rulebook allows must answer")
    return Finding("body_not_allowed", Source(place["file"], place["sheet"], place["row"]), problem, remedy)
