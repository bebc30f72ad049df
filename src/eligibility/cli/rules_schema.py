"""`eligibility rules schema`: JSON Schemas of the rule files, for editors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from eligibility.rulebook.schema import KINDS, file_name, json_schemas


def write_schemas(out: Path | None, *, lang: str) -> None:
    """Write one schema a kind of rule file into `out`; without it, print all of them as one JSON object."""
    made = json_schemas()
    if out is None:
        sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
        return
    out.mkdir(parents=True, exist_ok=True)
    for kind, schema in made.items():
        (out / file_name(kind)).write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        sys.stdout.write(
            f"{out / file_name(kind)}  {KINDS[kind][1]}  {'' if lang == 'en' else KINDS[kind][2]}".rstrip()
        )
        sys.stdout.write("\n")
