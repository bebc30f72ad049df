"""`python -m bench.reference [PAGE …]` writes the pages; with `--check` it says which are not as the program is now."""

from __future__ import annotations

import sys

from bench.reference import FOLDER, NAMES, made, write


def main(arguments: list[str]) -> int:
    """Write or check the named pages, all where none is named; exit status 2 for a stale page or an unknown name."""
    names = [one for one in arguments if one != "--check"] or list(NAMES)
    if unknown := [one for one in names if one not in NAMES]:
        print(f"no such page: {', '.join(unknown)}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    if "--check" not in arguments:
        write(names)
        return 0
    stale = [one for one in names if (FOLDER / f"{one}.md").read_text(encoding="utf-8") != made(one)]
    print(*(f"stale: docs/reference/{one}.md" for one in stale), sep="\n", end="\n" if stale else "")
    return 2 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
