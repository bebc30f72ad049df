"""A pass: the stages of review, with the bodies and roles that may sign them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.model.policy import Signature, Stage
from eligibility.rulebook.draft import Draft, Entry
from eligibility.rulebook.glossary import citation_of, unknown
from eligibility.rulebook.problems import finding
from eligibility.rulebook.stage_schemas import StageShape


def compile_stages(draft: Draft) -> Draft:
    """Compile the stages in order; a role identifies its body, so it must be unique within a stage."""
    wrong: list[Diagnostic] = []
    made = {entry.id: _stage(draft, entry, wrong) for entry in draft.stages.entries.values()}
    return replace(draft.with_findings(wrong), ordered_stages=made)


def _stage(draft: Draft, entry: Entry[StageShape], wrong: list[Diagnostic]) -> Stage:
    body = entry.body
    bodies = [signature.body for signature in body.signatures]
    wrong.extend(unknown(Bilingual("单位（机构）", "body"), bodies, draft.bodies.ids, entry.at("signatures")))
    wrong.extend(_repeated(entry, bodies))
    wrong.extend(_repeated(entry, [role for signature in body.signatures for role in signature.roles]))
    wrong.extend(_repeated(entry, [title for signature in body.signatures for title in signature.roles.values()]))
    citation = citation_of(draft, body.citation, entry.at("citation", "instrument"), wrong)
    signatures = tuple(
        Signature(signature.body, dict(signature.roles), signature.opinion) for signature in body.signatures
    )
    return Stage(entry.id, body.title, signatures, citation, body.decided_only)


def _repeated(entry: Entry[StageShape], names: list[str]) -> Iterator[Diagnostic]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        problem = Bilingual(f"环节“{entry.body.title}”中“{name}”出现两次", f"“{name}” stands twice in stage {entry.id}")
        remedy = Bilingual("一个单位、一个职务在一个环节里只列一次", "name a body or a role once in a stage")
        yield finding("duplicate_id", entry.at("signatures"), problem, remedy)
