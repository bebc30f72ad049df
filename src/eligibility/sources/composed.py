"""The one form of headers that mean the same: qualifiers, head noun and unit, without notes, particles and the choice of a synonym.

Unlike `likeness`, which proposes, this is certain: two headers of one form are one header. What a word may mean beside that
stands in no rule (composed.toml), and words that a kind asks for are never taken by their form.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from eligibility.sources.spelling import fold, spellings, without_unit

_LONGEST = 24
_CHINESE = re.compile("[*(（0-9]{0,3}[\u3400-\u9fff]")
_NOISE = re.compile(r"[\s_\-—:：·]+$")


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = files("eligibility.sources").joinpath("composed.toml").read_text(encoding="utf-8")
    return tuple((re.compile(rule["when"]), rule["is"]) for rule in tomllib.loads(text)["rule"])


@lru_cache(maxsize=20_000)
def form_of(header: str) -> str:
    """The form of a header.

    >>> form_of("身份证号码（必填）"), form_of("公民身份号码"), form_of("参保人员身份证编号")
    ('身份证号', '身份证号', '身份证号')
    >>> form_of("征地协议书编号"), form_of("征收土地面积（亩）"), form_of("户主身份证号码")
    ('协议号', '征地面积', '户主身份证号')
    """
    text = without_unit(_NOISE.sub("", fold(header))).word
    for pattern, form in _rules():
        text = pattern.sub(form, text) or text
    return text


@lru_cache(maxsize=20_000)
def forms_of(levels: tuple[str, ...]) -> tuple[str, ...]:
    """The forms of the ways in which a header of several levels may be spelt; none of what is too long or no words."""
    return tuple(dict.fromkeys(form_of(spelt) for spelt in spellings(levels) if may_have_form(spelt)))


def may_have_form(word: str) -> bool:
    """Whether a cell may be a header that has a form: a few Chinese words."""
    return 1 < len(word) <= _LONGEST and _CHINESE.match(word) is not None


def by_form(words: Mapping[str, str], asked: Iterable[str] = ()) -> dict[str, str]:
    """The meaning of each form, of words by meaning; none of a form that has two meanings, or that a word to be asked has.

    >>> by_form({"身份证号": "resident_id", "姓名": "name"}, ["身份证号码"])
    {'姓名': 'name'}
    """
    found: dict[str, set[str]] = {}
    for word, meaning in words.items():
        found.setdefault(form_of(word), set()).add(meaning)
    open_ = {form_of(word) for word in asked}
    return {form: next(iter(meanings)) for form, meanings in found.items() if len(meanings) == 1 and form not in open_}
