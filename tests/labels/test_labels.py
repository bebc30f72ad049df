"""One word, one colour, one order for one legal state, wherever people read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eligibility.adjudicate.questions.topics import topics_of
from eligibility.labels.states import CERTAINTIES, COLOURS, COVERAGE, KNOWN, MARKS, OUTCOMES
from eligibility.labels.topics import asked_about
from eligibility.model.work_list import FORMS
from eligibility.reporting.books.sheets import OUTCOME_STYLES
from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES

SOURCE = Path(__file__).parents[2] / "src" / "eligibility"
CSS = (SOURCE / "reporting" / "pages" / "templates" / "report.css").read_text(encoding="utf-8")
ROOT = re.search(r":root \{(.*?)\}", CSS, re.S)


def test_every_outcome_has_its_colours_and_its_place_in_the_order() -> None:
    assert set(COLOURS) == set(OUTCOMES) == set(OUTCOME_STYLES)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_page_has_the_colours_of_workbook_and_terminal(outcome: str) -> None:
    assert ROOT is not None
    declared = dict(re.findall(r"--([\w-]+): (#[0-9a-fA-F]{6})", ROOT[1]))
    assert declared[outcome].lower() == COLOURS[outcome].chart.lower()
    assert declared[f"text-{outcome}"].lower() == COLOURS[outcome].text.lower()


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_text_on_its_ground_can_be_read(outcome: str) -> None:
    light, dark = luminance(COLOURS[outcome].ground), luminance(COLOURS[outcome].text)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("word", [text.zh for states in (COVERAGE,) for text in states.values() if len(text.zh) > 3])
def test_the_word_of_a_state_stands_in_one_place(word: str) -> None:
    files = [path for kind in ("*.py", "*.j2", "*.typ") for path in SOURCE.rglob(kind)]
    said = [str(path.relative_to(SOURCE)) for path in files if f'"{word}"' in path.read_text(encoding="utf-8")]
    assert said == ["labels/states.py"]


def test_no_state_has_the_word_of_another() -> None:
    for states in (COVERAGE, KNOWN, MARKS, CERTAINTIES):
        assert len({text.zh for text in states.values()}) == len({text.en for text in states.values()}) == len(states)


def test_whatever_a_question_asks_has_words_in_both_languages() -> None:
    policy = load_policy(RULES, as_of=AS_OF)
    for asks in {topic.asks for topic in topics_of(policy).values()} | set(FORMS):
        words = asked_about(asks)
        assert asks not in (words.zh, words.en) or asks == words.en, asks
        assert words != asked_about("ask_anything"), asks
