"""The rule files copied to a folder where a test may spoil them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eligibility.model.diagnostic import Diagnostic, InputError
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy

RULES = Path(__file__).parents[2] / "rules"
AS_OF = date(2022, 10, 31)


@dataclass
class RuleCopy:
    """A copy of all rules; paths are relative to the rules folder."""

    root: Path

    @classmethod
    def at(cls, folder: Path) -> RuleCopy:
        shutil.copytree(RULES, folder / "rules")
        return cls(folder / "rules")

    def edit(self, path: str, old: str, new: str) -> int:
        """Replace the one occurrence of `old`; the line of the change, from 1."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def load(self, *, as_of: date = AS_OF, regime: str = "km-reform") -> Policy:
        return load_policy(self.root / regime, as_of=as_of)

    def findings(self, *, as_of: date = AS_OF, regime: str = "km-reform") -> tuple[Diagnostic, ...]:
        try:
            self.load(as_of=as_of, regime=regime)
        except InputError as unusable:
            return unusable.findings
        return ()
