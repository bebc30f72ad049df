"""What was measured on, and with what: cores, memory, versions. Never the name of the machine."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from eligibility import __version__

PACKAGES = (
    "duckdb", "durable-rules", "pyarrow", "sqlglot", "networkx", "xlsxwriter", "zen-engine", "clipspy", "openfisca-core",
    "pyspark",
)  # fmt: skip


def machine() -> dict[str, Any]:
    """Cores, memory in GB, Python, and the version of every package that takes part."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(memory, 1),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "versions": {"eligibility": __version__} | {name: found for name in PACKAGES if (found := _version(name))},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
