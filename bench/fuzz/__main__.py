"""`python -m bench.fuzz --dossiers 10000 --seed 1`: spoil, read, every tenth also decide; counts, and what went wrong.

A dossier that ends otherwise than with 0 or 2 is kept in --keep with what was done to it.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

from bench.fuzz.cells import cells
from bench.fuzz.spoil import Files, spoil
from bench.fuzz.trial import trial
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy

ROOT = Path(__file__).parents[2]
DECIDED = 10
MARKED = 50


def main() -> int:
    """Run the trials; 1 when any went wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--dossiers", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--first", type=int, default=0, help="begin with this one, to see one again")
    asked.add_argument("--cells", type=int, default=2_000, help="texts for each typed column")
    asked.add_argument("--keep", type=Path, default=Path("fuzz_failures"))
    options = asked.parse_args()
    policy = load_policy(ROOT / "rules" / "km-reform", as_of=date(2022, 10, 31))
    counts: Counter[str] = Counter()
    print(f"{cells(options.seed, options.cells)} cells parsed", file=sys.stderr, flush=True)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        bases = base_dossiers(Path(folder))
        for number in range(options.first, options.first + options.dossiers):
            counts[one(bases, options.seed, number, policy, Path(folder), options.keep)] += 1
            if number % 500 == 499:
                print(number + 1, dict(counts), f"{time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    print(json.dumps({"seed": options.seed, "dossiers": options.dossiers, **counts}, ensure_ascii=False))
    return 1 if any(key not in ("exit 0", "exit 2") for key in counts) else 0


def base_dossiers(folder: Path) -> list[Files]:
    """Good dossiers to spoil: a small invented district as csv and as workbooks, and workbooks of the old kinds."""
    made: list[Files] = []
    for kind in ("csv", "xlsx"):
        out = folder / kind
        command = [
            sys.executable,
            str(ROOT / "cli.py"),
            "simulate",
            "--persons",
            "40",
            "--seed",
            "3",
            "--format",
            kind,
        ]
        subprocess.run([*command, "--out", str(out)], check=True, capture_output=True)
        made.append({path.name: path.read_bytes() for path in out.iterdir() if path.is_file()})
    fixtures = ROOT / "tests" / "intake" / "fixtures"
    for name in ("papers.xls", "papers.ods"):
        made.append({f"人员名册{name[-4:]}": (fixtures / name).read_bytes(), "征地协议.csv": made[0]["agreements.csv"]})
    return made


def one(bases: list[Files], seed: int, number: int, policy: Policy, folder: Path, keep: Path) -> str:  # noqa: PLR0913, PLR0917
    """Spoil and try one dossier; how it ended."""
    chance = Random(f"{seed}:{number}")
    base = chance.choice((bases[0], bases[0], bases[0], *bases[1:]))
    others = sorted(name for name in base if not name.startswith(("persons", "人员名册")))
    left_out = set(others) - set(chance.sample(others, min(len(others), chance.choice((0, 1, 2)))))
    files = {name: body for name, body in base.items() if name not in left_out}
    done = spoil(files, chance)
    dossier, out = folder / "dossier", folder / "marked"
    shutil.rmtree(dossier, ignore_errors=True)
    shutil.rmtree(out, ignore_errors=True)
    dossier.mkdir()
    for name, body in files.items():
        (dossier / name).write_bytes(body)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            status = trial(dossier, policy if number % DECIDED == 0 else None, out if number % MARKED == 1 else None)
        return f"exit {status}"
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        kept = keep / f"{seed}-{number}"
        shutil.copytree(dossier, kept, dirs_exist_ok=True)
        (kept / "_fault.txt").write_text("\n".join([*done, traceback.format_exc()]), encoding="utf-8")
        return f"{type(fault).__name__} {str(fault)[:60]}"


if __name__ == "__main__":
    sys.exit(main())
