"""Which program decided: version, a hash of its code, and the versions of what its bytes depend on."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

import eligibility

_CODE = {".py", ".sql", ".j2", ".yaml", ".toml"}


@cache
def program() -> dict[str, str]:
    """The running program. The hash of its code tells a changed program of the same version number."""
    root = Path(eligibility.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in _CODE):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return {
        "version": eligibility.__version__,
        "code_sha256": digest.hexdigest(),
        "duckdb": version("duckdb"),
        "durable-rules": version("durable-rules"),
        "python": platform.python_version(),
    }
