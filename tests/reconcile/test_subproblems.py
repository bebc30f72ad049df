"""Parts of the reconciliation share nothing: done anywhere, in any order, they come to what the whole comes to."""

import pickle
from dataclasses import replace

from hypothesis import given, settings

from eligibility.reconcile.coverage import Subproblem, candidates, cover, divide
from reconcile.small_papers import small_papers


def as_one(parts):
    """All parts thrown together."""
    whole = Subproblem({}, {}, {}, {})
    for part in parts:
        whole = Subproblem(
            whole.lines | part.lines,
            whole.claims | part.claims,
            whole.possible | part.possible,
            whole.rejected | part.rejected,
        )
    return whole


@settings(max_examples=100, deadline=None)
@given(small_papers(), small_papers())
def test_parts_done_elsewhere_and_backwards_come_to_the_whole(papers, others):
    there = [replace(p, index=p.index + 100, community="别处") for p in others.parcels]
    lines = [replace(line, index=line.index + 100, key=line.key + "b", community="别处") for line in others.lines]
    papers = replace(papers, parcels=(*papers.parcels, *there), lines=(*papers.lines, *lines))
    possible = candidates(papers)

    def elsewhere(work, parts):
        return [work(pickle.loads(pickle.dumps(part))) for part in reversed(parts)]

    found = cover(possible, divide(papers, possible), elsewhere)
    assert found == cover(possible, divide(papers, possible), lambda work, parts: [work(as_one(parts))])
    assert list(found) == list(possible)
