"""The map of the packages, from the layers that import-linter checks and the docstrings of the packages."""

from __future__ import annotations

import ast
import tomllib

from bench.reference import ROOT, head, table

SAID = """\
A package imports only from packages below it, never from one beside it, and only through what its `__init__` gives or its docstring
names; `make check` refuses anything else. How to work on them: [contributing](../contributing.md).
"""
SOURCE = ROOT / "src" / "eligibility"


def page() -> str:
    """The whole page."""
    rows = [
        (str(height), f"`{name}`", _said(name))
        for height, names in zip(range(len(layers()), 0, -1), layers(), strict=True)
        for name in names
    ]
    contracts = "".join(f"- {one['name']}\n" for one in _linted()["contracts"][1:])
    return (
        head("程序的组成 / Packages", "packages", SAID)
        + "\n"
        + table(("Layer", "Package", "What it is for"), rows)
        + f"\nFurther contracts that `make check` holds:\n\n{contracts}"
    )


def layers() -> list[list[str]]:
    """The packages, the highest layer first."""
    return [[name.strip() for name in layer.split("|")] for layer in _linted()["contracts"][0]["layers"]]


def _linted() -> dict[str, list[dict[str, list[str]]]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    linted: dict[str, list[dict[str, list[str]]]] = project["tool"]["importlinter"]
    return linted


def _said(name: str) -> str:
    text = (SOURCE / name / "__init__.py").read_text(encoding="utf-8")
    return " ".join((ast.get_docstring(ast.parse(text)) or "").split())
