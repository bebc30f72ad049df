"""A rulebook written after another: its ids and features, with every citation of the sister's own paper to be filled."""

from __future__ import annotations

import re
from pathlib import Path

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.rulebook.filling import TO_BE_FILLED
from eligibility.rulebook.yaml_file import read_yaml

_FLOW = r"(\{{\s*instrument:\s*){old}(\s*,\s*article:\s*).*?(,\s*quote:\s*).*?(,\s*status:\s*)(\w+)(\s*[,}}])"
_BLOCK = (
    r"^(?P<in>[ ]*(?:- )?)instrument:[ ]*{old}[ ]*\n"
    r"(?P<pad>[ ]*)article:.*\n(?:(?P=pad)[ ]+.*\n)*"
    r"(?P=pad)quote:.*\n(?:(?P=pad)[ ]+.*\n)*"
    r"(?P=pad)status:[ ]*(?P<status>\w+)"
)


def like_sister(rules: Path, features: Path, name: str) -> dict[str, str]:
    """The files of a rulebook `name` written after the one in `rules`, by their path below the new folder.

    Everything that cites the sister's own paper is marked to be filled and counts as assumed; other papers (a national
    law) stay cited as they are. A value that is unset stays so. Raises `InputError` where the sister cannot be read.
    """
    content = read_yaml(rules / "rulebook.yaml", rules.parent)[0].content
    if not isinstance(content, dict) or not isinstance(content.get("instrument"), str):
        problem = Bilingual("读不出这套规则的 instrument", "its instrument cannot be read")
        remedy = Bilingual("先用 eligibility rules check 检查它", "check it first with eligibility rules check")
        raise InputError(Diagnostic("rulebook_missing", SourceLocation(rules.as_posix()), problem, remedy))
    old, own = rules.name, str(content["instrument"])
    files: dict[str, str] = {}
    for path in sorted(rules.rglob("*.yaml")):
        place = path.relative_to(rules).as_posix()
        text = _cited_anew(path.read_text(encoding="utf-8"), own, name)
        if place == "rulebook.yaml":
            text = _book(text, old, name)
        if place == "instruments.yaml":
            continue
        files[f"rules/{name}/{place}"] = text
    kept = _instruments(rules, own)
    files[f"rules/{name}/instruments.yaml"] = (
        f"{name}:\n  title: {TO_BE_FILLED}\n  number: {TO_BE_FILLED}\n  known: {TO_BE_FILLED}\n{kept}"
    )
    for path in sorted(features.rglob("*")) if features.is_dir() else ():
        if path.suffix in (".feature", ".yaml"):
            text = path.read_text(encoding="utf-8").replace(f'按"{old}"', f'按"{name}"')
            files[f"features/{name}/{path.relative_to(features).as_posix()}"] = text
    return files


def _cited_anew(text: str, own: str, name: str) -> str:
    def flow(match: re.Match[str]) -> str:
        status = "unset" if match[5] == "unset" else "assumed"
        return f"{match[1]}{name}{match[2]}{TO_BE_FILLED}{match[3]}{TO_BE_FILLED}{match[4]}{status}{match[6]}"

    def block(match: re.Match[str]) -> str:
        pad = match["pad"]
        status = "unset" if match["status"] == "unset" else "assumed"
        return (
            f"{match['in']}instrument: {name}\n{pad}article: {TO_BE_FILLED}\n{pad}quote: {TO_BE_FILLED}\n"
            f"{pad}status: {status}"
        )

    text = re.sub(_FLOW.format(old=re.escape(own)), flow, text)
    return re.sub(_BLOCK.format(old=re.escape(own)), block, text, flags=re.MULTILINE)


def _book(text: str, old: str, name: str) -> str:
    text = re.sub(rf"(?m)^id:\s*{re.escape(old)}\s*$", f"id: {name}", text)
    text = re.sub(r"(?m)^title:.*$", f"title: {TO_BE_FILLED}", text)
    text = re.sub(r"(?m)^title_en:.*\n", "", text)
    text = re.sub(r"(?m)^document_number:.*\n", "", text)
    text = re.sub(r"(?m)^instrument:.*$", f"instrument: {name}", text)
    text = re.sub(r"(?m)^(supersedes|release_persons):.*\n", "", text)
    return f"# 仿 {old} 写成；标着“{TO_BE_FILLED}”的都要照文件填写，不要的条款删去。\n{text}"


def _instruments(rules: Path, own: str) -> str:
    """The other papers of the sister's own glossary, as they stand."""
    path = rules / "instruments.yaml"
    if not path.is_file():
        return ""
    parts = re.split(r"(?m)^(?=[^\s#])", path.read_text(encoding="utf-8"))
    return "".join(part for part in parts[1:] if not part.startswith(f"{own}:"))
