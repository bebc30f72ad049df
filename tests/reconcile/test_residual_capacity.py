"""Room on parcels beside what others certainly hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from eligibility.reconcile import residual_capacity
from eligibility.reconcile.max_flow import Flow, max_flow
from eligibility.reconcile.positive_evidence import Claim
from reconcile.small_papers import NUMBERS, parcel


def test_what_shares_nothing_is_laid_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that could be anywhere makes one part of a whole province; its lines must not each be laid among all parcels."""
    seen: list[int] = []

    def watched(demands: Mapping[int, int], reach: Mapping[int, Iterable[int]], capacities: Mapping[int, int]) -> Flow:
        seen.append(len(capacities))
        return max_flow(demands, reach, capacities)

    monkeypatch.setattr(residual_capacity, "max_flow", watched)
    claims = {i: Claim((parcel(i, NUMBERS[0], 3),), cited=True) for i in range(500)}
    found = residual_capacity.ResidualCapacity(dict.fromkeys(claims, 2), claims)
    assert seen == [1] * 500
    assert found.left([parcel(7, NUMBERS[0], 3)], 3) == 1
