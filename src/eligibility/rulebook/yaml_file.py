"""Read one YAML file into plain values that remember their lines. The only place that knows a YAML library.

Numbers and dates stay the text that was written, so nothing passes through a float: 0.3 亩 is exactly 0.3 亩.
Tags, anchors and repeated keys are findings; a rule file can neither run code nor say two things at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from eligibility.domain.finding import Finding, Source, Text
from eligibility.rulebook.problems import finding

Plain = None | bool | str | list["Plain"] | dict[str, "Plain"]
"""What a YAML file says: nothing, yes/no, text (numbers and dates as written), lists and mappings."""

Place = tuple[str | int, ...]
"""Keys and positions from the top of a file to a value in it."""

_TEXTS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "timestamp")}
_NULL = "tag:yaml.org,2002:null"
_BOOL = "tag:yaml.org,2002:bool"


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of one file, and the line (from 1) on which each key or item begins."""

    path: Path
    content: Plain
    lines: dict[Place, int]

    def at(self, *place: str | int) -> Source:
        """Where `place` stands; of a place that the file does not have, where its nearest parent stands."""
        while place and place not in self.lines:
            place = place[:-1]
        return Source(self.path.as_posix(), row=self.lines.get(place, 1))


def read_yaml(path: Path) -> tuple[YamlFile, list[Finding]]:
    """Read `path`; what cannot be read is a finding and leaves the content None (whole file) or out (one key)."""
    top = Source(path.as_posix(), row=1)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return YamlFile(path, None, {}), [finding("unreadable_file", top, Text(f"打不开文件：{error}", str(error)))]
    except UnicodeDecodeError:
        wrong = finding("bad_yaml", top, Text("文件不是 UTF-8 编码", "the file is not UTF-8"))
        return YamlFile(path, None, {}), [wrong]
    composed = _composed(text)
    found = [finding(code, Source(path.as_posix(), row=row), said) for code, row, said in composed.problems]
    return YamlFile(path, composed.content, composed.lines), found


@dataclass(frozen=True, slots=True)
class _Composed:
    """A text read as YAML; each problem is a code, a line and what is wrong. Never changed once made."""

    content: Plain
    lines: dict[Place, int]
    problems: tuple[tuple[str, int, Text], ...]


@lru_cache(maxsize=512)  # the same files are read again for every value that is tried
def _composed(text: str) -> _Composed:
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        wrong = Text(f"YAML 语法有误：{said}", f"YAML: {said}")
        return _Composed(None, {}, (("bad_yaml", 1 if mark is None else mark.line + 1, wrong),))
    reader = _Reader()
    content = None if root is None else reader.plain(root, ())
    return _Composed(content, reader.lines, tuple(reader.problems))


@dataclass(slots=True)
class _Reader:
    """Turns nodes into plain values and notes the lines as it goes."""

    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[tuple[str, int, Text]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def plain(self, node: Node, place: Place) -> Plain:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self.seen:
            self._refuse(node, Text("规则文件不使用锚点和引用（& *）", "anchors and aliases are not used here"))
            return None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*place, i)) for i, item in enumerate(node.value)]
        return self._scalar(node) if isinstance(node, ScalarNode) else None

    def _mapping(self, node: MappingNode, place: Place) -> Plain:
        found: dict[str, Plain] = {}
        for key_node, value in node.value:
            key = str(key_node.value) if isinstance(key_node, ScalarNode) else ""
            if not key or key in found:
                said = Text(f"键“{key}”重复或为空", f"key “{key}” is repeated or empty")
                self._refuse(key_node, said, code="duplicate_id")
                continue
            self.lines[(*place, key)] = key_node.start_mark.line + 1
            found[key] = self.plain(value, (*place, key))
        return found

    def _scalar(self, node: ScalarNode) -> Plain:
        tag = str(node.tag)
        if tag == _NULL:
            return None
        if tag == _BOOL:
            return str(node.value).lower() == "true"
        if tag in _TEXTS:
            return str(node.value)
        self._refuse(node, Text(f"不认识的 YAML 标签 {tag}", f"YAML tag {tag} is not allowed"))
        return None

    def _refuse(self, node: Node, said: Text, *, code: str = "bad_yaml") -> None:
        self.problems.append((code, node.start_mark.line + 1, said))
