"""Read one YAML file into plain values that remember their places. The only place that knows a YAML library.

Numbers and dates stay the text that was written, so nothing passes through a float: 0.3 亩 is exactly 0.3 亩.
The file is read as a stream of events, each checked as it comes: a tag, an anchor, a further document or a repeated
key is a finding, and reading stops at the first sign of a file that is too large or too deep. Nothing is constructed
from a file but texts, yes/no, lists and mappings.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.rulebook.files import SHARED, inside
from eligibility.rulebook.problems import Spot, finding
from eligibility.rulebook.yaml_tree import Place, Plain, Span, Trouble, build, too_deep

__all__ = ["LARGEST", "Place", "Plain", "YamlFile", "read_yaml"]

LARGEST = 256 * 1024
"""Bytes in one rule file. The longest that a regime needs is a tenth of it."""

_EVENTS = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads a text as events: in C, twelve times as fast as in Python, where the library was built with it."""

_NO_CODE = Bilingual(
    "规则文件只写“键: 值”，请删去这里多余的记号",
    "rule files hold “key: value” only; delete the extra notation here",
)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of one file, and where each key or item begins and ends."""

    path: Path
    content: Plain
    spans: dict[Place, Span]
    text: str = ""

    def at(self, *place: str | int) -> Spot:
        """Where `place` stands; of a place that the file does not have, where its nearest parent stands."""
        while place and place not in self.spans:
            place = place[:-1]
        row, col, start, end = self.spans.get(place, (1, 1, 0, 0))
        return Spot(self.path.as_posix(), row=row, col=col, text=self.text[start:end])

    def after_key(self, *place: str | int) -> Spot:
        """Where the value of `place` begins when it stands on the line of its key; else where the key stands."""
        return self.at(*place, "") if (*place, "") in self.spans else self.at(*place)


def read_yaml(path: Path, within: Path | None = None) -> tuple[YamlFile, list[Diagnostic]]:
    """Read `path`; what cannot be read is a finding and leaves the content None (whole file) or out (one key).

    A file that, its links followed, does not stand in the folder `within` is not opened.
    """
    top = Spot(path.as_posix(), row=1)
    wrong = _closed(path, within, top)
    if wrong is not None:
        return YamlFile(path, None, {}), [wrong]
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            return YamlFile(path, None, {}), [_too_large(top)]
        text = raw.decode("utf-8-sig")
    except OSError as error:
        return YamlFile(path, None, {}), [_unreadable(top, error)]
    except UnicodeDecodeError:
        problem = Bilingual("文件不是 UTF-8 编码", "the file is not UTF-8")
        remedy = Bilingual("请在编辑器中另存为 UTF-8", "save it as UTF-8 in the editor")
        return YamlFile(path, None, {}), [finding("bad_yaml", top, problem, remedy)]
    content, spans, troubles = _parsed(text)
    file = YamlFile(path, content, spans, text)
    results = [
        finding(code, Spot(path.as_posix(), row=row, col=col), trouble, remedy)
        for code, row, col, trouble, remedy in troubles
    ]
    return file, [*results]


def _closed(path: Path, within: Path | None, top: Spot) -> Diagnostic | None:
    """Why the file must not be opened: outside, not there, not a file (a pipe would block for ever), or too large."""
    if within is not None and not inside(path, within):
        problem = Bilingual(
            "文件（或其链接所指）在规则目录之外", "the file, or what its link points at, is outside the rules"
        )
        remedy = Bilingual(
            "请把内容写进规则目录内的普通文件", "put the content into an ordinary file within the rules folder"
        )
        return finding("outside_rules", top, problem, remedy)
    try:
        result = path.stat()
    except OSError as error:
        return _unreadable(top, error)
    if not stat.S_ISREG(result.st_mode):
        remedy = Bilingual("请换成普通文件", "replace it by an ordinary file")
        return finding("unreadable_file", top, Bilingual("不是普通文件", "it is not an ordinary file"), remedy)
    return _too_large(top) if result.st_size > LARGEST else None


def _unreadable(top: Spot, error: OSError) -> Diagnostic:
    why = error.strerror or type(error).__name__
    remedy = Bilingual("请补上该文件，或检查读取权限", "add the file, or check that it may be read")
    name = Path(top.file).name
    if isinstance(error, FileNotFoundError) and name.removesuffix(".yaml") in SHARED:
        remedy = Bilingual(
            f"{name} 由各套规则共用，放在规则文件夹的上一级；单独抄出一套用 eligibility rules copy",
            f"{name} is shared by all rulebooks and stands one folder up; to copy one out: eligibility rules copy",
        )
    return finding("unreadable_file", top, Bilingual(f"打不开文件：{why}", f"the file cannot be opened: {why}"), remedy)


def _too_large(top: Spot) -> Diagnostic:
    problem = Bilingual(f"文件超过 {LARGEST // 1024} KB", f"the file is larger than {LARGEST // 1024} KB")
    remedy = Bilingual(
        "规则文件没有这么大：请拆分或删去无关内容", "no rule file is that large: split it, or delete what is no rule"
    )
    return finding("too_large", top, problem, remedy)


_Parsed = tuple[Plain, dict[Place, Span], tuple[Trouble, ...]]


@lru_cache(maxsize=512)  # the same files are read again for every value that is tried
def _parsed(text: str) -> _Parsed:
    """A text read as YAML. Never changed once made."""
    try:
        return build(yaml.parse(text, Loader=_EVENTS))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        if mark is not None and not text[mark.index :].strip():  # at the end: say where it was opened
            mark = getattr(error, "context_mark", None) or mark
        result = str(getattr(error, "problem", None) or type(error).__name__)
        row, col = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
        if "nesting depth" in result:  # the parser's own limit, met while it looks ahead for the end of a key
            return None, {}, (too_deep(row, col),)
        return None, {}, (_syntax_trouble(text, result, row, col),)


_IN_WORDS = {
    "could not find expected ':'": "这里应有半角冒号加空格（键: 值）",
    "mapping values are not allowed here": "这一行多了一个冒号，或缩进不对；值里有冒号的请加引号",
    "found character '\\t' that cannot start any token": "缩进用了制表符",
    "while scanning a quoted scalar": "引号没有成对",
    "found unexpected end of stream": "引号或括号没有成对",
    "did not find expected key": "这里应是下一个键；检查缩进和引号",
    "expected <block end>, but found '<block mapping start>'": "这一行的缩进与同级各行不齐",
    "expected <block end>, but found '-'": "这一行的“-”缩进不齐",
}
"""What the reader of YAML says, in Chinese."""


def _syntax_trouble(text: str, message: str, row: int, col: int) -> Trouble:
    """A slip of YAML told with its likely cause: a full-width sign or a tab in this line or the one above."""
    lines = text.split("\n")
    for number in (row, row - 1):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            wrong = Bilingual("缩进用了制表符（Tab）", "the line is indented by a tab")
            remedy = Bilingual("改用空格缩进", "indent by spaces")
            return "bad_yaml", number, line.index("\t") + 1, wrong, remedy
        place = line.find("：")
        if place >= 0 and ":" not in line[:place]:
            wrong = Bilingual("键后用了全角冒号“：”", "the colon behind the key is full-width")
            remedy = Bilingual("改为半角冒号加空格，如 value: 0.3", "write an ASCII colon and a space: value: 0.3")
            return "bad_yaml", number, place + 1, wrong, remedy
    words = next((zh for en, zh in _IN_WORDS.items() if message.startswith(en)), message)
    wrong = Bilingual(f"YAML 语法有误：{words}", f"YAML syntax: {message}")
    remedy = Bilingual(
        "检查本行及上一行的缩进、冒号、引号与括号",
        "check indentation, colons, quotes, brackets here and one line above",
    )
    return "bad_yaml", row, col, wrong, remedy
