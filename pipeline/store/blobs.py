"""Blobs: bytes kept under the hash of their content (`ab/abcdef…`): originals byte for byte, and renditions.

Beside them (`made/ab/abcdef…`) what was made from them at some cost, under a key of what it was made from.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Blobs:
    """A folder of blobs. It can be sent to a worker, which reads originals and adds renditions by itself."""

    root: Path

    def path(self, sha256: str) -> Path:
        """Where the blob lies or would lie."""
        return self.root / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keep `content`; its hash. Written beside and renamed, so that a killed run never leaves half a blob."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        if path.exists() and path.stat().st_size == len(content):
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{sha256}.{os.getpid()}")
        partial.write_bytes(content)
        partial.replace(path)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises FileNotFoundError when the blob has gone."""
        return self.path(sha256).read_bytes()

    def recall(self, key: str) -> bytes | None:
        """What was kept under `key`, or None."""
        try:
            return self._kept(key).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, key: str, content: bytes) -> None:
        """Keep what was made from other content, under a key of what it was made from and how (hexadecimal)."""
        path = self._kept(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{key}.{os.getpid()}")
        partial.write_bytes(content)
        partial.replace(path)

    def _kept(self, key: str) -> Path:
        return self.root / "made" / key[:2] / key
