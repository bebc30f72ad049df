"""One writer at a time: an exclusive lock on an open file, let go when the file is closed or the process dies."""

from __future__ import annotations

import sys
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def lock(file: BinaryIO) -> None:
        """Wait for the lock on `file`."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def lock(file: BinaryIO) -> None:
        """Wait for the lock on `file`."""
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
