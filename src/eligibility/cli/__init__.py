"""argv → exit status. Wires the rooms and knows the clock."""

from __future__ import annotations

import sys

UNUSABLE = 2
"""Exit status for input or rules that cannot be used."""


def main() -> None:
    """Run the command line. Exit status 0: done; 1: a fault of the program; 2: unusable input; 130: interrupted."""
    if not (3, 11) <= sys.version_info < (3, 13):
        version = ".".join(map(str, sys.version_info[:2]))
        sys.stderr.write(
            f"[python_version] 本程序需要 Python 3.11 或 3.12，当前为 {version}：durable-rules 2.0.28 在 3.13 上无法导入。\n"
            f"  needs Python 3.11 or 3.12, this is {version}: durable-rules 2.0.28 does not import on 3.13.\n"
            "  → 请安装 Python 3.11 或 3.12，再执行 make demo / install Python 3.11 or 3.12, then run make demo\n"
        )
        raise SystemExit(UNUSABLE)
    from eligibility.cli.app import run_app

    run_app()
