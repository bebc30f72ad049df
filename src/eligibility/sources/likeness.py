"""How like two headers are: by their parts after synonyms are one, rare parts counting more, and by the letters of field codes."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import fuzz

from eligibility.sources.initials import initials
from eligibility.sources.spelling import fold, without_unit

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_TAILS = (("bm", "#"), ("dm", "#"), ("bh", "#"), ("hm", "#"), ("rq", "@"), ("sj", "@"), ("mc", "*"), ("xm", "*"))


class _Words(NamedTuple):
    same: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    filler: tuple[str, ...]
    idle: frozenset[str]


@cache
def _words() -> _Words:
    text = files("eligibility.sources").joinpath("likeness.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    pairs = [(fold(word), f"〈{index:02d}〉") for index, group in enumerate(told["same"]) for word in group["words"]]
    signs = dict(pairs)
    return _Words(
        tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))),
        tuple(map(fold, told["roles"]["words"])),
        tuple(map(fold, told["filler"]["words"])),
        frozenset(signs[fold(word)] for word in told["idle"]["words"]),
    )


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[str, ...]:
    """The parts of a folded header: a synonym is one part, every other character too."""
    text = without_unit(word).word.replace("/", "")
    for filler in _words().filler:
        text = text.replace(filler, "") or text
    found: list[str] = []
    place = 0
    while place < len(text):
        for spelt, sign in _words().same:
            if text.startswith(spelt, place):
                found.append(sign)
                place += len(spelt)
                break
        else:
            if text[place] not in "()（）[]【】、,:：的":
                found.append(text[place])
            place += 1
    return tuple(found)


@lru_cache(maxsize=20_000)
def roles(word: str) -> frozenset[str]:
    """The roles that a header names."""
    return frozenset(role for role in _words().roles if role in word)


class Entry(NamedTuple):
    """A listed header that others may be like: its meaning, and how much likeness to it counts (0 to 1)."""

    word: str
    meaning: str
    counts: float


class Nearest(NamedTuple):
    """How near the nearest word of a meaning is, and that word."""

    score: float
    word: str


class _Prepared(NamedTuple):
    entry: Entry
    parts: tuple[str, ...]
    pieces: Mapping[str, int]
    weight: float
    unit: str
    roles: frozenset[str]


class Likeness:
    """Likeness to the words of one vocabulary, in which rare parts tell more than common ones."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """`entries`: every folded header that is known, with what it means."""
        texts = [entry for entry in entries if not _CODE.fullmatch(entry.word)]
        words = {entry.word for entry in texts}
        counts = Counter(piece for word in words for piece in _pieces(parts(word)))
        self._most = math.log(len(words) + 1)
        self._weights = {piece: math.log((len(words) + 1) / (n + 0.5)) for piece, n in counts.items()}
        self._texts = [self._prepared(entry) for entry in texts]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for index, one in enumerate(self._texts):
            for piece in one.pieces:
                self._holding[piece].append(index)
        self._letters = [(_letters(entry.word), entry) for entry in entries]

    def nearest(self, header: str) -> dict[str, Nearest]:
        """For each meaning that has a word at all like the header, folded, the nearest."""
        scored = self._to_code(header) if _CODE.fullmatch(header) else self._to_text(header)
        best: dict[str, Nearest] = {}
        for score, entry in scored:
            if score > best.get(entry.meaning, _FAR).score:
                best[entry.meaning] = Nearest(score, entry.word)
        return best

    def _prepared(self, entry: Entry) -> _Prepared:
        pieces = _pieces(parts(entry.word))
        unit = without_unit(entry.word).unit
        return _Prepared(entry, parts(entry.word), pieces, self._weight(pieces), unit, roles(entry.word))

    def _weight(self, pieces: Mapping[str, int]) -> float:
        return sum(self._weights.get(piece, self._most) * n for piece, n in pieces.items())

    def _to_text(self, header: str) -> Iterator[tuple[float, Entry]]:
        mine = self._prepared(Entry(header, "", 1.0))
        for index in sorted({index for piece in mine.pieces for index in self._holding.get(piece, ())}):
            theirs = self._texts[index]
            score = self._between(mine, theirs) * theirs.entry.counts
            if score > _LEAST:
                yield score, theirs.entry

    def _between(self, mine: _Prepared, theirs: _Prepared) -> float:
        apart = 0.0 if mine.unit == theirs.unit else 0.04 if mine.unit and theirs.unit else 0.01
        if mine.parts == theirs.parts:
            return 0.97 - apart
        if _bare(mine.parts) == theirs.parts or mine.parts == _bare(theirs.parts):
            return 0.9 - apart
        common = self._weight(Counter(mine.pieces) & Counter(theirs.pieces))
        shared = 2 * common / (mine.weight + theirs.weight)
        end = mine.parts[-1] == theirs.parts[-1]
        return 0.75 * shared + 0.25 * end - apart - 0.25 * len(mine.roles ^ theirs.roles)

    def _to_code(self, header: str) -> Iterator[tuple[float, Entry]]:
        for letters, entry in self._letters:
            code = _CODE.fullmatch(entry.word) is not None
            if letters == header and not code:
                yield 0.96 * entry.counts, entry
            elif abs(len(letters) - len(header)) <= _MOST_LETTERS_APART:
                near = fuzz.ratio(header, letters) if code else fuzz.ratio(_tail(header), _tail(letters))
                yield (0.75 if code else 0.9) * near / 100 * entry.counts, entry


_FAR = Nearest(0.0, "")
_LEAST = 0.3
_MOST_LETTERS_APART = 3


def _bare(of: tuple[str, ...]) -> tuple[str, ...]:
    """Parts without a number or name at the end: 批次名称 is 批次, 身份证号 is 身份证."""
    return of[:-1] if len(of) > 1 and of[-1] in _words().idle else of


def _pieces(of: tuple[str, ...]) -> Counter[str]:
    """Single parts and pairs of neighbours."""
    return Counter([*of, *("".join(of[index : index + 2]) for index in range(len(of) - 1))])


@lru_cache(maxsize=20_000)
def _letters(word: str) -> str:
    """The letters of a header: a code itself, of a Chinese one the first letters, with an m for mu behind."""
    if _CODE.fullmatch(word):
        return word
    bare = without_unit(word)
    return initials(bare.word) + ("m" if bare.unit == "mu" else "")


@lru_cache(maxsize=20_000)
def _tail(letters: str) -> str:
    for end, sign in _TAILS:
        if letters.endswith(end):
            return letters.removesuffix(end) + sign
    return letters
