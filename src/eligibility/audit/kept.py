"""What the record keeps besides its log: whole files under the name of their SHA-256, so that none is kept twice."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from eligibility.audit.canonical import canonical
from eligibility.audit.disk import bring_to_disk, open_ordinary, write_all
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

_BLOCK = 1 << 20


class Kept:
    """A folder of kept files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file of that hash is kept."""
        return self.folder / sha256[:2] / sha256

    def keep(self, path: Path) -> str:
        """Copy a file in, and return the hash of the bytes that were copied."""
        with path.open("rb") as source:
            return self._put(iter(lambda: source.read(_BLOCK), b""))

    def keep_value(self, value: Any) -> str:
        """Keep a value as canonical JSON; its hash."""
        return self.keep_bytes(canonical(value))

    def keep_bytes(self, data: bytes) -> str:
        """Keep some bytes; their hash."""
        return self._put([data])

    def keep_tree(self, files: Mapping[str, Path]) -> str:
        """Keep files under their names within a folder; the hash of the listing name → hash."""
        return self.keep_value({name: self.keep(path) for name, path in sorted(files.items())})

    def value(self, sha256: str) -> Any:
        """A kept value.

        Raises:
            InputError: it is missing or was changed.

        """
        return json.loads(self._sound(sha256, sha256).read_bytes())

    def restore_tree(self, listing: str, folder: Path) -> None:
        """Write the files of a listing into `folder` again.

        Raises:
            InputError: a kept file is missing or was changed; it is named as it was called in the listing.

        """
        for name, sha256 in self.value(listing).items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._sound(sha256, name), target)

    def wrong(self, hashes: Iterable[str]) -> list[Diagnostic]:
        """What is missing or changed among kept files, those of listings included where they can be read."""
        return [finding for sha256 in dict.fromkeys(hashes) if (finding := self._finding(sha256, sha256))]

    def _sound(self, sha256: str, name: str) -> Path:
        finding = self._finding(sha256, name)
        if finding:
            raise InputError(finding)
        return self.path(sha256)

    def _finding(self, sha256: str, name: str) -> Diagnostic | None:
        path = self.path(sha256)
        try:
            with open_ordinary(path) as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return _missing(name, path)
        except OSError as error:
            return _unreadable(name, path, error)
        return None if found == sha256 else _changed(name, path)

    def _put(self, blocks: Iterable[bytes] | Iterator[bytes]) -> str:
        digest = hashlib.sha256()
        try:
            for folder in (self.folder.parent, self.folder):  # that of the record, and the kept files in it
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = mkstemp(dir=self.folder, prefix=".part-")
            try:
                for block in blocks:
                    digest.update(block)
                    write_all(handle, block)
                os.fsync(handle)
                self._name(Path(name), digest.hexdigest())
            finally:
                os.close(handle)
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise _full(self.folder, error) from None
        return digest.hexdigest()

    def _name(self, part: Path, sha256: str) -> None:
        target = self.path(sha256)
        if target.exists() and self._finding(sha256, sha256) is None:
            return
        target.parent.mkdir(mode=0o700, exist_ok=True)
        part.replace(target)
        bring_to_disk(target.parent)


def _missing(name: str, path: Path) -> Diagnostic:
    problem = Bilingual(f"所存的“{name}”不见了", f"the kept “{name}” is missing")
    return Diagnostic("kept_missing", SourceLocation(str(path)), problem, _REMEDY)


def _unreadable(name: str, path: Path, error: OSError) -> Diagnostic:
    problem = Bilingual(
        f"所存的“{name}”读不出：{error.strerror}", f"the kept “{name}” cannot be read: {error.strerror}"
    )
    return Diagnostic(
        "kept_unreadable", SourceLocation(str(path)), problem, Bilingual("检查读取权限", "check that it may be read")
    )


def _changed(name: str, path: Path) -> Diagnostic:
    problem = Bilingual(
        f"所存的“{name}”被改动：与记录的哈希不符", f"the kept “{name}” was changed: its hash is another"
    )
    return Diagnostic("kept_changed", SourceLocation(str(path)), problem, _REMEDY)


def _full(folder: Path, error: OSError) -> InputError:
    problem = Bilingual(f"记录无法写入：{error.strerror}", f"the record cannot be written: {error.strerror}")
    remedy = Bilingual(
        "检查权限与磁盘空间，或用 --record 另指定记录目录", "check permissions and space, or name another --record"
    )
    return InputError(Diagnostic("record_not_writable", SourceLocation(str(folder)), problem, remedy))


_REMEDY = Bilingual("用另存的副本恢复记录目录", "restore the folder of the record from a copy kept elsewhere")
