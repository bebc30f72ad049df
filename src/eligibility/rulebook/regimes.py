"""Reads `rules/regimes.yaml`: which rulebook applies where and when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError
from eligibility.model.policy import Citation
from eligibility.rulebook.files import REGIMES
from eligibility.rulebook.glossary import WITHOUT_WORDS
from eligibility.rulebook.problems import finding, unknown_name
from eligibility.rulebook.regime import Regime
from eligibility.rulebook.schema_errors import worded
from eligibility.rulebook.schemas import CitationShape, Day, Note, Shape, Words
from eligibility.rulebook.yaml_file import YamlFile, read_yaml


class RegimeShape(Shape):
    """One entry of `regimes.yaml`: a rulebook, the places where and the days from (inclusive) and until (exclusive)."""

    about = "一套规则适用于何时何地"

    rulebook: Words = Field(description="规则代码（文件夹名）")
    title: Words = Field(description="规则名称")
    places: list[Words] = Field(description="适用的区县，写全称，旧名也列")
    since: Day | None = Field(None, description="征地批准日自这一天起（含）；不写即不限")
    until: Day | None = Field(None, description="征地批准日到这一天止（不含）；不写即不限")
    citation: CitationShape = Field(description="凭什么这样适用")
    note: Note = ""


class RegimesShape(Shape):
    """`regimes.yaml`."""

    about = "何时何地适用哪一套规则"

    none_or_several: Literal["manual_review"] = Field(description="一套也没有或不止一套时怎么办：只能转人工核查")
    regimes: list[RegimeShape] = Field(description="各套规则的适用范围")


def read_regimes(rules_dir: Path) -> tuple[Regime, ...]:
    """Read the regimes of `rules_dir` in file order; empty if it has no `regimes.yaml`.

    Raises `InputError` with one finding for each thing wrong in the file.
    """
    path = rules_dir / REGIMES
    if not path.is_file():
        return ()
    file, wrong = read_yaml(path, rules_dir)
    shape = _shape(file, wrong)
    if shape is None or wrong:
        raise InputError(*wrong)
    titles = _titles(rules_dir)
    wrong = [problem for i, entry in enumerate(shape.regimes) for problem in _problems(entry, i, file, titles)]
    if wrong:
        raise InputError(*wrong)
    return tuple(_regime(entry, titles) for entry in shape.regimes)


def _shape(file: YamlFile, wrong: list[Diagnostic]) -> RegimesShape | None:
    if not isinstance(file.content, dict):
        problem = Bilingual("文件应由“键: 值”组成", "the file must be a mapping")
        remedy = Bilingual("写明 none_or_several 与 regimes", "give “none_or_several” and “regimes”")
        wrong.extend([] if wrong else [finding("bad_yaml", file.at(), problem, remedy)])
        return None
    try:
        return RegimesShape.model_validate(file.content)
    except ValidationError as error:
        wrong.extend(worded(error, RegimesShape, file, ()))
        return None


def _problems(entry: RegimeShape, index: int, file: YamlFile, titles: dict[str, str]) -> Iterator[Diagnostic]:
    if entry.citation.instrument not in titles:
        at = file.at("regimes", index, "citation", "instrument")
        yield unknown_name(Bilingual("文件", "instrument"), entry.citation.instrument, titles.keys(), at)
    if entry.since is not None and entry.until is not None and entry.until <= entry.since:
        problem = Bilingual("终止日不晚于起始日", "it ends before it begins")
        remedy = Bilingual("更正 since 或 until", "correct “since” or “until”")
        yield finding("bad_timeline", file.at("regimes", index, "until"), problem, remedy)
    if not entry.places:
        problem = Bilingual("没有写明适用于哪里", "no place is named")
        remedy = Bilingual("在 places 中列出区县", "list districts under “places”")
        yield finding("missing_key", file.at("regimes", index, "places"), problem, remedy)


def _titles(rules_dir: Path) -> dict[str, str]:
    """Titles of the instruments, those that single rulebooks add included; what is wrong in that file is told where a rulebook is read."""
    titles: dict[str, str] = {}
    for path in (*sorted(rules_dir.glob("*/instruments.yaml")), rules_dir / "instruments.yaml"):
        content = read_yaml(path, rules_dir)[0].content
        entries = content.items() if isinstance(content, dict) else ()
        titles |= {code: str(entry.get("title", code)) for code, entry in entries if isinstance(entry, dict)}
    return titles


def _regime(entry: RegimeShape, titles: dict[str, str]) -> Regime:
    law = entry.citation
    quote = "" if law.quote in WITHOUT_WORDS else law.quote
    citation = Citation(titles[law.instrument], law.article, quote, law.status)
    return Regime(entry.rulebook, entry.title, tuple(entry.places), entry.since, entry.until, citation)
