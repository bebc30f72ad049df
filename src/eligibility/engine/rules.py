"""Flat rules for the engine, made from trees: helpers for what is deep or wide, levels, and sets of a safe size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from eligibility.engine.boolean import Equality, Every, Some, Tree

WIDTH = 20
"""Equalities in one rule; durable-rules refuses more than 32 in a sequence."""

RULES = 40
"""Rules in one set."""

NODES = 60
"""Different beginnings of rules in one set: an upper bound of the siblings durable-rules may hold pending (64)."""

READS = 8
"""Marks that one set reads, unless a single rule reads more: a set of few marks meets the same vector again and again,
and what it concluded is remembered."""

ALWAYS = "always"
"""A mark that is proven in every message, for rules without a premise."""


@dataclass(frozen=True, slots=True)
class Rule:
    """If every (or, where `some`, any) equality of `when` holds, then `then` holds."""

    name: str
    when: tuple[Equality, ...]
    then: Equality
    some: bool = False


@dataclass(slots=True)
class RuleMaker:
    """Collects rules; cuts what is deep or wide into helper conclusions."""

    rules: list[Rule] = field(default_factory=list)
    helpers: dict[Tree, Equality] = field(default_factory=dict)

    def add(self, name: str, when: Tree, then: Equality) -> None:
        """Add the rule `when` → `then`, with the helper rules it needs."""
        flat, some = self._flat(name, when)
        self.rules.append(Rule(name, flat, then, some))

    def helper(self, name: str, tree: Tree) -> Equality:
        """A mark that is proven where `tree` holds and open elsewhere; one for equal trees."""
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
    """The rules in the order in which they may run: a mark is read only on a level above all that conclude it."""
    by_conclusion: dict[str, list[Rule]] = {}
    for rule in rules:
        by_conclusion.setdefault(rule.then.name, []).append(rule)
    height: dict[str, int] = {}

    def settle(name: str) -> int:
        if name not in height:
            reads = {equality.name for rule in by_conclusion.get(name, ()) for equality in rule.when}
            height[name] = 1 + max(map(settle, reads)) if reads else 0
        return height[name]

    found: dict[int, list[Rule]] = {}
    for rule in rules:
        found.setdefault(settle(rule.then.name), []).append(rule)
    return [found[level] for level in sorted(found)]


def safe_sets(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Cut one level into sets that durable-rules can hold, in order."""
    sets: list[list[Rule]] = []
    nodes: set[tuple[Equality, ...]] = set()
    for rule in rules:
        nodes |= _beginnings(rule)
        reads = {equality.name for beginning in nodes for equality in beginning}
        if not sets or len(sets[-1]) == RULES or len(nodes) > NODES or len(reads) > READS:
            sets.append([])
            nodes = _beginnings(rule)
        sets[-1].append(rule)
    return sets


def _beginnings(rule: Rule) -> set[tuple[Equality, ...]]:
    if rule.some:
        return {(equality,) for equality in rule.when}
    return {rule.when[: i + 1] for i in range(len(rule.when))}
