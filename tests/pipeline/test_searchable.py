"""Searchable copies of scans, and crops of scans that lie on their side."""

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pdfplumber
import pikepdf
import pytest
from PIL import Image

from extractors.reading.pdf import open_pdf
from pipeline import cli, stages
from pipeline.exports.unseen import with_words
from pipeline.printed import Print
from pipeline.store.database import Store
from schemas.pages import BBox, Placing
from tests.extractors.reading.ocr.pages import report_image, scan_of
from tests.pipeline.conftest import run_import
from tests.pipeline.samples import pdf_of

PAPER = np.full((1100, 800), 235, np.uint8)
TEXTS = ("£1,234", "children’s", "Sŵn", "–", "7%")


def turned_scan(degrees: int) -> bytes:
    """A page without print that asks to be shown turned."""
    made, target = pikepdf.open(io.BytesIO(scan_of(PAPER))), io.BytesIO()
    made.pages[0].obj.Rotate = degrees
    made.save(target)
    return target.getvalue()


def words_of(pdf: bytes, texts: Sequence[str]) -> list[BBox]:
    """The boxes, on the first page as shown, of the words whose characters pdfplumber finds there one after the other."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        characters = opened.pages[0].chars
    assert "".join(c["text"] for c in characters) == "".join(texts)
    left = iter(characters)
    words = ([next(left) for _ in text] for text in texts)
    return [BBox.around(BBox(c["x0"], c["top"], c["x1"], c["bottom"]) for c in word) for word in words]


def lying(quarter_turns: int) -> Print:
    """Words below each other on a page that lies so."""
    boxes = [BBox(60, 50 + 30 * n, 60 + 8 * len(text), 62 + 30 * n) for n, text in enumerate(TEXTS)]
    if quarter_turns % 2:
        boxes = [BBox(box.top, box.x0, box.bottom, box.x1) for box in boxes]
    return Print(words=tuple(zip(TEXTS, boxes, strict=True)), quarter_turns=quarter_turns)


@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
@pytest.mark.parametrize("shown", [0, 90, 180, 270])
def test_words_lie_where_they_were_read_however_the_page_lies_and_is_shown(shown: int, quarter_turns: int) -> None:
    printed = lying(quarter_turns)
    made = with_words(turned_scan(shown), {1: printed})
    for near, (_, box) in zip(words_of(made, TEXTS), printed.words, strict=True):
        # pdfplumber takes a letter's box to be as high as its font, from the descent upwards
        assert (near.x0, near.top, near.x1, near.bottom) == pytest.approx(
            (box.x0, box.top, box.x1, box.bottom), abs=2.0
        )


def test_another_program_reads_the_words_and_sees_nothing_of_them() -> None:
    pdf, printed = scan_of(PAPER), lying(0)
    made = with_words(pdf, {1: printed})
    with pdfplumber.open(io.BytesIO(made)) as opened:
        found = opened.pages[0].extract_words()
    assert [word["text"] for word in found] == list(TEXTS)
    for word, (_, box) in zip(found, printed.words, strict=True):
        assert (word["x0"], word["x1"]) == pytest.approx((box.x0, box.x1), abs=0.1)
        assert box.top - 0.1 <= word["top"] < word["bottom"] <= box.bottom + 0.1
    with open_pdf(pdf) as before, open_pdf(made) as after:
        assert np.array_equal(before[0].render().to_numpy(), after[0].render().to_numpy())
    assert made == with_words(pdf, {1: printed})


def test_unseen_words_of_an_earlier_ocr_give_way() -> None:
    earlier = with_words(scan_of(PAPER), {1: Print(words=(("Cornplaints", BBox(60, 50, 130, 62)),))})
    made = with_words(earlier, {1: Print(words=(("Complaints", BBox(60, 50, 130, 62)),))})
    assert words_of(made, ["Complaints"])[0].x0 == pytest.approx(60, abs=0.1)


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ((0.999, -0.02, 3, 0.02, 0.999, 0, 0, 0, 1), 0),
        ((0, 1, 0, -1, 0, 800, 0, 0, 1), 1),
        ((-1, 0, 600, 0, -1, 800, 0, 0, 1), 2),
        ((0, -1, 600, 1, 0, 0, 0, 0, 1), 3),
    ],
)
def test_a_placing_tells_how_the_page_must_be_turned(matrix: tuple[float, ...], expected: int) -> None:
    assert Placing(matrix=matrix, width=600, height=800).quarter_turns == expected  # type: ignore[arg-type]


@pytest.fixture
def imported(sqlite_store: Store, archive: Path) -> Store:
    """A store with a scan on its side and a document that is none."""
    (archive / "scan.pdf").write_bytes(scan_of(np.ascontiguousarray(np.rot90(report_image(150)))))
    (archive / "born digital.pdf").write_bytes(pdf_of("There were 12 complaints in 2014/15."))
    run_import(sqlite_store, archive, read=stages.read_document)
    return sqlite_store


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["crossfoot", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_a_scan_on_its_side_becomes_searchable_and_its_crops_are_upright(
    imported: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store, made = tmp_path / "store", tmp_path / "searchable"
    assert run(monkeypatch, "export", "searchable", "-o", made, "--store", store) == 0
    assert "1 searchable PDF written" in capsys.readouterr().err
    assert [path.name for path in made.iterdir()] == ["scan.pdf"]
    run(monkeypatch, "export", "figures", "-o", tmp_path / "figures.jsonl", "--store", store)
    figures = [json.loads(line) for line in (tmp_path / "figures.jsonl").read_text("utf-8").splitlines()]
    (total,) = (f for f in figures if f["document"] == "scan.pdf" and f["raw_text"] == "117")
    with pdfplumber.open(made / "scan.pdf") as opened:
        (page,) = opened.pages
        inside = page.crop(total["bbox"]).chars
    assert "".join(c["text"] for c in inside).strip() == "117"

    crop = tmp_path / "crop.png"
    assert run(monkeypatch, "show", total["figure_id"], "--crop", crop, "--store", store) == 0
    with Image.open(crop) as opened:
        shown = np.asarray(opened.convert("RGB"))
    assert shown.shape[1] > shown.shape[0]
    red = cv2.boundingRect(((shown[:, :, 0] > 150) & (shown[:, :, 1] < 80)).astype(np.uint8))
    assert red[2] > red[3]  # the box around 117 is wider than high, as print that is upright is
