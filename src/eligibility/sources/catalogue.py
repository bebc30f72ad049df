"""Reads the kinds of sources, their meanings and words, and checks that they fit together."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError
from rapidfuzz import process

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.tables import TABLES, Column, Table, table
from eligibility.sources.composed import by_form, form_of
from eligibility.sources.form_problem import form_problem
from eligibility.sources.kind import Kind
from eligibility.sources.spelling import fold

_ENDING = ".toml"
_MOST_BYTES = 256 * 1024
_NEAR = 60


@dataclass(frozen=True)
class Catalogue:
    """Every kind of source by its id, and every meaning with its name in Chinese."""

    kinds: Mapping[str, Kind]
    meanings: Mapping[str, tuple[str, ...]]

    @cached_property
    def listed(self) -> Mapping[str, Mapping[str, str]]:
        """For every kind the meaning of each listed header, folded."""
        return {name: _by_word(self.words(name)) for name in self.kinds}

    @cached_property
    def asked(self) -> Mapping[str, Mapping[str, str]]:
        """For every kind the meaning that a header may have, folded."""
        return {name: _by_word(kind.asked) for name, kind in self.kinds.items()}

    @cached_property
    def forms(self) -> Mapping[str, Mapping[str, str]]:
        """For every kind the meaning of each form of its listed headers (`composed`)."""
        return {name: by_form(self.listed[name], self.asked[name]) for name in self.kinds}

    @cached_property
    def word_of_form(self) -> Mapping[str, Mapping[str, str]]:
        """For every kind a listed header of each of those forms."""
        return {
            name: {form: word for word in self.listed[name] if (form := form_of(word)) in self.forms[name]}
            for name in self.kinds
        }

    @cached_property
    def general(self) -> Mapping[str, str]:
        """The meaning of each header that is usual for one, folded."""
        return _by_word(self.meanings)

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """The contract column of each header that serves in every table, folded."""
        found = {column.key: (*column.headers, *column.also) for one in reversed(TABLES) for column in one.columns}
        return _by_word(found)

    @cached_property
    def sources(self) -> frozenset[str]:
        """Every header, folded, that some kind lists which is none of the nine tables, or that is usual for a meaning."""
        listed = (word for name, kind in self.kinds.items() if not kind.table for word in self.listed[name])
        return frozenset(listed) | self.general.keys()

    @cached_property
    def everywhere(self) -> Mapping[str, frozenset[str]]:
        """For each header, folded, every meaning that it has in any kind, or in general."""
        found: dict[str, set[str]] = defaultdict(set)
        for word, meaning in self.general.items():
            found[word].add(meaning)
        for words in self.listed.values():
            for word, meaning in words.items():
                found[word].add(meaning)
        return {word: frozenset(meanings) for word, meanings in found.items()}

    def words(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """The headers of a kind by meaning; of one of the nine tables those of the contract."""
        kind = self.kinds[name]
        if not kind.table:
            return kind.words
        own = {column.key: words_of(column) for column in table(kind.table).columns}
        return {**kind.words, **{key: (*words, *kind.words.get(key, ())) for key, words in own.items()}}

    def name_of(self, meaning: str) -> str:
        """A meaning as people call it: the header of the contract, or what the list of meanings says."""
        key, _, land = meaning.partition("@")
        words = _column_names().get(key) or next(iter(self.meanings.get(key, ())), key)
        return f"{words}（{land or '地类不明'}）" if "@" in meaning else words

    def table_of(self, name: str) -> Table | None:
        """The table that the rows of a kind become, or tell of."""
        kind = self.kinds[name]
        return table(kind.table or kind.becomes) if kind.table or kind.becomes else None


def words_of(column: Column) -> tuple[str, ...]:
    """Every header of a contract column, its key first."""
    return (column.key, *column.headers, *column.also)


@cache
def _column_names() -> dict[str, str]:
    return {column.key: column.zh for one in TABLES for column in one.columns}


def _by_word(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): meaning for meaning, spelt in words.items() for word in spelt}


@cache
def shipped() -> Catalogue:
    """The kinds that come along with the program."""
    return read_catalogue(files("eligibility.sources").joinpath("kinds"))


def read_catalogue(folder: Traversable | Path) -> Catalogue:
    """The kinds of a folder; InputError with a finding for everything that is wrong in one of its files."""
    found: dict[str, Kind] = {}
    wrong: list[Diagnostic] = []
    text = files("eligibility.sources").joinpath("meanings.toml").read_text(encoding="utf-8")
    meanings = {key: tuple(words) for key, words in tomllib.loads(text).items()}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(_ENDING):
            continue
        kind, problems = _read(file)
        wrong += problems
        if kind is not None:
            found[file.name.removesuffix(_ENDING)] = kind
    catalogue = Catalogue(found, meanings)
    wrong += _misfits(catalogue)
    if wrong:
        raise InputError(*wrong)
    return catalogue


def _read(file: Traversable) -> tuple[Kind | None, list[Diagnostic]]:
    try:
        raw = file.read_bytes()
        if len(raw) > _MOST_BYTES:
            return None, [_finding(file.name, "文件过大", "the file is too large")]
        return Kind.model_validate(tomllib.loads(raw.decode("utf-8-sig"))), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [_finding(file.name, f"不是有效的 TOML：{error}", f"no valid TOML: {error}")]
    except ValidationError as error:
        texts = [form_problem(dict(problem), list(Kind.model_fields), _NEAR) for problem in error.errors()]
        return None, [_finding(file.name, *text) for text in texts]


def _misfits(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Meanings that nobody knows, headers with two meanings, columns that a table does not have."""
    for name, kind in catalogue.kinds.items():
        file = f"{name}{_ENDING}"
        columns = {column.key for one in TABLES for column in one.columns}
        for meaning in {*kind.words, *kind.asked, *kind.needs} - columns - catalogue.meanings.keys():
            best = process.extractOne(meaning, [*columns, *catalogue.meanings], score_cutoff=_NEAR)
            near = f"（最接近：{best[0]}）" if best else ""
            yield _finding(
                file,
                f"没有「{meaning}」这一含义{near}；新含义先写入 meanings.toml",
                f"no meaning is called {meaning} {near}; a new one goes into meanings.toml",
            )
        seen: dict[str, str] = {}
        for meaning, words in kind.words.items():
            for word in words:
                if seen.setdefault(fold(word), meaning) != meaning:
                    yield _finding(
                        file,
                        f"表头「{word}」列在两个含义下：{seen[fold(word)]}、{meaning}",
                        f"the header {word} stands under two meanings: {seen[fold(word)]}, {meaning}",
                    )
        for reading in kind.readings:
            known = {column.key for column in table(reading.table).columns}
            for key in reading.columns.keys() - known:
                yield _finding(
                    file,
                    f"{table(reading.table).zh}没有「{key}」这一列",
                    f"{reading.table} has no column {key}",
                )


def _finding(file: str, zh: str, en: str) -> Diagnostic:
    remedy = Bilingual("见 docs/sources.md 的说明", "see docs/sources.md")
    return Diagnostic("bad_kind", SourceLocation(f"kinds/{file}"), Bilingual(zh, en), remedy)
