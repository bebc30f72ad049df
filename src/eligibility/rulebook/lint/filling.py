"""What a new rulebook has yet to say, what it still says in its sister's words, and whether any land comes under it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eligibility.model.diagnostic import Bilingual
from eligibility.rulebook.draft import Draft, Entry
from eligibility.rulebook.files import REGIMES, ordinary
from eligibility.rulebook.filling import TO_BE_FILLED
from eligibility.rulebook.lint.noted import noted
from eligibility.rulebook.loading import rulebooks
from eligibility.rulebook.problems import RuleFinding, Spot, warning
from eligibility.rulebook.yaml_file import read_yaml

_FILL = Bilingual(
    "照文件填写；没有读到的写“未见原文”，status 写 assumed",
    "fill it in from the paper; where it was not read write 未见原文 with status assumed",
)


def to_be_filled(draft: Draft) -> Iterator[RuleFinding]:
    """Every line of the rulebook's own files that is marked to be filled."""
    for path in sorted(draft.folder.rglob("*.yaml")):
        if ordinary(path, draft.root):
            yield from _marked(path, draft.root)


def regime_to_be_filled(rules_dir: Path) -> Iterator[RuleFinding]:
    """The same of the file that says which rulebook applies."""
    if ordinary(rules_dir / REGIMES, rules_dir):
        yield from _marked(rules_dir / REGIMES, rules_dir)


def _marked(path: Path, root: Path) -> Iterator[RuleFinding]:
    for row, line in enumerate(read_yaml(path, root)[0].text.splitlines(), start=1):
        written = line.split(" #", 1)[0]
        if TO_BE_FILLED in written and not written.lstrip().startswith("#"):
            place = Spot(path.as_posix(), row=row, col=written.index(TO_BE_FILLED) + 1)
            problem = Bilingual(f"还没有填写：{written.strip()[:40]}", f"to be filled in: {written.strip()[:40]}")
            yield warning("to_be_filled", place, problem, _FILL)


def in_no_regime(draft: Draft) -> Iterator[RuleFinding]:
    """A rulebook that regimes.yaml does not name: no land comes under it."""
    if draft.rulebook is None or not ordinary(draft.root / REGIMES, draft.root):
        return
    content = read_yaml(draft.root / REGIMES, draft.root)[0].content
    regimes = content.get("regimes") if isinstance(content, dict) else None
    if not isinstance(regimes, list) or any(
        isinstance(regime, dict) and regime.get("rulebook") == draft.folder.name for regime in regimes
    ):
        return
    problem = Bilingual(
        "regimes.yaml 没有列出这套规则：不会有征地适用它", "regimes.yaml does not name this rulebook: it never applies"
    )
    remedy = Bilingual(
        "在 regimes.yaml 加一项，写明地方和起止日；不是征地的规则、或只供对照的，在 rulebook.yaml 写 accepted: {no_regime: 理由}",
        "add it to regimes.yaml with places and days; if it is not meant to apply to land, write accepted: {no_regime: why}",
    )
    yield from noted(draft.rulebook, "no_regime", "id", problem, remedy)


def as_the_sister(draft: Draft) -> Iterator[RuleFinding]:
    """The title of another rulebook, or an article with its words under another paper: copied and not yet written anew."""
    if draft.rulebook is None:
        return
    own = draft.rulebook.body
    for name in rulebooks(draft.root):
        if name == draft.folder.name:
            continue
        other = read_yaml(draft.root / name / "rulebook.yaml", draft.root)[0].content
        if not isinstance(other, dict):
            continue
        if other.get("title") == own.title and own.title != TO_BE_FILLED:
            problem = Bilingual(f"名称与 {name} 相同：{own.title}", f"the title is that of {name}")
            yield from noted(draft.rulebook, "as_the_sister", "title", problem, _OTHER)
        if other.get("instrument") != own.instrument:
            yield from _same_words(draft, name)


_OTHER = Bilingual("照本文件改写", "write it anew from its own paper")
_NO_WORDS = ("未见原文", "未录原文", TO_BE_FILLED)


def _same_words(draft: Draft, name: str) -> Iterator[RuleFinding]:
    entries: list[Entry[Any]] = [*draft.clauses.entries.values(), *draft.parameters.entries.values()]
    for entry in entries:
        path = draft.root / name / entry.file.path.parent.name / entry.file.path.name
        if not ordinary(path, draft.root):
            continue
        theirs = set(_quoted(read_yaml(path, draft.root)[0].content))
        for instrument, article, quote in _quoted(entry.file.content):
            same = any((article, quote) == (also, words) and paper != instrument for paper, also, words in theirs)
            if same and quote not in _NO_WORDS:
                problem = Bilingual(
                    f"条款号和原文与 {name} 的相同：{article}", f"article and words are those of {name}: {article}"
                )
                yield from noted(entry, "as_the_sister", "id", problem, _OTHER)
                break


def _quoted(content: object) -> Iterator[tuple[str, str, str]]:
    """Every citation in a file: paper, article, words."""
    if isinstance(content, dict):
        if {"instrument", "article", "quote"} <= content.keys():
            yield str(content["instrument"]), str(content["article"]), str(content["quote"])
        for value in content.values():
            yield from _quoted(value)
    elif isinstance(content, list):
        for value in content:
            yield from _quoted(value)
