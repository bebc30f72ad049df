"""Writing rulebooks: a new one to fill in, names changed everywhere, and where each fact comes from and who uses it."""

from eligibility.rulebook.authoring.fact_uses import FactUse, fact_uses
from eligibility.rulebook.authoring.rename import KINDS, Change, renamed
from eligibility.rulebook.authoring.scaffold import new_rulebook
from eligibility.rulebook.authoring.sister import like_sister

__all__ = ["KINDS", "Change", "FactUse", "fact_uses", "like_sister", "new_rulebook", "renamed"]
