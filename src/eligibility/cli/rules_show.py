"""`eligibility rules show`: the rulebook as a readable page, on the terminal or as one HTML file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.padding import Padding

from eligibility.cli.screen import OFF, Screen, on
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Kind, Status
from eligibility.rulebook.description import (
    ClauseDescription,
    Consequence,
    ParameterDescription,
    RulebookDescription,
    describe_rulebook,
)
from eligibility.rulebook.difference import day_in_force, read_side
from eligibility.rulebook.prose_words import WORDLESS

COLOURS = {Status.SEEN: "green", Status.QUOTED: "cyan", Status.ASSUMED: "yellow", Status.UNSET: "red"}
KIND_COLOURS = {
    Kind.REQUIREMENT: "bold",
    Kind.EXCLUSION: "bold red",
    Kind.REGISTER: "blue",
    Kind.ELSEWHERE: "blue",
    Kind.REFER: "yellow",
}


def show_rulebook(folder: Path, today: date, as_of: date | None, *, html: Path | None, lang: str) -> None:
    """Print the rulebook in `folder`, or write it to `html`.

    Without `as_of` the day is today or, for a rulebook not in force today, its nearest day.

    Raises:
        InputError: the rules cannot be used, or `html` cannot be written.

    """
    book = describe_rulebook(read_side(folder, as_of or day_in_force(folder, today)))
    if html is None:
        _tell(book, lang)
        return
    from eligibility.reporting.pages.rulebook_page import write_rulebook_page

    try:
        write_rulebook_page(book, html, lang=lang)
    except OSError as error:
        problem = Bilingual(f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}")
        remedy = Bilingual("请用 --html 指定另一个文件", "name another file with --html")
        raise InputError(Diagnostic("out_not_writable", SourceLocation(str(html)), problem, remedy)) from None
    Screen().print(f"{'Written' if lang == 'en' else '已写出'}：{html}", soft_wrap=True)


def _tell(book: RulebookDescription, lang: str) -> None:
    console, en = Screen(), lang == "en"
    policy = book.policy
    console.print(f"{on('bold')}{policy.title}{OFF}  {on('dim')}{policy.id}{OFF}")
    console.print(f"{policy.instrument} {book.document_number}".rstrip())
    console.print(
        f"{'In force' if en else '施行'}：{book.in_force.in_language(lang)}  {'as of' if en else '截至'} {policy.as_of}"
    )
    if book.in_force_note:
        console.print(f"{on('dim')}{book.in_force_note}{OFF}")
    console.rule("Clauses" if en else "条款")
    for number, clause in enumerate(book.clauses, start=1):
        _tell_clause(console, number, clause, book, lang)
    console.rule("Legal numbers" if en else "法定数值")
    for parameter in book.parameters:
        _tell_parameter(console, parameter, lang)


def _tell_clause(
    console: Console, number: int, clause: ClauseDescription, book: RulebookDescription, lang: str
) -> None:
    en = lang == "en"
    colour = KIND_COLOURS.get(clause.kind, "bold")
    title = clause.name.title.in_language(lang)
    console.print(
        f"{on('bold')}{number}. {title}{OFF}  {on(colour)}{clause.kind_title.in_language(lang)}{OFF} {on('dim')}{clause.name.id}{OFF}"
    )
    lines = [f"{clause.sentence.in_language(lang)}{'.' if en else '。'}"]
    quote = (
        f"“{clause.citation.quote}”"
        if clause.citation.quote
        else f"（{WORDLESS[clause.citation.status].in_language(lang)}）"
    )
    standing = f"{on(COLOURS[clause.citation.status])}{clause.standing.in_language(lang)}{OFF}"
    law = f"{clause.citation.instrument} {clause.citation.article}{quote}"
    lines.append(f"{on('dim')}{'Source' if en else '依据'}{OFF} {law} {standing}")
    lines += [_consequence(one, clause, book, lang) for one in clause.consequences]
    for exception in clause.exceptions:
        lines.append(f"{on('dim')}{'Exception' if en else '例外'}{OFF} {exception.title.in_language(lang)}")
    if clause.note:
        lines.append(f"{on('dim')}{'Note' if en else '注'} {clause.note}{OFF}")
    console.print(Padding("\n".join(lines), (0, 0, 1, 3)))


def _consequence(one: Consequence, clause: ClauseDescription, book: RulebookDescription, lang: str) -> str:
    en = lang == "en"
    outcome = one.outcome.replace("_", " ") if en else book.policy.outcomes.get(one.outcome, "")
    if not one.outcome and clause.excepts is not None:
        outcome = ("lifts " if en else "不再适用") + clause.excepts.title.in_language(lang)
    said = ("; " if en else "；").join(text.in_language(lang) for text in one.texts)
    return f"{on('dim')}{one.when.in_language(lang)}{OFF} → {outcome}{': ' if en else '：'}{said}"


def _tell_parameter(console: Console, one: ParameterDescription, lang: str) -> None:
    en = lang == "en"
    standing = f"{on(COLOURS[one.status])}{one.standing.in_language(lang)}{OFF}"
    title, value = one.name.title.in_language(lang), one.value.in_language(lang)
    console.print(f"{on('bold')}{title}{OFF}  {value}  {standing} {on('dim')}{one.name.id}{OFF}")
    lines = []
    for period in one.timeline:
        until = str(period.until) if period.until else ("onwards" if en else "今")
        source = f"{period.citation.instrument} {period.citation.article}"
        sign = "▶" if period.now else " "
        lines.append(f"{sign} {period.since} – {until}  {period.value.in_language(lang)}  {on('dim')}{source}{OFF}")
    if one.alternatives:
        others = ("; " if en else "；").join(text.in_language(lang) for text in one.alternatives)
        lines.append(f"  {on('dim')}{'to try' if en else '供试算'}：{others}{OFF}")
    console.print(Padding("\n".join(lines), (0, 0, 1, 3)))
