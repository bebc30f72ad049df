"""The only module that imports durable-rules. Known defects of version 2.0.28, each reproduced, and what follows:

- Sessions, messages and property names are distinguished by a 32-bit hash only. So: one constant session and message
  id, never a person's; the vocabulary is checked for FNV-1a collisions before anything runs.
- More than 1,024 sessions, or state deleted after an unmatched fact, crash the process. So: assert, act, retract.
- A rule that tests an absent property loops for ever. So: every message contains every mark that the set reads.
- Values are compared loosely ('abc' >= 5 is true). So: only the words proven, refuted and open are passed.
- An action with more than one parameter is treated as asynchronous and never completes; an exception inside an action
  is hidden in the state; an action slower than ten seconds is dropped. So: actions are closures of one parameter that
  only record, and state and completion are checked after every run; a set that failed once is never used again.
- `$or` fires once for each alternative. So: each rule that fired is recorded once.
- `Host` and `durable.lang` start threads that fire rules later. So: `durable.engine.Ruleset` only.
- More than 32 expressions in a sequence, 64 pending siblings, 252 properties or 512 alternatives fail or hang. So:
  flat rules of at most 20 equalities, at most 40 rules a set (`rules.py`), and a set reads at most 200 marks.
- No match raises MessageNotHandled, and the fact is then not stored. So: caught, and the fact is not retracted.
- Handles are global and not thread-safe, and stay until deleted. So: a lock, and `close`.
- Deleting a set does not free its session's memory (170 kB), and deleting a session that never acted crashes the
  process. So: before a set is deleted, it acts once on a `release` message; then its session is deleted.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from durable import engine as durable_engine

from eligibility.engine.rules import ALWAYS, Rule, levels, safe_sets
from eligibility.engine.verdict import EngineError, check_words

WORDS = frozenset(("proven", "refuted", "open"))
ENVELOPE = {"id": "1", "sid": "1"}
RELEASE = "release"
MAX_MARKS = 200
CACHE_SIZE = 20_000

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Conclusions:
    """All marks after a run, inputs and conclusions, and the names of the rules that fired, in order."""

    marks: dict[str, str]
    fired: tuple[str, ...]


class RuleSetAdapter:
    """Rules compiled into durable-rules sets, which run level by level. Must be closed, or used in a `with`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Compile; raises EngineError on names whose hashes collide."""
        check_vocabulary({e.name for rule in rules for e in (*rule.when, rule.conclusion)})
        self.concluded = frozenset(rule.conclusion.name for rule in rules)
        self.inputs = frozenset(e.name for rule in rules for e in rule.when) - self.concluded - {ALWAYS}
        self.levels = [[RuleSet(chunk) for chunk in safe_sets(level)] for level in levels(rules)]

    def run(self, inputs: Mapping[str, str]) -> Conclusions:
        """Derive all conclusions from the input marks. Raises EngineError on a missing or unknown mark or another word."""
        check_words(inputs, self.inputs)
        if not WORDS.issuperset(inputs.values()):
            raise EngineError(f"only {sorted(WORDS)} may enter the rules, not {sorted(set(inputs.values()) - WORDS)}")
        marks = dict.fromkeys(self.concluded, "open") | dict(inputs) | {ALWAYS: "proven"}
        fired: list[str] = []
        with _lock:
            for level in self.levels:
                _conclude(marks, rules := [rule for rule_set in level for rule in rule_set.fired(marks)])
                fired.extend(rule.name for rule in rules)
        return Conclusions(marks, tuple(fired))

    def close(self) -> None:
        """Free the engine's memory; the adapter cannot be used afterwards."""
        with _lock:
            for level in self.levels:
                for rule_set in level:
                    rule_set.close()

    def __enter__(self) -> RuleSetAdapter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def check_vocabulary(names: set[str]) -> None:
    """Raise EngineError on names that durable-rules would confuse or could not read."""
    if not names.isdisjoint((*ENVELOPE, RELEASE)):
        raise EngineError(f"no mark may be called {', '.join((*ENVELOPE, RELEASE))}: these names are reserved")
    seen: dict[int, str] = {}
    for name in (*ENVELOPE, RELEASE, *sorted(names)):
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
            raise EngineError(f"{name!r} cannot be the name of a mark: letters, digits, _ and - of ASCII only")
        other = seen.setdefault(fnv1a_32(name), name)
        if other != name:
            raise EngineError(f"the rule engine cannot tell {other!r} from {name!r} (equal 32-bit hash): rename one")


def fnv1a_32(name: str) -> int:
    """Return the 32-bit FNV-1a hash by which durable-rules distinguishes names.

    >>> fnv1a_32("sid") == 3593476751
    True
    """
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


class RuleSet:
    """One durable-rules set. Results are cached by the marks it reads, which fully determine what fires."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = list(rules)
        self.reads = sorted({e.name for rule in rules for e in rule.when})
        if len(self.reads) > MAX_MARKS:
            raise EngineError(f"one set of rules reads {len(self.reads)} marks, more than {MAX_MARKS}")
        self._vector = _vector(self.reads)
        self._record: set[int] = set()
        self._cache: dict[tuple[str, ...], list[Rule]] = {}
        self._usable = True
        definition = {f"r{i}": _definition(rule, self._recorder(i)) for i, rule in enumerate(self._rules)}
        definition[RELEASE] = {"all": [{"m": {RELEASE: "proven"}}], "run": lambda _: None}
        self._ruleset: Any = durable_engine.Ruleset("law", None, definition)

    def fired(self, marks: Mapping[str, str]) -> list[Rule]:
        """The rules that fire on these marks, each once, in the order of their declaration."""
        key = self._vector(marks)
        fired = self._cache.get(key)
        if fired is None:
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            fired = self._cache[key] = self._run(dict(zip(self.reads, key, strict=True)))
        return fired

    def close(self) -> None:
        """Run one action, so that the session can be deleted safely; then delete the session and the set."""
        if self._ruleset is None:
            return
        if self._usable:
            # a session's memory is freed only by deleting it, which is safe only after it has acted
            self._run({RELEASE: "proven"})
            self._ruleset.delete_state(ENVELOPE["sid"])
        self._usable = False
        durable_engine.durable_rules_engine.delete_ruleset(self._ruleset._handle)
        self._ruleset = None

    def _run(self, message: dict[str, str]) -> list[Rule]:
        if not self._usable:
            raise EngineError("this set of rules has failed before, or is closed")
        self._usable = False  # until the run has succeeded: a half-finished session could affect the next case
        self._record.clear()
        fact = message | ENVELOPE
        try:
            handle = self._ruleset.assert_fact(fact)
        except durable_engine.MessageNotHandledException:
            self._usable = True
            return []
        self._act(handle)
        self._ruleset.retract_fact(fact)
        self._usable = True
        return [self._rules[i] for i in sorted(self._record)]

    def _act(self, handle: int) -> None:
        ended: list[tuple[object, Any]] = []
        self._ruleset.do_actions(handle, lambda error, state: ended.append((error, state)))
        if not ended:
            raise EngineError("durable-rules dropped an action")
        for error, state in ended:
            if error is not None or (state or {}).get("exception"):
                raise EngineError(f"an action failed inside durable-rules: {error or state['exception']}")

    def _recorder(self, index: int) -> Callable[[object], None]:
        record = self._record

        def act(_: object) -> None:
            record.add(index)

        return act


def _vector(names: Sequence[str]) -> Callable[[Mapping[str, str]], tuple[str, ...]]:
    if len(names) == 1:
        return lambda marks: (marks[names[0]],)
    return itemgetter(*names)


def _definition(rule: Rule, act: Callable[[object], None]) -> dict[str, object]:
    parts: list[dict[str, object]] = [{e.name: e.word} for e in rule.when]
    pattern = parts[0] if len(parts) == 1 else {"$or" if rule.some else "$and": parts}
    return {"all": [{"m": pattern}], "run": act}


def _conclude(marks: dict[str, str], fired: Sequence[Rule]) -> None:
    for rule in fired:
        name, word = rule.conclusion.name, rule.conclusion.word
        if marks[name] not in ("open", word):
            raise EngineError(f"{name} concluded both {marks[name]} and {word} (last by {rule.name})")
        marks[name] = word
