"""The one place where durable-rules is met. What is written on the door (version 2.0.28, each point reproduced):

- Sessions, messages and property names are told apart by a 32-bit hash alone. So: one constant session and message
  id, never a person's; the vocabulary is checked for FNV-1a collisions before anything runs.
- More than 1,024 sessions, or state deleted after an unmatched fact, crash the process. So: assert, act, retract.
- A rule that asks for an absent property loops for ever. So: every mark a set reads stands in every message.
- Values are compared loosely ('abc' >= 5 is true). So: only the words proven, refuted and open cross.
- An action with more than one parameter is taken for asynchronous and never completes; an exception inside one is
  swallowed into the state; an action slower than ten seconds is dropped. So: closures of one parameter that only
  record, and after every run the state and the completion are looked at; a set that failed once is never used again.
- `$or` fires once for each alternative. So: what fired is kept once.
- `Host` and `durable.lang` start threads that fire rules later. So: `durable.engine.Ruleset` only.
- More than 32 expressions in a sequence, 64 pending siblings, 252 properties or 512 alternatives fail or hang. So:
  flat rules of at most 20 equalities, at most 40 rules a set (`rules.py`), and a set reads at most 200 marks.
- No match raises MessageNotHandled, and the fact is then not stored. So: caught here, and not retracted.
- Handles are global and not thread-safe, and stay until deleted. So: a lock, and `close`.
- Deleting a set leaves its session's memory behind (170 kB), and deleting a session that never acted crashes the
  process. So: before a set is deleted it acts once on a farewell of its own, and then its session is deleted.
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
FAREWELL = "farewell"
MARKS = 200
REMEMBERED = 20_000

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Conclusions:
    """Every mark after the run, given and concluded, and the names of the rules that fired, in order."""

    marks: dict[str, str]
    fired: tuple[str, ...]


class Cage:
    """Rules compiled into sets that run one above the other. Close it, or use it in a `with`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Compile; raises EngineError on a vocabulary that the engine's hashes cannot tell apart."""
        check_vocabulary({e.name for rule in rules for e in (*rule.when, rule.then)})
        self.concluded = frozenset(rule.then.name for rule in rules)
        self.inputs = frozenset(e.name for rule in rules for e in rule.when) - self.concluded - {ALWAYS}
        self.levels = [[RuleSet(chunk) for chunk in safe_sets(level)] for level in levels(rules)]

    def run(self, given: Mapping[str, str]) -> Conclusions:
        """Draw every conclusion from the given marks; a mark absent, unknown or of another word is refused."""
        check_words(given, self.inputs)
        if not WORDS.issuperset(given.values()):
            raise EngineError(f"only {sorted(WORDS)} may enter the rules, not {sorted(set(given.values()) - WORDS)}")
        marks = dict.fromkeys(self.concluded, "open") | dict(given) | {ALWAYS: "proven"}
        fired: list[str] = []
        with _lock:
            for level in self.levels:
                _conclude(marks, rules := [rule for each in level for rule in each.fired(marks)])
                fired.extend(rule.name for rule in rules)
        return Conclusions(marks, tuple(fired))

    def close(self) -> None:
        """Give the engine's memory back; the cage cannot be used afterwards."""
        with _lock:
            for level in self.levels:
                for each in level:
                    each.close()

    def __enter__(self) -> Cage:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def check_vocabulary(names: set[str]) -> None:
    """Refuse names that durable-rules would take for one another, or could not read."""
    if not names.isdisjoint((*ENVELOPE, FAREWELL)):
        raise EngineError(f"no mark may be called {', '.join((*ENVELOPE, FAREWELL))}: the cage uses these names itself")
    seen: dict[int, str] = {}
    for name in (*ENVELOPE, FAREWELL, *sorted(names)):
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
            raise EngineError(f"{name!r} cannot be the name of a mark: letters, digits, _ and - of ASCII only")
        other = seen.setdefault(fnv1a_32(name), name)
        if other != name:
            raise EngineError(f"the rule engine cannot tell {other!r} from {name!r} (equal 32-bit hash): rename one")


def fnv1a_32(name: str) -> int:
    """The hash by which durable-rules tells names apart.

    >>> fnv1a_32("sid") == 3593476751
    True
    """
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


class RuleSet:
    """One set in the engine. It remembers what fired for the marks it reads, for rules know nothing else."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = list(rules)
        self.reads = sorted({e.name for rule in rules for e in rule.when})
        if len(self.reads) > MARKS:
            raise EngineError(f"one set of rules reads {len(self.reads)} marks, more than {MARKS}")
        self._vector = _vector(self.reads)
        self._record: set[int] = set()
        self._known: dict[tuple[str, ...], list[Rule]] = {}
        self._usable = True
        definition = {f"r{i}": _definition(rule, self._recorder(i)) for i, rule in enumerate(self._rules)}
        definition["farewell"] = {"all": [{"m": {FAREWELL: "proven"}}], "run": lambda _: None}
        self._ruleset: Any = durable_engine.Ruleset("law", None, definition)

    def fired(self, marks: Mapping[str, str]) -> list[Rule]:
        """The rules that fire on these marks, each once, in the order of their declaration."""
        key = self._vector(marks)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._run(dict(zip(self.reads, key, strict=True)))
        return known

    def close(self) -> None:
        """Act once, so that the session may be deleted; then delete the set."""
        if self._ruleset is None:
            return
        if self._usable:
            # memory of a session is given back only by deleting it, which is safe only once it has acted
            self._run({FAREWELL: "proven"})
            self._ruleset.delete_state(ENVELOPE["sid"])
        self._usable = False
        durable_engine.durable_rules_engine.delete_ruleset(self._ruleset._handle)
        self._ruleset = None

    def _run(self, message: dict[str, str]) -> list[Rule]:
        if not self._usable:
            raise EngineError("this set of rules has failed before, or is closed")
        self._usable = False  # until the run has ended well: a session left half-done would answer for another case
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
        name, word = rule.then.name, rule.then.word
        if marks[name] not in ("open", word):
            raise EngineError(f"{name} concluded both {marks[name]} and {word} (last by {rule.name})")
        marks[name] = word
