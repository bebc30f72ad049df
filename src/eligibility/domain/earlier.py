"""An earlier run of a dossier much like the present one, whose work stands wherever nothing that it rests on changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eligibility.domain.desk import quoted


@dataclass(frozen=True, slots=True)
class Earlier:
    """What of an earlier run may be used again: made by the same program, and as its record says that it was written.

    `folder` holds its results, `dossier` the files it read, by their names in the dossier. `same_law`: it was decided by
    the same rules, as of the same day.
    """

    folder: Path
    dossier: Mapping[str, Path]
    same_law: bool

    def table(self, name: str) -> str:
        """SQL of one of its tables: `papers/persons`, `facts`, ….

        >>> Earlier(Path("结果"), {}, True).table("papers/persons")
        "read_parquet('结果/papers/persons.parquet')"
        """
        return f"read_parquet('{quoted(self.folder / f'{name}.parquet')}')"
