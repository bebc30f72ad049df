"""What pydantic finds wrong in a file of this package, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import process

from eligibility.model.diagnostic import Bilingual


def form_problem(problem: Mapping[str, Any], names: Sequence[str], near_from: int) -> Bilingual:
    """One error of pydantic with its place; of a key that is not known, the nearest of the `names` that are.

    `near_from`: likeness, 0 to 100, from which a name may be the one that was meant.
    """
    place, near = ".".join(map(str, problem["loc"])), ""
    if problem["type"] == "extra_forbidden":
        best = process.extractOne(str(problem["loc"][-1]), names, score_cutoff=near_from)
        near = best[0] if best else ""
    return Bilingual(
        f"{place}：{problem['msg']}" + (f"（是否为 {near}？）" if near else ""),
        f"{place}: {problem['msg']}" + (f" ({near}?)" if near else ""),
    )
