"""Parameters, conditions, lists of reasons and facts that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eligibility.model.benefit import parameters_of
from eligibility.model.derived_facts import DERIVED, LAND
from eligibility.model.diagnostic import Bilingual
from eligibility.model.parameters_read import REQUIRED
from eligibility.rulebook.draft import Draft, Section
from eligibility.rulebook.lint.noted import noted
from eligibility.rulebook.loading import rulebooks
from eligibility.rulebook.problems import RuleFinding, finding
from eligibility.rulebook.schemas import ClauseShape, ConditionShape, OpenReasonShape
from eligibility.rulebook.yaml_file import read_yaml

_DELETE = Bilingual(
    "用不着就删去；确要保留，在该处写 accepted: {代码: 理由}",
    "delete it; to keep it, write accepted: {code: why} there",
)


def unused_parameters(draft: Draft) -> Iterator[RuleFinding]:
    """Parameters that no condition names, compares by or rests on, and that inform of no amount."""
    if not draft.conditions.readable:
        return
    result = _text_of_conditions(draft)
    in_benefits = {name for benefit in draft.compiled_benefits.values() for name in parameters_of(benefit)}
    for entry in draft.parameters.entries.values():
        if entry.body.informs or entry.id in REQUIRED or entry.id in in_benefits:
            continue
        if not _named(result, entry.id, entry.body.title):
            problem = Bilingual(
                f"参数“{entry.body.title}”（{entry.id}）没有任何条件用到", f"no condition uses parameter {entry.id}"
            )
            yield from noted(entry, "unused_parameter", "id", problem, _DELETE)


def missing_parameters(draft: Draft) -> Iterator[RuleFinding]:
    """Parameters without which no dossier can be read under the rulebook."""
    used = {fact for condition in draft.compiled.values() for fact in condition.facts}
    if not used & LAND and draft.parameters.ids.isdisjoint(REQUIRED):
        return
    for name in REQUIRED:
        if name not in draft.parameters.ids and draft.rulebook is not None:
            problem = Bilingual(
                f"缺少参数“{name}”，认定事实时要用", f"parameter “{name}” is missing; facts are made by it"
            )
            remedy = Bilingual(
                f"仿照其他规则写 parameters/{name}.yaml；不知道的值写 null、unset",
                f"write parameters/{name}.yaml as other rulebooks do; null and unset where it is not known",
            )
            yield finding("missing_parameter", draft.rulebook.at("id"), problem, remedy)


def facts_without_source(draft: Draft) -> Iterator[RuleFinding]:
    """Facts that a condition uses and that no dossier can tell: a batch would never know them."""
    used = {fact for condition in draft.compiled.values() for fact in condition.facts}
    used |= {fact for benefit in draft.compiled_benefits.values() for fact in benefit.facts}
    for entry in draft.facts.entries.values():
        body = entry.body
        if entry.id in DERIVED or body.source is not None or not body.in_dossier or entry.id not in used:
            continue
        problem = Bilingual(
            f"事实“{body.title}”没有来源：卷宗的哪张表、哪一列", f"fact {entry.id} has no source in a dossier"
        )
        remedy = Bilingual(
            f"加一行 source: {{table: persons, headers: [{body.title}]}}；由别的事实算出的写 source: {{computed: 表达式}}",
            f"add source: {{table: persons, headers: [{body.title}]}}, or source: {{computed: …}}",
        )
        yield finding("missing_source", entry.at(), problem, remedy)


def unused_conditions(draft: Draft) -> Iterator[RuleFinding]:
    """Conditions that no clause, no reason and no other condition names."""
    result = _text_of_clauses(draft) + "\n".join(
        rest.where for entry in draft.conditions.entries.values() for rest in entry.body.rests_on
    )
    result += "\n".join(str(entry.body.when) for entry in draft.classes.entries.values())
    for entry in draft.conditions.entries.values():
        if not _named(result, entry.id, entry.body.title):
            problem = Bilingual(
                f"条件“{entry.body.title}”（{entry.id}）没有任何条款用到", f"no clause uses condition {entry.id}"
            )
            yield from noted(entry, "unused_condition", "", problem, _DELETE)


def unused_lists(draft: Draft) -> Iterator[RuleFinding]:
    """Shared lists of reasons that no clause takes over."""
    result = "\n".join(shape.use for entry in draft.clauses.entries.values() for shape in entry.body.on_open)
    result += _broken(draft.clauses, draft.folder / "clauses")
    for entry in draft.open_reasons.entries.values():
        if not _named(result, entry.id, ""):
            problem = Bilingual(f"共用原因表“{entry.id}”没有任何条款用到", f"no clause uses the list {entry.id}")
            yield from noted(entry, "unused_list", "", problem, _DELETE)


def unused_facts(draft: Draft) -> Iterator[RuleFinding]:
    """Facts that no condition of any rulebook beside this one uses."""
    if not draft.conditions.readable:
        return
    result = "\n".join(_expressions(draft.root / name / "conditions.yaml") for name in rulebooks(draft.root))
    benefits = (path for name in rulebooks(draft.root) for path in (draft.root / name / "benefits").glob("*.yaml"))
    result += "\n".join(read_yaml(path, draft.root)[0].text for path in benefits)
    result += "\n".join(name for entry in draft.parameters.entries.values() for name in entry.body.by)
    sources = (entry.body.source for entry in draft.facts.entries.values())
    result += "\n".join(source.computed for source in sources if source is not None)
    in_benefits = {fact for benefit in draft.compiled_benefits.values() for fact in benefit.facts}
    for entry in draft.facts.entries.values():
        if entry.id in in_benefits or entry.id in DERIVED:
            continue
        if not _named(result, entry.id, entry.body.title):
            problem = Bilingual(
                f"事实“{entry.body.title}”（{entry.id}）没有任何规则用到", f"no rulebook uses fact {entry.id}"
            )
            yield from noted(entry, "unused_fact", "", problem, _DELETE)


def _named(text: str, ident: str, title: str) -> bool:
    """Whether the text names it; a title may stand inside a longer word, so that nothing used is called unused."""
    return bool(re.search(rf"(?<!\w){re.escape(ident)}(?!\w)", text)) or (title != "" and title in text)


def _text_of_conditions(draft: Draft) -> str:
    results = [_text_of_condition(entry.body) for entry in draft.conditions.entries.values()]
    return "\n".join([*results, _broken(draft.conditions, draft.folder / "conditions.yaml")])


def _text_of_condition(body: ConditionShape) -> str:
    return "\n".join([body.expression, body.comparison, body.while_unset, *(rest.parameter for rest in body.rests_on)])


def _text_of_clauses(draft: Draft) -> str:
    results = [_text_of_clause(entry.body) for entry in draft.clauses.entries.values()]
    results += [_text_of_reasons(entry.body) for entry in draft.open_reasons.entries.values()]
    results.append(_broken(draft.clauses, draft.folder / "clauses"))
    results.append(_broken(draft.open_reasons, draft.folder / "open_reasons.yaml"))
    return "\n".join(results)


def _text_of_clause(body: ClauseShape) -> str:
    return f"{body.when}\n{_text_of_reasons(body.on_open)}"


def _text_of_reasons(schemas: list[OpenReasonShape]) -> str:
    return "\n".join(str(shape.when) for shape in schemas)


def _broken(section: Section[Any], path: Path) -> str:
    """The whole text of files with an entry that could not be read: what it uses is not known, so all of it counts."""
    if section.ids == section.entries.keys():
        return ""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return "\n".join(read_yaml(file, path.parents[1])[0].text for file in files)


def _expressions(path: Path) -> str:
    content = read_yaml(path, path.parents[1])[0].content
    entries = content.values() if isinstance(content, dict) else ()
    return "\n".join(str(entry.get("expression", "")) for entry in entries if isinstance(entry, dict))
