"""A small rulebook with a few lines laid over it; the file that does so says itself what must be found.

In a file of `good/` or `bad/`:

- `# file: PATH` — the lines that follow are that file, instead of the one in `base/`;
- `# add: PATH` — they stand before what the file in `base/` says;
- `# clause: NAME` — they are a further clause, which is also listed and has a feature;
- `# delete: PATH` — that file is absent;
- `# expect: CODE LINE COLUMN [NEAREST]` — what must be found in that file, and `# expect@PATH: …` in another.

Lines count from the top of the file that says so: what precedes a section is left blank in the rule file.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from eligibility.rulebook.problems import RuleFinding

BASE = Path(__file__).parent / "base"
_MARK = re.compile(r"# (file|add|clause|delete|expect)(?:@(\S+))?: (.*)")

Expected = tuple[str, str, int, int, str]
"""File, code, line, column, nearest valid name."""


@dataclass
class Overlay:
    """The base rulebook with one overlay, in a folder of its own."""

    root: Path
    expected: list[Expected] = field(default_factory=list)

    @classmethod
    def of(cls, source: Path, folder: Path) -> Overlay:
        shutil.copytree(BASE, folder, dirs_exist_ok=True)
        made = cls(folder)
        made._lay(source.read_text(encoding="utf-8").splitlines())
        return made

    @property
    def rules(self) -> Path:
        return self.root / "rules"

    def said(self, found: RuleFinding) -> Expected:
        """A finding in the words of an expectation."""
        file = Path(found.at.file).relative_to(self.root).as_posix()
        return file, found.code, found.at.row or 0, found.at.col, found.nearest

    def _lay(self, lines: list[str]) -> None:
        sections: list[tuple[str, str, int, list[str]]] = []
        for number, line in enumerate(lines):
            mark = _MARK.fullmatch(line)
            if mark and mark[1] == "expect":
                self._expect(mark[3].split(), mark[2] or sections[-1][1])
            elif mark:
                path = f"rules/base/clauses/{mark[3]}.yaml" if mark[1] == "clause" else mark[3]
                sections.append((mark[1], path, number, []))
            sections[-1][3].append(line)
        for kind, path, start, body in sections:
            self._write(kind, self.root / path, "\n" * start + "\n".join(body) + "\n")

    def _expect(self, words: list[str], path: str) -> None:
        code, line, column, *nearest = words
        self.expected.append((path, code, int(line), int(column), nearest[0] if nearest else ""))

    def _write(self, kind: str, path: Path, text: str) -> None:
        if kind == "delete":
            path.unlink()
            return
        if kind == "add":
            text += path.read_text(encoding="utf-8")
        if kind == "clause" and not path.exists():
            self._list(path.stem)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _list(self, clause: str) -> None:
        book = self.rules / "base" / "rulebook.yaml"
        book.write_text(book.read_text(encoding="utf-8").rstrip()[:-1] + f", {clause}]\n", encoding="utf-8")
        feature = self.root / "features" / "base" / f"{clause}.feature"
        feature.write_text(f"# language: zh-CN\n@{clause}\n功能: {clause}\n", encoding="utf-8")
