"""Fingerprints of the code: what was read by an older extractor is read again, what was read by this one is not."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extractors
import schemas
from pipeline import reconcile, stages


@cache
def reading_version() -> str:
    """Changes whenever the extractors, the vocabulary or what settles two readings change."""
    # how figures whose readings differ are settled is a part of reading them
    roots = [_folder(extractors), _folder(schemas), Path(stages.__file__), _folder(reconcile) / "readings.py"]
    return _fingerprint(roots, _installed("rapidocr-onnxruntime"))


@cache
def scanning_version() -> str:
    """Changes whenever the code that reads scanned pages does, and only then: what is read of them is kept for later."""
    reading = _folder(extractors) / "reading"
    return _fingerprint([reading / "ocr", reading / "second", Path(str(schemas.__file__)).parent / "pages.py"])


@cache
def checking_version() -> str:
    """Changes whenever the checks, or what they check, change."""
    return _fingerprint([_folder(reconcile)]) + "-" + reading_version()


def _folder(package: object) -> Path:
    return Path(str(getattr(package, "__file__", ""))).parent


def _installed(package: str) -> str:
    """The version of a package that figures depend on; "" where it is missing, so that documents are read again when it is there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _fingerprint(roots: list[Path], more: str = "") -> str:
    """Hash of the sources: 1 MB of them takes a few milliseconds, and no one has to remember to raise a number."""
    digest = hashlib.sha256(more.encode())
    for root in roots:
        found = [root] if root.is_file() else root.rglob("*")
        for path in sorted(p for p in found if p.suffix in (".py", ".yaml", ".json", ".jsonl", ".csv", ".css", ".txt")):
            digest.update(path.name.encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
