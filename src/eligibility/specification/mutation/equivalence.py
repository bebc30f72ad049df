"""Which mutants tell everybody the same as the original: proved by the solver, never by a list or an argument in code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from eligibility.model.diagnostic import Bilingual
from eligibility.proving import Altered, Verdict, Versions
from eligibility.specification.mutation.mutant import Mutant
from eligibility.specification.run import Specification

PROVED = Bilingual(
    "求解器证明：施行以来的每一天、每个备选值之下，任何人的结论、原因和所列推定都不变",
    "proved by the solver: on every day in force and under every value on file everybody is told the same",
)
UNDECIDED = Bilingual(
    "限时之内未能证明改与不改相同，也没有找到不同的人",
    "neither proved to be the same in time, nor was anybody found whom it concerns",
)


@dataclass
class Equivalence:
    """What mutants of one rulebook alter; each is asked once."""

    folder: Path
    versions: Versions
    answers: dict[int, tuple[Mutant, Altered]] = field(default_factory=dict)

    def altered(self, mutant: Mutant) -> Altered:
        """What the mutant alters."""
        if id(mutant) not in self.answers:
            self.answers[id(mutant)] = (mutant, self.versions.altered(mutant.apply))
        return self.answers[id(mutant)][1]

    def proof(self, mutant: Mutant) -> Bilingual | None:
        """In words that nothing is altered; None where something is, or the time did not suffice."""
        return PROVED if self.altered(mutant).verdict is Verdict.PROVED else None


def equivalence(specification: Specification) -> Equivalence:
    """The prover of a specification's mutants."""
    folder = specification.runner.loader.rules
    return Equivalence(folder, Versions(folder, specification.policy.as_of))


Proof = Callable[[Mutant], Bilingual | None]
