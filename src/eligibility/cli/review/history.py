"""`eligibility review history`: what became of one case, from the first decision on."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from eligibility.application.case_history import case_history
from eligibility.cli.screen import Screen, print_json
from eligibility.labels.titles import Family, Titles
from eligibility.labels.topics import asked_about
from eligibility.model.diagnostic import Bilingual
from eligibility.model.event import Kind
from eligibility.review import CaseEvent

_KINDS = {
    Kind.DECIDED: Bilingual("判定", "decided"),
    Kind.ANSWERED: Bilingual("答复", "answered"),
    Kind.WITHDRAWN: Bilingual("撤回答复", "took an answer back"),
    Kind.COMMENTED: Bilingual("说明", "remarked"),
    Kind.SIGNED: Bilingual("签字", "signed"),
    Kind.APPEALED: Bilingual("申诉", "appealed"),
    Kind.CORRECTED: Bilingual("复查", "looked into"),
}
_WORDS = {
    "agree": Bilingual("同意", "agrees"),
    "disagree": Bilingual("不同意", "disagrees"),
    "incomplete": Bilingual("待补", "incomplete"),
    "wrong": Bilingual("有误", "wrong"),
    "right": Bilingual("维持", "right"),
}


def show_history(run: Path, person: str, *, lang: str, json: bool) -> None:
    """Print every event of the record about the case of `person`.

    Raises:
        InputError: no finished run, or nobody or several of that name.

    """
    found = case_history(run, person)
    if json:
        print_json(
            {"name": found.name, "resident_id": found.resident_id, "events": [one._asdict() for one in found.events]}
        )
        return
    en = lang == "en"
    table = Table(title=f"{found.name} {found.resident_id}")
    for head in ("No.", "Day", "What", "Who", "Content") if en else ("事件", "日期", "事项", "何人", "内容"):
        table.add_column(head, overflow="fold")
    titles = Titles(found.policy)
    for one in found.events:
        table.add_row(
            str(one.seq), one.at[:10], _KINDS[Kind(one.kind)].in_language(lang), one.by, _content(one, titles, lang)
        )
    Screen().print(table)


def _content(one: CaseEvent, titles: Titles, lang: str) -> str:
    """What the event says, codes by their titles."""
    match one.kind:
        case Kind.DECIDED:
            about = titles.text(Family.OUTCOME, one.about).in_language(lang)
        case Kind.ANSWERED:
            about = asked_about(one.about).in_language(lang)
        case Kind.SIGNED:
            stage = titles.policy.stages.get(one.about)
            about = stage.title if stage and lang != "en" else one.about
        case _:
            about = _WORDS[one.about].in_language(lang) if one.about in _WORDS else one.about
    words = _WORDS[one.words].in_language(lang) if one.words in _WORDS else one.words
    return " ".join(part for part in (about, words) if part)
