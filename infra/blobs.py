"""Attached files, named by their own SHA-256: what an event's digest points at, and what the proof covers."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")


class BlobDamaged(Exception):
    """The file on disk is no longer what its name says: the disk failed or someone changed it."""


class Blobs:
    """A folder of files that are only ever added. Safe for many threads and processes at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> tuple[str, bool]:
        """Keep the content; its digest, and whether it is new. Returns only when the disk has it."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if self._is_whole(path, digest):
            return digest, False
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_durably(path, content)
        return digest, True

    def get(self, digest: str) -> bytes | None:
        """The content, checked against its name; None when it was never uploaded."""
        if not self.has(digest):
            return None
        content = self._path(digest).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise BlobDamaged(digest)
        return content

    def has(self, digest: str) -> bool:
        return _DIGEST.fullmatch(digest) is not None and self._path(digest).is_file()

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _is_whole(self, path: Path, digest: str) -> bool:
        """A damaged file is written anew by whoever uploads it again."""
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _write_durably(path: Path, content: bytes) -> None:
    """Nobody ever sees a file half written: it gets its name only when its content is on the disk."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _sync_folder(folder: Path) -> None:
    """The name itself must survive a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
