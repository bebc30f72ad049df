"""The glossary for people and the one for the program are the same."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from eligibility.model.policy import FactType, Kind, Status
from eligibility.rulebook import load_policy
from eligibility.rulebook.benefit_schemas import BenefitShape, ClassShape
from eligibility.rulebook.schemas import (
    ClauseShape,
    ConditionShape,
    FactShape,
    ParameterShape,
    ReasonShape,
    RulebookShape,
    Shape,
    ValueShape,
)
from eligibility.rulebook.yaml_tree import build
from rulebook.rule_copy import AS_OF, RULES
from rulebook.test_rulebook_expressions import compiled

DOCS = Path(__file__).parents[2] / "docs"
POLICY = load_policy(RULES / "km-reform", as_of=AS_OF)
ROWS = {
    "facts": [f"| {f.title} | `{f.id}` | {f.type} | {f.day} |" for f in POLICY.facts.values()],
    "parameters": [f"| {p.title} | `{p.id}` | {p.type} |" for p in POLICY.parameters.values()],
    "clauses": [f"| {c.title} | `{c.id}` | {c.kind} |" for c in POLICY.clauses.values()],
    "reasons": [
        f"| {r.title} | `{r.id}` | {'、'.join(POLICY.bodies[body] for body in r.bodies)} |"
        for r in POLICY.reasons.values()
    ],
}


@pytest.mark.parametrize("kind", ROWS)
def test_the_glossary_has_every_entry(kind: str) -> None:
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    assert [row for row in ROWS[kind] if row not in lines] == []


def test_the_glossary_has_no_entry_of_its_own() -> None:
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    known = {row for rows in ROWS.values() for row in rows}
    assert [line for line in lines if line.startswith("| ") and "`" in line and line not in known] == []


def test_every_clause_is_explained_in_the_policy_page() -> None:
    text = (DOCS / "policy.md").read_text(encoding="utf-8")
    assert [clause for clause in POLICY.clauses if f"`{clause}`" not in text] == []


PAGE = (RULES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "shape", [RulebookShape, FactShape, ParameterShape, ValueShape, ConditionShape, ClauseShape, ReasonShape]
)
def test_the_language_page_names_every_key(shape: type[Shape]) -> None:
    elsewhere = (
        {"document_number", "supersedes", "in_force", "outcomes", "clauses"} if shape is RulebookShape else set()
    )
    assert [key for key in shape.model_fields if key not in PAGE and key not in elsewhere] == []


@pytest.mark.parametrize("kind", [FactType, Kind, Status])
def test_the_language_page_names_every_type_kind_and_status(kind: type[StrEnum]) -> None:
    assert [word.value for word in kind if f"`{word.value}`" not in PAGE] == []


def test_the_language_page_is_in_both_languages() -> None:
    headings = [line for line in PAGE.splitlines() if line.startswith("#")]
    assert [line for line in headings if not re.search(r"[\u4e00-\u9fff].* · [A-Z]", line)] == []


def test_the_expressions_of_the_language_page_compile() -> None:
    rows = [line.split("|")[2] for line in PAGE.splitlines() if line.startswith("| ") and line.count("|") == 3]
    examples = [text for row in rows for text in re.findall(r"`([^`]+)`", row)]
    assert len(examples) >= 9
    assert [(text, compiled(text)[1]) for text in examples if compiled(text)[1]] == []


def test_the_rule_files_of_the_language_page_have_the_right_shape() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    found = [build(yaml.parse(block, Loader=yaml.SafeLoader)) for block in blocks]
    wanted = (
        *(dict[str, FactShape], ParameterShape, dict[str, ConditionShape], ClauseShape),
        *(dict[str, ClassShape], BenefitShape),
    )
    assert [trouble for _, _, troubles in found for trouble in troubles] == []
    for shape, (content, _, _) in zip(wanted, found, strict=True):
        TypeAdapter(shape).validate_python(content)


def test_every_code_of_the_check_is_explained() -> None:
    text = (DOCS / "rules.md").read_text(encoding="utf-8")
    source = RULES.parent / "src" / "eligibility" / "rulebook"
    codes = {
        code
        for path in source.rglob("*.py")
        for code in re.findall(
            r'(?:finding|misnamed|warning|RuleFinding)\(\s*"([a-z_]+)"|noted\(\s*[^,]+,\s*"([a-z_]+)"|code: str = "([a-z_]+)"',
            path.read_text(encoding="utf-8"),
        )
    }
    named = {one for code in codes for one in code if one} - {"not_in_force", "no_rulebook"}
    assert len(named) > 25
    assert [code for code in sorted(named) if f"`{code}`" not in text] == []
