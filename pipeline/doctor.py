"""Whether everything that Crossfoot needs is on this machine. Each check says what is missing and how to get it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from pipeline.store.database import open_store
from schemas.errors import CrossfootError

State = Literal["ok", "missing", "optional"]

_PACKAGES = (
    "crossfoot",
    "pypdfium2",
    "pdfplumber",
    "spacy",
    "symspellpy",
    "pandas",
    "weasyprint",
    "sqlalchemy",
    "alembic",
    "pytesseract",
    "img2pdf",
    "opencv-python-headless",
    "pillow",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was looked at. `optional` is missing too, but only some files need it."""

    name: str
    state: State
    detail: str
    advice: str = ""


def checks(store: str, blobs: str | None) -> Iterator[Check]:
    """All checks, one after the other."""
    yield _python()
    yield from map(_package, _PACKAGES)
    yield _tesseract()
    yield _second_reader()
    yield _fonts()
    yield _typesetting()
    yield _libreoffice()
    yield from _store(store, blobs)


def _python() -> Check:
    return Check(name="Python", state="ok", detail=".".join(map(str, sys.version_info[:3])))


def _package(name: str) -> Check:
    try:
        return Check(name=name, state="ok", detail=version(name))
    except PackageNotFoundError:
        return Check(
            name=name, state="missing", detail="not installed", advice="Install crossfoot with its dependencies."
        )


def _tesseract() -> Check:
    """The first reader of scanned pages, and its English data: in this process, or as a program."""
    from extractors.reading.ocr.line_network import load_network
    from extractors.reading.ocr.tesseract import InProcess, ReaderError, find_reader

    try:
        reader = find_reader()
    except ReaderError as error:
        return Check(name="Tesseract", state="missing", detail=error.message, advice=error.advice)
    how = "in process" if isinstance(reader, InProcess) else "as a program, slower than tesserocr in process"
    quick = reader.model is not None and load_network(reader.model) is not None
    lines = "clear lines read quickly by its model" if quick else "every line read slowly: its model is of another make"
    return Check(name="Tesseract", state="ok", detail=f"{reader.version}, {how}, with English data, {lines}")


def _second_reader() -> Check:
    """The second reader of the numbers of scanned pages: it is loaded, and reads a number."""
    from extractors.reading.second.recogniser import SecondReaderError, load_recogniser, reads_a_number

    try:
        reader = load_recogniser()
        if reads_a_number(reader):
            return Check(name="second reader", state="ok", detail=f"{reader.name} {reader.version}, a number was read")
        detail, advice = (
            "misreads a plain number",
            "Install it again: pip install --force-reinstall rapidocr-onnxruntime",
        )
    except SecondReaderError as error:
        detail, advice = error.message, error.advice
    return Check(name="second reader", state="missing", detail=detail, advice=advice)


def _fonts() -> Check:
    """Fonts that text and web pages are typeset in."""
    advice = "apt-get install fontconfig fonts-dejavu-core"
    shown = _output("fc-list", ":", "family")
    if shown is None:
        return Check(name="fonts", state="missing", detail="fontconfig not found", advice=advice)
    families = {line.split(",")[0] for line in shown.splitlines() if line.strip()}
    if not families:
        return Check(name="fonts", state="missing", detail="none", advice=advice)
    return Check(name="fonts", state="ok", detail=f"{len(families)} families")


def _typesetting() -> Check:
    """WeasyPrint with Pango, which makes pages of text and HTML."""
    try:
        from weasyprint import HTML
        from weasyprint.text.ffi import pango

        HTML(string="<p>117").write_pdf()
        return Check(name="Pango", state="ok", detail=f"{pango.pango_version()}, a page was typeset")
    except (OSError, AttributeError) as error:
        detail = str(error).splitlines()[0][:80]
        return Check(
            name="Pango", state="missing", detail=detail, advice="apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        )


def _libreoffice() -> Check:
    """Converts old Word files; nothing else needs it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Check(name="LibreOffice", state="ok", detail=found)
    advice = "apt-get install libreoffice-writer-nogui, if you have .doc, .rtf or .odt files"
    return Check(name="LibreOffice", state="optional", detail="not found", advice=advice)


def _store(location: str, blobs: str | None) -> Iterator[Check]:
    """The database answers, and files can be written. A store that does not exist yet is tried in its place and not left there."""
    if "://" not in location and not Path(location).exists():
        parent = next(p for p in Path(location).absolute().parents if p.exists())
        yield _writable("store", parent)
        return
    try:
        store = open_store(location, blobs)
    except CrossfootError as error:
        yield Check(name="store", state="missing", detail=error.message, advice=error.advice)
        return
    yield Check(
        name="store", state="ok", detail=f"{store.engine.dialect.name} at {store.engine.url.render_as_string()}"
    )
    yield _writable("blobs", store.blobs.root)
    store.close()


def _writable(name: str, folder: Path) -> Check:
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        advice = "Choose another folder, or change its permissions."
        return Check(name=name, state="missing", detail=f"{folder}: {error.strerror}", advice=advice)
    return Check(name=name, state="ok", detail=f"{folder} can be written to")


def _output(*command: str) -> str | None:
    """What a program prints; None when it is not there or does not answer."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True, env=_quiet_environment())
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout or run.stderr


def _quiet_environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}
