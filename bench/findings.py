"""`python -m bench.findings > docs/findings.md`: the catalogue of every code that the program can emit.

Findings on papers stand in catalogues with example and effect. Refusals of commands and problems of rule files word
themselves where they arise; their code, sentence and remedy are taken from the source, so that none can be missing.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from eligibility.reporting.pages.findings_page import catalogues, findings_tables

PACKAGE = Path(__file__).parents[1] / "src" / "eligibility"
HEAD = """\
# 问题目录 / Catalogue of findings

由 `python -m bench.findings > docs/findings.md` 生成；卷宗部分的文字来自各部分的 `findings.toml`，终端上用 `eligibility intake codes 代码` 查看。
Made by that command; do not edit it here. On a terminal: `eligibility --lang en intake codes CODE`.

数据里的问题不影响退出码（0）；拒收时退出码为2，不写出任何文件。`kept = yes`：该行保留；`no`：该行隔离。
Findings in the data exit with 0, refusals with 2 and write nothing. On a row that stays `kept` is yes, on a row set aside no.
"""
COMMANDS = """\
## 命令与规则文件 / Commands and rule files

取自源代码，或取自 `bench/findings_words.toml`（句子由几部分拼成，或几处说法不同）；「…」处填入具体内容。例取自 `bench/findings_examples.toml`。
Taken from the source, or from `bench/findings_words.toml` (sentences composed of parts, or different in several places); … stands for what is
filled in. The examples are those of `bench/findings_examples.toml`.

| 代码 / Code | 意思 | 例 / Example | 办法 | Meaning | Remedy |
|---|---|---|---|---|---|
"""
MAKERS = (
    *("diagnostic", "finding", "rulefinding", "refuse", "refusal", "warning", "noted"),
    *("misnamed", "broken", "missing"),  # makers of one room
)


class Said(NamedTuple):
    """A code as the source has it: problem and remedy, each in Chinese and in English ("" where it is made elsewhere)."""

    code: str
    problem: tuple[str, str]
    remedy: tuple[str, str]


def page() -> str:
    """The whole page."""
    shown = {code: _shown(texts) for code, texts in examples().items()}
    lines = (
        f"| `{one.code}` | " + " | ".join(text.replace("|", "\\|").replace("\n", " ") for text in texts) + " |"
        for one in command_codes().values()
        for texts in [(one.problem[0], shown.get(one.code, ""), one.remedy[0], one.problem[1], one.remedy[1])]
    )
    return f"{HEAD}\n{findings_tables()}\n{COMMANDS}" + "\n".join(lines) + "\n"


def command_codes() -> dict[str, Said]:
    """Every code that stands in no catalogue of a room, in order, with its sentences."""
    known = {entry.code for one in catalogues() for entry in one.entries}
    told: dict[str, Said] = {}
    for said in sorted(codes_in_source()):
        if said.code not in known and (said.code not in told or not told[said.code].problem[0]):
            told[said.code] = said
    for code, words in composed().items():
        told[code] = Said(code, tuple(words["problem"]), tuple(words["remedy"]))
    return dict(sorted(told.items()))


def composed() -> dict[str, dict[str, list[str]]]:
    """The sentences of codes that the source composes from parts."""
    return tomllib.loads(Path(__file__).with_name("findings_words.toml").read_text(encoding="utf-8"))


def examples() -> dict[str, tuple[str, ...]]:
    """Code → its example: one line of a file or of a command, or words in Chinese and in English."""
    read = example_file()
    rules = {code: tuple(texts[1:]) for code, texts in read["rule_files"].items()}
    return rules | {code: (one,) if isinstance(one, str) else tuple(one) for code, one in read["commands"].items()}


def example_file() -> dict[str, dict[str, Any]]:
    """The examples as they stand in their file, those of rule files with the name of the bad file that shows them."""
    return tomllib.loads(Path(__file__).with_name("findings_examples.toml").read_text(encoding="utf-8"))


def _shown(texts: tuple[str, ...]) -> str:
    return f"`{texts[0]}`" if len(texts) == 1 else " / ".join(texts)


@cache
def codes_in_source() -> tuple[Said, ...]:
    """Every call in the source that makes a finding under a literal code."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py")))
    return tuple(said for tree in trees for said in _codes_in(tree))


def _codes_in(tree: ast.Module) -> Iterator[Said]:
    handed_on = False
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and _makes(node)]
        for call in calls:
            yield from _said(call, _texts_before(call, function))
        given = {_name(one) for call in calls for one in call.args[:2]}
        handed_on |= "code" in given - {one.arg for one in function.args.args}
    if handed_on:
        yield from (Said(code, ("", ""), ("", "")) for code in _codes_in_tuples(tree))


def _makes(call: ast.Call) -> bool:
    return _name(call.func).lower().strip("_") in MAKERS


def _said(call: ast.Call, names: dict[str, tuple[str, str]]) -> Iterator[Said]:
    code = next((one.value for one in call.args[:2] if isinstance(one, ast.Constant) and _is_code(one.value)), "")
    texts = [found for one in call.args if (found := _text(one) or names.get(_name(one)))]
    if code:
        problem, remedy = [*texts, ("", ""), ("", "")][:2]
        yield Said(code, problem, remedy)


def _is_code(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.replace("_", "").isalpha() and "_" in value


def _texts_before(call: ast.Call, function: ast.FunctionDef) -> dict[str, tuple[str, str]]:
    """The variables that hold a sentence in two languages where the call stands: of one name, that set last before it."""
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Assign) and node.lineno < call.lineno]
    assigned = sorted(nodes, key=lambda node: node.lineno)
    return {_name(one.targets[0]): found for one in assigned if (found := _text(one.value))}


def _codes_in_tuples(tree: ast.Module) -> Iterator[str]:
    """The codes of a module that hands them to a maker in a variable: the first words of its tuples (code, …)."""
    for node in ast.walk(tree):
        match node:
            case ast.Tuple(elts=[ast.Constant(value=str(code)), *_]) if _is_code(code):
                yield code


def _text(node: ast.expr) -> tuple[str, str] | None:
    if isinstance(node, ast.Call) and _name(node.func) == "Bilingual" and len(node.args) == 2:
        return _words(node.args[0]), _words(node.args[1])
    return None


def _words(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_words(part) if isinstance(part, ast.Constant) else "…" for part in parts)
    return "…"


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


if __name__ == "__main__":
    sys.stdout.write(page())
