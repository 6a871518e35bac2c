"""The two ways to Tesseract, held against each other, and what happens where it is not as it should be."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.reading.ocr import tesseract
from extractors.reading.ocr.once import Readers, read_all
from extractors.reading.ocr.prepare import prepare
from extractors.reading.ocr.scans import SCANS
from extractors.reading.ocr.segment import find_strips
from extractors.reading.ocr.tesseract import InProcess, Program, ReaderError, find_reader
from extractors.reading.pdf import read_pdf
from tests.extractors.reading.ocr.pages import report_image, scan_of


@pytest.fixture(autouse=True)
def _forget_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for asked in (tesseract.find_reader, tesseract.program_languages, tesseract._program_version):
        asked.cache_clear()


# Says that it is installed, and fails when it is to read.
_INSTALLED = 'case "$1" in --version) echo tesseract 5.3.0;; --list-langs) echo Languages:; echo eng;; *) {};; esac'


def a_program(folder: Path, script: str) -> None:
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_in_process_and_as_a_program_the_same_words_are_read() -> None:
    inside, outside = find_reader(), find_reader(in_process=False)
    assert isinstance(inside, InProcess)
    assert isinstance(outside, Program)
    prepared = prepare(report_image())
    assert prepared is not None
    strips = find_strips(prepared.image, prepared.ink, prepared.letter_height).strips
    images = [strip.image for strip in strips]
    words = [[[t.text for t in tokens] for tokens in reader.read(images, "line")] for reader in (inside, outside)]
    same = sum(a == b for a, b in zip(*words, strict=True))
    assert same >= 0.9 * len(images), "two versions of Tesseract may differ in a strip or two"


def test_without_tesseract_the_advice_is_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReaderError, match="apt-get install tesseract-ocr") as caught:
        find_reader(in_process=False)
    assert caught.value.lasting


@pytest.mark.parametrize("in_process", [True, False])
def test_a_language_that_is_not_installed_is_named(in_process: bool) -> None:
    with pytest.raises(ReaderError, match="no data for cym.*tesseract-ocr-cym"):
        find_reader("eng+cym", in_process=in_process)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param("kill -SEGV $$", "broke down", id="crash"),
        pytest.param("exit 3", "broke down", id="error"),
        pytest.param("exec sleep 20", "longer", id="hang"),
    ],
)  # fmt: skip
def test_a_program_that_fails_costs_the_page_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, message: str
) -> None:
    a_program(tmp_path, _INSTALLED.format(script))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(tesseract, "_MOST_SECONDS", 1)
    pdf = scan_of(report_image(100))
    # without its model at hand, all is left to the program
    reader = replace(find_reader(in_process=False), model=None)  # type: ignore[type-var]
    (page,) = read_all(SCANS, pdf, read_pdf(pdf), Readers(first=reader))
    assert page.source == "none"
    assert message in page.source_reason
