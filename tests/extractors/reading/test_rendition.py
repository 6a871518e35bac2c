import io
import subprocess
import sys
from itertools import pairwise

import pytest
from PIL import Image

from extractors.reading.lines import read_lines
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render
from extractors.reading.text import choose_paper
from schemas.errors import DocumentError
from schemas.pages import Page
from tests.extractors.reading.samples import docx_of, paragraph, pdf_of, text_at

LONG = "Complaints were received about delay and about the conduct of staff in the assessment teams. " * 3


def pages_of(text: str) -> tuple[Page, ...]:
    return read_pdf(render(text.encode(), "text").pdf, typeset=True)


def line_tops(page: Page) -> list[float]:
    """Heights of the lines of a page, one for each."""
    return sorted({word.bbox.top for word in page.words})


def steps(page: Page) -> list[float]:
    return [round(below - above, 2) for above, below in pairwise(line_tops(page))]


class TestText:
    def test_a_new_source_line_stands_further_off_than_a_wrapped_one(self) -> None:
        (page,) = pages_of(f"{LONG}\nnext line\n\nafter a blank line\n\n\n\nafter several")
        assert steps(page) == [9.6, 9.6, 12.6, 18.6, 24.6]

    def test_110_characters_fit_on_a_line(self) -> None:
        (page,) = pages_of("x" * 110)
        assert len(page.words) == 1
        assert len(line_tops(page)) == 1

    def test_aligned_columns_stay_aligned(self) -> None:
        (page,) = pages_of("     Stage      2009/10     2010/11\n     1          160         179\n")
        lefts = {word.text: word.bbox.x0 for word in page.words}
        assert lefts["Stage"] == lefts["1"]
        assert lefts["2009/10"] == lefts["160"]
        assert lefts["2010/11"] == lefts["179"]

    def test_tables_get_borders_and_empty_cells_stay(self) -> None:
        (page,) = pages_of("\t2013/14\t2014/15\nStage 1\t98\t\nStage 2\t6\t5")
        across = [rule for rule in page.rules if rule.horizontal]
        down = [rule for rule in page.rules if not rule.horizontal]
        assert (len(across), len(down)) == (4, 4)

    def test_every_form_feed_starts_a_page(self) -> None:
        assert [page.words[0].text for page in pages_of("one\ftwo\n\fthree")] == ["one", "two", "three"]

    @pytest.mark.parametrize(
        ("text", "orientation"),
        [
            (LONG, "portrait"),
            ("Team      " + " " * 60 + "2013/14      2014/15\nNorth     " + " " * 60 + "12           " + " " * 30 + "14\n", "landscape"),
            ("\t".join(f"Quarter {n} 2014" for n in range(14)) + "\n" + "\t".join("12,345,678" for _ in range(14)), "landscape"),
        ],
    )  # fmt: skip
    def test_paper(self, text: str, orientation: str) -> None:
        assert choose_paper(read_lines(text)).orientation == orientation

    def test_markup_in_text_is_text(self) -> None:
        (page,) = pages_of("<b>R&amp;D</b> <img src='file:///etc/passwd'>")
        assert page.words[0].text == "<b>R&amp;D</b>"

    @pytest.mark.parametrize("text", ["•  £3,600 – “½” é", "Llywodraeth Cymru ŵŷ", "➢ ✓ ■ 20°C"])
    def test_characters_survive(self, text: str) -> None:
        assert " ".join(word.text for word in pages_of(text)[0].words) == " ".join(text.split())

    def test_unreadable_bytes_are_reported(self) -> None:
        rendition = render(b"\xff\xfea\x00b\x00\x00\xd8c\x00", "text")
        assert [problem.code for problem in rendition.problems] == ["unreadable_characters"]


class TestSameBytes:
    TEXT = "Heading\n\nA | B\n1 | 2\n• item"
    SCRIPT = (
        "import hashlib, sys; from extractors.reading.rendition import render; "
        "print(hashlib.sha256(render(sys.stdin.buffer.read(), sys.argv[1]).pdf).hexdigest())"
    )

    @pytest.mark.parametrize(
        ("file", "media"),
        [
            pytest.param(TEXT.encode(), "text", id="text"),
            pytest.param(b"<h1>A</h1><table><tr><td>1<td>2</table>", "html", id="html"),
            pytest.param(docx_of(paragraph("Total 117")), "docx", id="docx"),
        ],
    )
    def test_in_another_process(self, file: bytes, media: str) -> None:
        runs = [
            subprocess.run(
                [sys.executable, "-c", self.SCRIPT, media],
                input=file,
                capture_output=True,
                check=True,
                env={"PATH": "", "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": ""},
            ).stdout
            for seed in ("1", "2")
        ]
        assert runs[0] == runs[1]

    def test_after_other_renditions(self) -> None:
        first = render(self.TEXT.encode(), "text").pdf
        render("Ωmega ➢ other letters".encode(), "text")
        assert render(self.TEXT.encode(), "text").pdf == first


def test_a_pdf_is_its_own_rendition() -> None:
    file = pdf_of(text_at(72, 700, "Total"))
    assert render(file, "pdf").pdf == file


def test_a_scan_becomes_pages_that_need_ocr() -> None:
    made = io.BytesIO()
    frames = [Image.new("1", (827, 1169), 1), Image.new("1", (827, 1169), 0)]
    frames[0].save(made, "TIFF", save_all=True, append_images=frames[1:], dpi=(100, 100))
    first, second = render(made.getvalue(), "image"), render(made.getvalue(), "image")
    assert first.pdf == second.pdf
    assert b"/ID" not in first.pdf  # which writers make from the time of day
    pages = read_pdf(first.pdf)
    assert [page.source for page in pages] == ["none", "none"]
    assert pages[0].width == pytest.approx(595.4, abs=1)


@pytest.mark.parametrize(
    ("file", "media", "reason"),
    [
        (b"\x00\x01", "unknown", "unsupported"),
        (b"PK\x05\x06", "zip", "unsupported"),
        (b"\x89PNG\r\n\x1a\nrubbish", "image", "damaged"),
        (b"PK\x03\x04rubbish", "docx", "damaged"),
        (b"\xd0\xcf\x11\xe0rubbish", "docx", "encrypted"),
        (b"<html><script>1</script></html>", "html", "empty"),
    ],
)
def test_bad_files(file: bytes, media: str, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        render(file, media)  # type: ignore[arg-type]
    assert caught.value.reason == reason


def test_reading_a_pdf_does_not_load_the_typesetter() -> None:
    script = (
        "import sys, extractors.reading.pdf, extractors.reading.rendition, extractors.reading.sniff; "
        "print([name for name in ('weasyprint', 'mammoth', 'pdfplumber', 'PIL') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
