"""Converts YAML events to plain values within limits of depth, number and text length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from eligibility.model.diagnostic import Bilingual

Plain = None | bool | str | list["Plain"] | dict[str, "Plain"]
"""What a YAML file says: nothing, yes/no, text (numbers and dates as written), lists and mappings."""

Place = tuple[str | int, ...]
"""Keys and positions from the top of a file to a value in it; "" behind a key: its value, on the line of the key."""

Span = tuple[int, int, int, int]
"""Line and column (from 1) at which something begins, and from where to where in the text it goes."""

Trouble = tuple[str, int, int, Bilingual, Bilingual]
"""Code, line, column, problem, remedy."""

DEEPEST = 20
"""Levels of lists and mappings in one another. The deepest rule file has eight."""

MOST_VALUES = 20_000
"""Values in one file."""

LONGEST = 10_000
"""Characters in one text."""

_LONGEST_TAG = 80
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {word: word[0] in "tT" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_DELETE = Bilingual("请删去这个记号，直接写出值", "delete this notation and write the value itself")
_SHORTER = Bilingual(
    "规则文件没有这么大：请拆分或删去无关内容", "no rule file is that large: split it, or delete what is no rule"
)


def build(events: Iterable[Any]) -> tuple[Plain, dict[Place, Span], tuple[Trouble, ...]]:
    """The content of a file, the place of everything in it, and what is wrong; nothing at all of a file over a limit."""
    tree = _Tree(iter(events))
    try:
        content = tree.document()
    except _OverLimitError as over:
        return None, {}, (over.trouble,)
    return content, tree.spans, tuple(tree.troubles)


def too_deep(row: int, col: int) -> Trouble:
    """The trouble of a file that is nested too deep there."""
    problem = Bilingual(f"嵌套超过 {DEEPEST} 层", f"nested more than {DEEPEST} deep")
    return (
        "too_deep",
        row,
        col,
        problem,
        Bilingual("请把内层改写成单独的条件", "make the inner part a condition of its own"),
    )


class _OverLimitError(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble[0])
        self.trouble = trouble


@dataclass(slots=True)
class _Tree:
    """Converts events into plain values and records their places."""

    events: Iterator[Any]
    spans: dict[Place, Span] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    values: int = 0

    def document(self) -> Plain:
        content: Plain = None
        documents = 0
        for event in self.events:
            if _name(event) == "DocumentStart":
                documents += 1
                if documents > 1 or event.version or event.tags:
                    self._refuse(
                        event, Bilingual("一个文件只写一份，不带 % 指令", "one document a file, and no % directives")
                    )
            elif _name(event) in ("Scalar", "MappingStart", "SequenceStart", "Alias"):
                result = self._value(event, ())
                content = result if documents == 1 else content
        return content

    def _value(self, event: Any, place: Place) -> Plain:
        self._count(event, place)
        start = event.start_mark
        if place not in self.spans:
            self.spans[place] = (start.line + 1, start.column + 1, start.index, event.end_mark.index)
        if event.anchor:  # an alias bears the name of its anchor
            self._refuse(event, Bilingual("规则文件不使用锚点和引用（& *）", "anchors and aliases are not used here"))
        if getattr(event, "tag", None):
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")[:_LONGEST_TAG]
            self._refuse(event, Bilingual(f"不允许 YAML 标签 {tag}", f"YAML tag {tag} is not allowed"))
        match _name(event):
            case "MappingStart":
                return self._mapping(place)
            case "SequenceStart":
                return self._sequence(place)
            case "Scalar":
                return self._scalar(event)
        return None

    def _mapping(self, place: Place) -> Plain:
        by_name: dict[str, Plain] = {}
        for event in self.events:
            if _name(event) == "MappingEnd":
                self._end(place, event)
                break
            key, inner = self._key(event, place, by_name)
            value = next(self.events)
            if value.start_mark.line == event.start_mark.line and _name(value) == "Scalar" and key:
                mark = value.start_mark
                self.spans[*inner, ""] = (mark.line + 1, mark.column + 1, mark.index, value.end_mark.index)
            read = self._value(value, inner)
            if _name(value) == "Scalar":
                self._end(inner, value)
            if key:
                by_name[key] = read
        return by_name

    def _key(self, event: Any, place: Place, items: dict[str, Plain]) -> tuple[str, Place]:
        """The key, and where its value belongs; a key that is no use is empty, and its value is read and dropped."""
        key = str(event.value).strip() if _name(event) == "Scalar" else ""
        usable = bool(key) and key not in items and not event.anchor and not event.tag
        if usable and key != "<<":
            self._count(event, (*place, key))
            mark = event.start_mark
            self.spans[*place, key] = (mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
            return key, (*place, key)
        if _name(event) != "Scalar":
            self._value(event, (*place, "?"))
        problem = Bilingual(f"键“{key}”重复、为空或不是文字", f"key “{key}” is repeated, empty or no text")
        remedy = Bilingual("每个键只写一次：合并或改名", "write each key once: merge the two, or rename one")
        mark = event.start_mark
        self.troubles.append(("duplicate_id", mark.line + 1, mark.column + 1, problem, remedy))
        return "", (*place, "?", self.values)

    def _sequence(self, place: Place) -> Plain:
        results: list[Plain] = []
        for event in self.events:
            if _name(event) == "SequenceEnd":
                self._end(place, event)
                break
            results.append(self._value(event, (*place, len(results))))
        return results

    def _scalar(self, event: Any) -> Plain:
        text = str(event.value)
        if len(text) > LONGEST:
            problem = Bilingual(f"文字超过 {LONGEST} 字", f"a text is longer than {LONGEST} characters")
            raise _OverLimitError(
                ("too_large", event.start_mark.line + 1, event.start_mark.column + 1, problem, _SHORTER)
            )
        plain = not event.style
        if plain and text in _NULLS:
            return None
        return _TRUTHS.get(text, text) if plain else text

    def _end(self, place: Place, event: Any) -> None:
        row, col, start, _ = self.spans[place]
        self.spans[place] = (row, col, start, event.end_mark.index)

    def _count(self, event: Any, place: Place) -> None:
        self.values += 1
        row, col = event.start_mark.line + 1, event.start_mark.column + 1
        if len(place) > DEEPEST:
            raise _OverLimitError(too_deep(row, col))
        if self.values > MOST_VALUES:
            problem = Bilingual(f"文件中的值超过 {MOST_VALUES} 个", f"the file has more than {MOST_VALUES} values")
            raise _OverLimitError(("too_large", row, col, problem, _SHORTER))

    def _refuse(self, event: Any, problem: Bilingual) -> None:
        mark = event.start_mark
        self.troubles.append(("bad_yaml", mark.line + 1, mark.column + 1, problem, _DELETE))


def _name(event: Any) -> str:
    """The kind of an event: the library's class name without the word Event."""
    return type(event).__name__.removesuffix("Event")
