"""Compiles a folder of rule files to a policy for a day, by a tuple of passes; all errors are reported at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from eligibility.model.derived_facts import DERIVED, WHEN_USED
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import English, FactSpec, FormerName, Policy, Reason
from eligibility.model.readings import with_readings
from eligibility.rulebook.benefits import compile_benefits, compile_classes
from eligibility.rulebook.clauses import compile_clauses
from eligibility.rulebook.conditions import compile_conditions
from eligibility.rulebook.draft import Draft, Entry
from eligibility.rulebook.files import named_folder, rulebook_fingerprint
from eligibility.rulebook.glossary import (
    check_reasons,
    check_titles,
    english_of,
    name_facts,
    title_of,
    unknown_instrument,
    ways_of,
)
from eligibility.rulebook.problems import Level, finding, suggestion
from eligibility.rulebook.promises import compile_promises
from eligibility.rulebook.reading import read_files
from eligibility.rulebook.schemas import PaperShape, PlaceName, ReasonShape
from eligibility.rulebook.stages import compile_stages
from eligibility.rulebook.timelines import read_timelines

_OUTCOMES = ("eligible", "not_eligible", "register", "manual_review")


def load_policy(folder: Path, *, as_of: date, trying: Mapping[str, str] | None = None) -> Policy:
    """Return the rulebook in `folder` as of `as_of`; with `trying`, with these trial values.

    A trial value is text as in a parameter file (`le`, `0.2`, `true`, `水库、水电`; empty: unset). It holds on every day,
    has status assumed, and changes the digest.

    Raises `InputError` with one finding per error, with file, line and, for a wrong name, the most similar valid one.
    Citations and statuses are those of the rule files; the program adds nothing legal. Files that are as they were when
    they were last read are not compiled again.
    """
    fingerprint = rulebook_fingerprint(folder)
    load = _compiled if fingerprint else _compiled.__wrapped__
    return load(folder, as_of, tuple(sorted((trying or {}).items())), fingerprint)


@lru_cache(maxsize=8)
def _compiled(folder: Path, as_of: date, trying: tuple[tuple[str, str], ...], _fingerprint: str) -> Policy:
    """The rulebook whose files have this fingerprint."""
    return with_readings(_policy(_read(folder, as_of, dict(trying))))


def _read(folder: Path, as_of: date, trying: Mapping[str, str]) -> Draft:
    folder = named_folder(folder)
    if not (folder / "rulebook.yaml").is_file():
        raise InputError(_no_rulebook(folder))
    draft = Draft(folder, as_of, dict(trying))
    for work in PASSES:
        draft = work(draft)
    errors = [item for item in draft.findings if getattr(item, "level", Level.ERROR) is Level.ERROR]
    if errors:
        raise InputError(*errors)
    return draft


def rulebooks(rules_dir: Path) -> list[str]:
    """Return the sorted names of the rulebooks (folders with a `rulebook.yaml`) in `rules_dir`; empty if it does not exist."""
    return sorted(path.parent.name for path in rules_dir.glob("*/rulebook.yaml"))


def check_rulebook(draft: Draft) -> Draft:
    """Check that the instrument is known, the four outcomes are named, and the rulebook is in force on the day."""
    entry = draft.rulebook
    if entry is None:
        return draft
    wrong: list[Diagnostic] = []
    body, force = entry.body, entry.body.in_force
    wrong.extend(unknown_instrument(body.instrument, draft.instruments.ids, entry.at("instrument")))
    if sorted(body.outcomes) != sorted(_OUTCOMES):
        problem = Bilingual(f"outcomes 应恰为 {'、'.join(_OUTCOMES)}", f"outcomes must be {', '.join(_OUTCOMES)}")
        remedy = Bilingual(
            "四种结论各写一行，如 eligible: 符合", "one line for each of the four, such as eligible: 符合"
        )
        wrong.append(finding("bad_value", entry.at("outcomes"), problem, remedy))
    if body.outcomes_en and sorted(body.outcomes_en) != sorted(_OUTCOMES):
        problem = Bilingual(f"outcomes_en 应恰为 {'、'.join(_OUTCOMES)}", f"outcomes_en must be {', '.join(_OUTCOMES)}")
        remedy = Bilingual("四种结论各写一行英文，或都不写", "one English line for each of the four, or none at all")
        wrong.append(finding("bad_value", entry.at("outcomes_en"), problem, remedy))
    if draft.as_of < force.since or (force.until is not None and draft.as_of >= force.until):
        zh = f"{draft.as_of} 不在本规则的施行期内（{force.since} 起{f'，{force.until} 止' if force.until else ''}）"
        problem = Bilingual(zh, f"the rulebook is not in force on {draft.as_of} (from {force.since})")
        remedy = Bilingual(
            "请改用该日施行的规则，或更正审核日", "choose the rulebook in force on that day, or correct the day"
        )
        wrong.append(finding("not_in_force", entry.at("in_force"), problem, remedy))
    return draft.with_findings(wrong)


PASSES: tuple[Callable[[Draft], Draft], ...] = (
    read_files,
    check_rulebook,
    check_titles,
    check_reasons,
    name_facts,
    read_timelines,
    compile_conditions,
    compile_clauses,
    compile_stages,
    compile_promises,
    compile_classes,
    compile_benefits,
)
"""The passes in order. Each reads the results of the earlier ones and adds its own findings."""


def _no_rulebook(folder: Path) -> Diagnostic:
    problem = Bilingual("这里没有规则文件夹（缺 rulebook.yaml）", "there is no rulebook here (no rulebook.yaml)")
    within = rulebooks(folder)
    remedy = suggestion(folder.name, rulebooks(folder.parent))
    if within:
        zh = f"这是放各套规则的目录，请指明一套：{'、'.join(f'{folder.as_posix()}/{name}' for name in within)}"
        remedy = Bilingual(zh, f"this folder holds rulebooks; name one of them: {', '.join(within)}")
    return Diagnostic("no_rulebook", SourceLocation(folder.as_posix()), problem, remedy)


def _policy(draft: Draft) -> Policy:
    if draft.rulebook is None:
        raise AssertionError("a rulebook without findings has a rulebook.yaml")
    body = draft.rulebook.body
    facts = _facts(draft)
    return Policy(
        id=body.id,
        title=body.title,
        instrument=draft.instruments.entries[body.instrument].body.title,
        as_of=draft.as_of,
        in_force_from=body.in_force.since,
        sha256=draft.sha256,
        outcomes=dict(body.outcomes),
        facts=facts,
        unused_facts=frozenset(
            word for spec in draft.fact_specs.values() if spec.id not in facts for word in (spec.id, spec.title)
        ),
        parameters=draft.timelines,
        conditions=draft.compiled,
        clauses=draft.compiled_clauses,
        reasons={entry.id: _reason(entry) for entry in draft.reasons.entries.values()},
        documents={code: title_of(entry.body) for code, entry in draft.documents.entries.items()},
        bodies={code: title_of(entry.body) for code, entry in draft.bodies.entries.items()},
        gazetteer={
            ident: tuple(name if isinstance(name, str) else name.name for name in entry.body.names)
            for ident, entry in draft.gazetteer.entries.items()
        },
        communities={
            community: tuple(_former(name) for name in names)
            for entry in draft.gazetteer.entries.values()
            for community, names in entry.body.communities.items()
        },
        suppliers={
            code: tuple(entry.body.supplied_by)
            for code, entry in draft.documents.entries.items()
            if isinstance(entry.body, PaperShape)
        },
        english=English(
            body.title_en,
            draft.instruments.entries[body.instrument].body.title_en,
            dict(body.outcomes_en),
            english_of(draft.documents),
            english_of(draft.bodies),
        ),
        stages=draft.ordered_stages,
        classes=draft.compiled_classes,
        benefits=draft.compiled_benefits,
    )


def _reason(entry: Entry[ReasonShape]) -> Reason:
    ways = ways_of(entry.body)
    papers = tuple(dict.fromkeys(paper for way in ways for paper in way))
    return Reason(entry.id, entry.body.title, papers, tuple(entry.body.bodies), ways, entry.body.title_en)


def _former(name: str | PlaceName) -> FormerName:
    return FormerName(name) if isinstance(name, str) else FormerName(name.name, name.since, name.until)


def _facts(draft: Draft) -> dict[str, FactSpec]:
    """Return every fact that a dossier contains, and of the others those that this rulebook uses."""
    asked = {fact for condition in draft.compiled.values() for fact in condition.facts}
    asked |= {fact for benefit in draft.compiled_benefits.values() for fact in benefit.facts}
    always = {name for name, spec in draft.fact_specs.items() if name in DERIVED and spec.in_dossier}
    names = (always - WHEN_USED) | asked
    return {
        name: replace(spec, divides=name in draft.divisors)
        for name, spec in draft.fact_specs.items()
        if name in names and not spec.computed
    }
