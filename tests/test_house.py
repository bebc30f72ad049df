"""The house keeps its own rules: size of files, docstrings, links that lead somewhere, no address of a registry."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from eligibility.store.database import connect

ROOT = Path(__file__).parents[1]
SOURCES = sorted(ROOT.glob("src/**/*.py"))
PAGES = [
    *sorted(ROOT.glob("*.md")),
    ROOT / "bench" / "RESULTS.md",
    *sorted(ROOT.glob("rules/*.md")),
    *sorted(ROOT.glob("docs/**/*.md")),
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 600
    assert ast.get_docstring(ast.parse(text)) is not None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_name_has_a_docstring(path: Path) -> None:
    for node in public_names(ast.parse(path.read_text(encoding="utf-8"))):
        assert ast.get_docstring(node) is not None, f"{path.name}:{node.lineno} {node.name}"


def public_names(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions and classes of a module that others may use, and the methods of such classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_names(node)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


LOCKS = {
    "requirements.lock": "dev",
    "requirements-bench.lock": "bench",
    "requirements-browser.lock": "browser",
    "requirements-docs.lock": "docs",
    "requirements-prove.lock": "prove",
    "requirements-spark.lock": "spark",
    "requirements-web.lock": "web",
}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_every_dependency_with_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|index-url|find-links", lock)
    pinned = {re.split(r"[=\[ ]", line)[0].lower() for line in lock.splitlines() if line[:1].isalpha()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        *(project["dependencies"] if name == "requirements.lock" else ()),
        *project["optional-dependencies"][LOCKS[name]],
    ]
    assert {re.sub("[._]", "-", re.split(r"[=<>\[]", one)[0].lower()) for one in asked} <= pinned
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", lock) if block[:1].isalpha())


def test_every_dependency_earns_its_place() -> None:
    said = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for one in project["dependencies"]:
        assert re.split(r"[=<>\[]", one)[0] in said, one


def test_python_313_is_told_why() -> None:
    code = "import sys; sys.version_info = (3, 13, 0, 'final', 0); from eligibility.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, "durable-rules" in done.stderr) == (2, True)


def test_the_database_is_opened_in_one_place() -> None:
    openers = [path.name for path in SOURCES if "duckdb.connect(" in path.read_text(encoding="utf-8")]
    assert openers == ["database.py"]


@pytest.mark.parametrize("path", sorted(ROOT.glob("src/**/*.sql")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_query_gives_one_name_to_two_columns(path: Path) -> None:
    """DuckDB then takes the first of them, without a word."""
    text = re.sub(r"\{[a-z_]+\}", "x", path.read_text(encoding="utf-8"))
    try:
        statements = sqlglot.parse(text, dialect="duckdb")
    except sqlglot.errors.ParseError:
        pytest.skip("of a form that sqlglot does not read")
    for select in (select for tree in statements if tree for select in tree.find_all(exp.Select)):
        named = [column.alias for column in select.expressions if isinstance(column, exp.Alias)]
        names = [column.alias_or_name for column in select.expressions]
        assert not [name for name in named if names.count(name) > 1], select.sql(dialect="duckdb")[:200]


def test_a_long_query_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with connect() as con:
        con.execute("SET progress_bar_time = 0")
        con.execute("SELECT count(DISTINCT hash(i)) FROM range(5000000) AS r(i)").fetchall()
    assert capfd.readouterr().out == ""


UNFINISHED = frozenset(
    (
        "application", "audit", "cli", "identify", "intake", "reporting", "review", "simulation", "sources", "spark",
    )
)  # fmt: skip
"""Packages whose names are not revised yet."""

NO_NAMES = frozenset(("found", "heard", "here", "one", "said", "then", "told"))
"""Words that name nothing: a variable, an argument, a field or a function is called after the thing."""

NO_WORDS = frozenset(
    (
        "befall", "befalls", "cage", "court", "desk", "farewell", "hang", "hangs", "heard", "plainly", "said", "sitting",
        "slip", "slips", "smudge", "strand", "strands", "told", "torn", "twin", "twins", "weigh",
    )
)  # fmt: skip
"""Words of a private language, in no part of a name."""

PUBLISHED = frozenset(("Told",))
"""Names that stand in a published JSON Schema, and so must stay."""


@pytest.mark.parametrize(
    "package", sorted({path.relative_to(ROOT / "src/eligibility").parts[0] for path in SOURCES} - UNFINISHED)
)
def test_names_are_those_of_the_field(package: str) -> None:
    paths = [path for path in SOURCES if path.relative_to(ROOT / "src/eligibility").parts[0] == package]
    bad = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in paths
        for line, name in [(1, path.stem), *bound_names(ast.parse(path.read_text(encoding="utf-8")))]
        if name not in PUBLISHED
        and (name in NO_NAMES or not NO_WORDS.isdisjoint(word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)))
    ]
    assert not bad, "\n".join(bad)


def bound_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of everything that a module gives a name to; what it imports was named elsewhere."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield node.lineno, name
