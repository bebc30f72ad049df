"""Turns trees into flat rules for the rule engine: helper rules for deep or wide trees, levels, and sets of safe size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from eligibility.engine.dual_rail import Equality, Every, Some, Tree

WIDTH = 20
"""Equalities in one rule; durable-rules refuses more than 32 in a sequence."""

RULES = 40
"""Rules in one set."""

NODES = 60
"""Distinct rule prefixes in one set, which bounds the pending siblings of durable-rules (at most 64)."""

READS = 8
"""Marks that one set reads, unless a single rule reads more. A set of few marks sees the same values many times, so that
its cached results are reused."""

ALWAYS = "always"
"""A mark that is proven in every message, for rules without a premise."""


@dataclass(frozen=True, slots=True)
class Rule:
    """If every (or, where `some`, any) equality of `when` holds, `conclusion` holds."""

    name: str
    when: tuple[Equality, ...]
    conclusion: Equality
    some: bool = False


@dataclass(slots=True)
class RuleMaker:
    """Collects rules; replaces deep or wide subtrees by helper conclusions."""

    rules: list[Rule] = field(default_factory=list)
    helpers: dict[Tree, Equality] = field(default_factory=dict)

    def add(self, name: str, when: Tree, conclusion: Equality) -> None:
        """Add the rule `when` → `conclusion`, with the helper rules it needs."""
        flat, some = self._flat(name, when)
        self.rules.append(Rule(name, flat, conclusion, some))

    def helper(self, name: str, tree: Tree) -> Equality:
        """Return a mark that is proven where `tree` holds and open elsewhere; equal trees share one mark."""
        if tree not in self.helpers:
            helper = Equality(f"h_{len(self.helpers) + 1}", "proven")
            self.helpers[tree] = helper
            self.add(f"{name}.{helper.name}", tree, helper)
        return self.helpers[tree]

    def _flat(self, name: str, tree: Tree) -> tuple[tuple[Equality, ...], bool]:
        match tree:
            case Equality():
                return (tree,), False
            case Every(of=()):
                return (Equality(ALWAYS, "proven"),), False
            case Some(of=()):
                return (Equality(ALWAYS, "refuted"),), False
            case Every(of=parts) | Some(of=parts):
                some = isinstance(tree, Some)
                equalities = tuple(dict.fromkeys(self._equality(name, part) for part in parts))
                while len(equalities) > WIDTH:
                    equalities = self._narrow(name, equalities, Some if some else Every)
                return equalities, some and len(equalities) > 1

    def _equality(self, name: str, tree: Tree) -> Equality:
        return tree if isinstance(tree, Equality) else self.helper(name, tree)

    def _narrow(
        self, name: str, equalities: Sequence[Equality], connective: type[Every] | type[Some]
    ) -> tuple[Equality, ...]:
        groups = [tuple(equalities[i : i + WIDTH]) for i in range(0, len(equalities), WIDTH)]
        return tuple(self._equality(name, connective(group)) for group in groups)


def levels(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Group the rules into levels in order of execution: a mark is read only on a level above all that conclude it."""
    by_conclusion: dict[str, list[Rule]] = {}
    for rule in rules:
        by_conclusion.setdefault(rule.conclusion.name, []).append(rule)
    height: dict[str, int] = {}

    def height_of(name: str) -> int:
        if name not in height:
            reads = {equality.name for rule in by_conclusion.get(name, ()) for equality in rule.when}
            height[name] = 1 + max(map(height_of, reads)) if reads else 0
        return height[name]

    by_level: dict[int, list[Rule]] = {}
    for rule in rules:
        by_level.setdefault(height_of(rule.conclusion.name), []).append(rule)
    return [by_level[level] for level in sorted(by_level)]


def safe_sets(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Split one level, in order, into sets within the limits of durable-rules."""
    sets: list[list[Rule]] = []
    nodes: set[tuple[Equality, ...]] = set()
    for rule in rules:
        nodes |= _prefixes(rule)
        reads = {equality.name for prefix in nodes for equality in prefix}
        if not sets or len(sets[-1]) == RULES or len(nodes) > NODES or len(reads) > READS:
            sets.append([])
            nodes = _prefixes(rule)
        sets[-1].append(rule)
    return sets


def _prefixes(rule: Rule) -> set[tuple[Equality, ...]]:
    if rule.some:
        return {(equality,) for equality in rule.when}
    return {rule.when[: i + 1] for i in range(len(rule.when))}
