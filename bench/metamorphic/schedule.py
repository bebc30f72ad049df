"""Which dossier is rewritten how: by seed and number alone, so that each can be made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random
from shutil import rmtree

from bench.metamorphic.catalogue import REWRITINGS
from bench.metamorphic.districts import District, make_district
from bench.metamorphic.papers import Papers
from bench.metamorphic.rewriting import SAFE, UNDERSTOOD, NotApplicableError
from bench.metamorphic.trial import Decisions, Trial, compare, decisions_on

AROUND = 12
"""Rewritings of one district, whose own papers are decided once."""


@dataclass
class Attempt:
    """One dossier rewritten. `trial` is None where the papers have nothing to rewrite so; `blamed`: what fails by itself."""

    seed: int
    number: int
    names: tuple[str, ...]
    kind: str = ""
    persons: int = 0
    blamed: str = ""
    papers: Papers | None = field(default=None, repr=False)
    trial: Trial | None = None

    @property
    def label(self) -> str:
        """Its rewritings, as `--only` takes them."""
        return "+".join(self.names)

    def forget(self) -> None:
        """Let go of the papers."""
        self.papers = None


@dataclass(frozen=True)
class Round:
    """A round to undertake: the dossiers of it that are wanted, the share of pairs, and where failing ones are kept."""

    seed: int
    number: int
    only: tuple[str, ...]
    wanted: range
    pairs: float = 0.4
    keep: Path | None = None


def undertake_round(todo: Round) -> tuple[int, list[Attempt]]:
    """Undertake the dossiers of a round; its number, and what came of them."""
    done = []
    for attempt in attempts(todo):
        undertake(attempt)
        if todo.keep and attempt.trial and attempt.trial.failures and attempt.papers:
            folder = todo.keep / f"{todo.seed}-{attempt.number}-{attempt.label}"
            rmtree(folder, ignore_errors=True)
            attempt.papers.write(folder)
        attempt.forget()
        done.append(attempt)
    return todo.number, done


@lru_cache(maxsize=2)
def round_of(seed: int, number: int) -> tuple[District, Decisions]:
    """The district of a round, and what is decided on its papers as they are."""
    district = make_district(f"{seed}:{number}")
    before = decisions_on(district.papers)
    if before.end != "decided":
        raise RuntimeError(before.end)
    return district, before


def attempts(todo: Round) -> Iterator[Attempt]:
    """The dossiers of a round that are wanted, with their rewritings: the given ones in turn, or all by turns and by chance."""
    names = list(REWRITINGS)
    for dossier in range(todo.number * AROUND, (todo.number + 1) * AROUND):
        if dossier in todo.wanted:
            chance = Random(f"{todo.seed}:{dossier}:names")
            first = names[(dossier * 97 + todo.seed) % len(names)]
            second = [chance.choice(names)] if chance.random() < todo.pairs else []
            only = todo.only[dossier % len(todo.only)].split("+") if todo.only else []
            yield Attempt(todo.seed, dossier, tuple(only or dict.fromkeys([first, *second])))


def rewritten(attempt: Attempt, names: Sequence[str]) -> Papers | None:
    """The papers of the attempt rewritten in so many ways; None where one of them cannot be applied."""
    district, _ = round_of(attempt.seed, attempt.number // AROUND)
    papers = district.papers.twin()
    try:
        for name in names:
            REWRITINGS[name].change(papers, Random(f"{attempt.seed}:{attempt.number}:{name}"))
    except NotApplicableError:
        return None
    return papers


def undertake(attempt: Attempt) -> None:
    """Rewrite, decide, compare; of two rewritings that fail together the one is blamed that fails by itself."""
    district, before = round_of(attempt.seed, attempt.number // AROUND)
    attempt.kind, attempt.persons = district.kind, len(district.truth)
    attempt.trial, attempt.papers = _try(attempt, attempt.names, district, before)
    attempt.blamed = attempt.label
    if attempt.trial and attempt.trial.failures and len(attempt.names) > 1:
        for name in attempt.names:
            alone, _ = _try(attempt, [name], district, before)
            if alone and alone.failures:
                attempt.blamed = name
                attempt.trial.failures = alone.failures
                break


def _try(
    attempt: Attempt, names: Sequence[str], district: District, before: Decisions
) -> tuple[Trial | None, Papers | None]:
    papers = rewritten(attempt, names)
    if papers is None:
        return None, None
    understood = all(REWRITINGS[name].expectation == UNDERSTOOD for name in names)
    return compare(district, papers, before, decisions_on(papers), UNDERSTOOD if understood else SAFE), papers
