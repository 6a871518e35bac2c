"""Readers that stand in for the extractors, quick and predictable; a document's own words can make them fail in every way."""

import ctypes
import hashlib
import os
import re
import time
from decimal import Decimal
from typing import Any

from pipeline.reconcile.checks import CheckResult
from pipeline.stages import ReadDocument, Settings
from schemas.documents import Identity, PageFacts, Problem, Reading
from schemas.errors import DocumentError
from schemas.figures import Evidence, Figure, NumberMark
from schemas.pages import BBox
from schemas.periods import Period
from schemas.relations import Relation


def read_numbers(content: bytes, *, name: str, folder: str, settings: Settings, **_: Any) -> ReadDocument:
    """Every number of the text becomes a complaints figure; the first three make a sum."""
    if not content:
        raise DocumentError("The file is empty.", reason="empty")
    if content.startswith(b"\x00"):
        raise DocumentError("Not a document.", reason="unknown_type", advice="Save it as PDF.")
    if content.startswith(b"LOCKED") and settings.password != "sesame":
        raise DocumentError("Locked.", reason="encrypted", advice="Give it with --password.")
    text = content.decode("utf-8", "replace")
    digest = hashlib.sha256(content).hexdigest()
    found = [m.group() for m in re.finditer(r"\d+(\.\d+)?", text)]
    figures = tuple(_figure(f"{digest[:8]}-{i}", printed, text, i) for i, printed in enumerate(found))
    relations: tuple[Relation, ...] = ()
    if len(figures) >= 3:
        ids = tuple(f.figure_id for f in figures[:3])
        relations = (
            Relation(relation_id=f"r-{digest[:8]}", kind="sum", figure_ids=ids, roles=("whole", "part", "part")),
        )
    marks = tuple(
        NumberMark(kind="figure", printed=f.evidence.printed, page=1, bbox=f.evidence.bbox, figure_ids=(f.figure_id,))
        for f in figures
    )
    reading = Reading(
        identity=_identity(folder, settings),
        pages=(
            PageFacts(number=1, width=595, height=842, source="text", source_reason="clean", words=len(text.split())),
        ),
        figures=figures,
        relations=relations,
        marks=marks,
        problems=(Problem(code="fake", message=f"read as {name} in {folder}"),),
    )
    return ReadDocument(reading=reading, pdf=b"%PDF-fake " + content, media="text", title=name)


def _figure(figure_id: str, printed: str, text: str, position: int) -> Figure:
    box = BBox(72.0, 72.0 + 12 * position, 90.12345, 84.0 + 12 * position)
    return Figure(
        figure_id=figure_id,
        measure="complaints",
        statistic="count",
        dims=(("stage", "1"),) if position else (),
        value=Decimal(printed),
        unit="count",
        decimals=len(printed.partition(".")[2]),
        period=Period.parse("2014/15"),
        evidence=Evidence(page=1, bbox=box, printed=printed, snippet=text[:80]),
    )


def _identity(folder: str, settings: Settings) -> Identity:
    return Identity(
        authority=settings.authority or folder.rpartition("/")[2] or None,
        authority_code=None,
        authority_reason="folder",
        period=Period.parse(settings.period or "2014/15"),
        period_reason="fake",
        type="minutes",
        type_reason="fake",
    )


def find_nothing(*_: object) -> CheckResult:
    """Stands in for the checks."""
    return CheckResult(findings=(), verdicts=(), repairs=(), proved=frozenset(), doubtful=frozenset())


def read_slowly(content: bytes, *, name: str, folder: str, settings: Settings, **_: Any) -> ReadDocument:
    """Like `read_numbers`, but it takes a moment: time enough to be killed."""
    time.sleep(0.05)
    return read_numbers(content, name=name, folder=folder, settings=settings)


def read_or_fail(content: bytes, *, name: str, folder: str, settings: Settings, **_: Any) -> ReadDocument:
    """Like `read_numbers`, but some documents crash the process, hang, eat memory or raise."""
    if content.startswith(b"CRASH"):
        os.abort()
    if content.startswith(b"HANG NATIVE"):
        # PyDLL keeps the interpreter's lock, as a native library that hangs may do: no Python code runs any more.
        ctypes.PyDLL(None).sleep(600)
    if content.startswith(b"HANG"):
        time.sleep(600)
    if content.startswith(b"EAT"):
        bytearray(8 << 30)
    if content.startswith(b"BUG"):
        raise KeyError("a fault of ours")
    return read_numbers(content, name=name, folder=folder, settings=settings)
