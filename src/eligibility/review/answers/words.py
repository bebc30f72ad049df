"""An answer in words, as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.model import work_list as form


def answer_words(answer: Mapping[str, Any]) -> str:
    """The body of an answer's event as the work list words it, with area and days.

    >>> answer_words({"asks": "staff", "answer": "no", "area_umu": None, "since": "", "until": ""})
    '否'
    """
    area = "" if answer["area_umu"] is None else f"{answer['area_umu'] / 1_000_000:.4f}亩"
    words = {key: word for word, key in form.form_of(answer["asks"]).words.items()} | {"unknown": form.UNKNOWN}
    word = words.get(answer["answer"], answer["answer"])
    return " ".join(part for part in (word, area, answer["since"], answer["until"]) if part)
