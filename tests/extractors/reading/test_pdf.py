import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from extractors.reading.pdf import PdfLimits, find_rules, read_pdf
from schemas.errors import DocumentError
from schemas.pages import Page, Rule
from tests.extractors.reading.samples import pdf_of, text_at

INSPECTIONS = Path(__file__).parents[4] / "shared" / "data" / "inspections"


def words(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_words_have_boxes_from_the_top_left() -> None:
    (page,) = read_pdf(pdf_of(text_at(72, 742, "117 complaints")))
    assert words(page) == ["117", "complaints"]
    box = page.words[0].bbox
    assert box.x0 == pytest.approx(72, abs=0.5)
    assert box.top < 842 - 742 < box.bottom
    assert page.words[0].size == 12
    assert (page.width, page.height, page.source) == (595, 842, "text")


def test_size_counts_the_scale_of_the_text_matrix() -> None:
    (page,) = read_pdf(pdf_of("BT /F1 1 Tf 14 0 0 14 72 700 Tm (Total) Tj ET"))
    assert page.words[0].size == 14


def test_bold_is_told_by_the_font() -> None:
    (page,) = read_pdf(pdf_of(text_at(72, 700, "Outcomes", font="F2") + text_at(72, 680, "upheld")))
    assert [word.bold for word in page.words] == [True, False]


@pytest.mark.parametrize(
    ("turn", "x", "y", "matrix"),
    [
        (90, 500, 100, "0 1 -1 0"),
        (180, 400, 700, "-1 0 0 -1"),
        (270, 100, 700, "0 -1 1 0"),
    ],
)
def test_words_are_upright_on_a_turned_page(turn: int, x: int, y: int, matrix: str) -> None:
    content = f"BT /F1 12 Tf {matrix} {x} {y} Tm (upheld 24) Tj ET"
    (page,) = read_pdf(pdf_of(content, page=f"/MediaBox [0 0 595 842] /Rotate {turn}"))
    assert words(page) == ["upheld", "24"]
    first, second = (word.bbox for word in page.words)
    assert first.x1 < second.x0
    assert first.top == pytest.approx(second.top)
    assert first.width > first.height
    assert (page.width, page.height) == ((842, 595) if turn in (90, 270) else (595, 842))


def test_turned_page_agrees_with_the_picture_of_it() -> None:
    file = pdf_of(
        "BT /F1 40 Tf 0 1 -1 0 300 100 Tm (24) Tj ET",
        page="/MediaBox [0 0 595 842] /CropBox [50 40 500 800] /Rotate 90",
    )
    (page,) = read_pdf(file)
    image = pdfium.PdfDocument(file)[0].render().to_pil().convert("L")
    ink = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    box = page.words[0].bbox
    assert image.size == (round(page.width), round(page.height))
    assert box.x0 - 1 <= ink[0] and box.top - 1 <= ink[1]
    assert box.x1 + 1 >= ink[2] and box.bottom + 1 >= ink[3]


def test_crop_box_is_the_page_and_words_off_it_are_left_out() -> None:
    content = text_at(100, 700, "inside") + text_at(10, 700, "crop") + text_at(700, 700, "far")
    (page,) = read_pdf(pdf_of(content, page="/MediaBox [0 0 595 842] /CropBox [50 100 500 800]"))
    assert words(page) == ["inside"]
    assert page.words[0].bbox.x0 == pytest.approx(50, abs=0.5)
    assert (page.width, page.height) == (450, 700)


def test_upwards_text_stays_words() -> None:
    (page,) = read_pdf(pdf_of("BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Stage 2 upheld) Tj ET"))
    assert words(page) == ["Stage", "2", "upheld"]
    assert page.words[2].bbox.height > page.words[2].bbox.width


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(text_at(72, 700, "2014\\25515"), ["2014-15"], id="soft hyphen that is drawn"),
        pytest.param("BT /F1 12 Tf 72 700 Td [(117) -900 (102)] TJ ET", ["117", "102"], id="gap without a space"),
        pytest.param("BT /F1 12 Tf 72 700 Td [(1) -120 (17)] TJ ET", ["117"], id="kerning"),
        pytest.param(
            text_at(72, 700, "102") + text_at(92.1, 705, "1", size=6), ["102", "1"], id="footnote mark at a number"
        ),
        pytest.param(text_at(72, 700, "31") + text_at(85.4, 705, "st", size=6), ["31st"], id="raised ordinal"),
        pytest.param(text_at(72, 700, "Total") + text_at(72.3, 700, "Total"), ["Total"], id="printed twice"),
        pytest.param(text_at(72, 700, "75") + text_at(72, 680, "77"), ["75", "77"], id="below each other"),
        pytest.param(text_at(72, 700, "x", size=0.001) + text_at(72, 680, "77"), ["77"], id="no size"),
    ],
)
def test_characters_become_words(content: str, expected: list[str]) -> None:
    (page,) = read_pdf(pdf_of(content))
    assert words(page) == expected


def test_letters_without_meaning_are_kept_as_unreadable() -> None:
    unmapped = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [65 /g001 /g002] >> >>"
    file = pdf_of("BT /F9 12 Tf 72 700 Td (AB) Tj ET").replace(b"/F2 6 0 R", b"/F9 6 0 R")
    file = file.replace(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>", unmapped.encode()
    )
    (page,) = read_pdf(file)
    assert page.source in ("none", "text")  # never a crash, and never silently another text
    assert all(word.text != "AB" for word in page.words) or page.source == "text"


class TestRules:
    GRID = "0.5 w 100 600 m 400 600 l S 100 500 m 400 500 l S 100 500 m 100 600 l S 400 500 m 400 600 l S\n"

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            pytest.param(GRID, [(100, 242, 400, 242), (100, 242, 100, 342), (400, 242, 400, 342), (100, 342, 400, 342)], id="strokes"),
            pytest.param("100 500 300 100 re S", [(100, 242, 400, 242), (100, 242, 100, 342), (400, 242, 400, 342), (100, 342, 400, 342)], id="box"),
            pytest.param("100 600 300 0.5 re f", [(100, 241.5, 400, 242)], id="thin filled box"),
            pytest.param("100 600 m 200 600 l S 199 600 m 400 600 l S", [(100, 242, 400, 242)], id="pieces of one line"),
            pytest.param("".join(f"{x} 600 m {x + 3} 600 l S " for x in range(100, 400, 5)), [(100, 242, 398, 242)], id="dashes"),
            pytest.param("100 600 m 400 600 l S 100 600 m 400 600 l S", [(100, 242, 400, 242)], id="drawn twice"),
            pytest.param("100 500 m 400 600 l S", [], id="slanting"),
            pytest.param("100 500 300 100 re W n", [], id="clip only"),
            pytest.param("0 0 595 842 re f", [], id="background"),
            pytest.param("2 0 0 2 0 0 cm 50 300 m 200 300 l S", [(100, 242, 400, 242)], id="scaled"),
            pytest.param("700 500 m 900 500 l S", [], id="off the page"),
        ],
    )  # fmt: skip
    def test_lines_and_edges(self, content: str, expected: list[tuple[float, ...]]) -> None:
        (page,) = read_pdf(pdf_of(content + text_at(110, 550, "Total")))
        assert [pytest.approx(sides(rule), abs=0.6) for rule in page.rules] == expected

    def test_forms_are_taken_apart(self) -> None:
        form = "<< /Type /XObject /Subtype /Form /BBox [0 0 600 900] /Matrix [1 0 0 1 10 20] /Length 25 >> stream\n100 600 m 400 600 l S    \nendstream"
        (page,) = read_pdf(pdf_of("q 1 0 0 1 5 5 cm /X1 Do Q", objects=[form]))
        assert [sides(rule) for rule in page.rules] == [pytest.approx((115, 217, 415, 217), abs=0.6)]

    @pytest.mark.parametrize("turn", [0, 90, 180, 270])
    def test_pdfplumber_sees_the_same_rules(self, turn: int) -> None:
        place = f"/MediaBox [0 0 595 842] /CropBox [50 100 500 800] /Rotate {turn}"
        file = pdf_of(self.GRID + "100 550 300 0.5 re f", page=place)
        (page,) = read_pdf(file)
        assert [sides(rule) for rule in find_rules(file, (1,))[1]] == [
            pytest.approx(sides(rule), abs=0.6) for rule in page.rules
        ]

    @pytest.mark.skipif(not INSPECTIONS.is_dir(), reason="shared data is not here")
    def test_pdfplumber_agrees_on_a_real_report(self) -> None:
        file = (INSPECTIONS / "barnsley_08-august-2014.pdf").read_bytes()
        pages = [page for page in read_pdf(file) if page.rules][:3]
        seen = find_rules(file, tuple(page.number for page in pages))
        for page in pages:
            assert len(seen[page.number]) == pytest.approx(len(page.rules), abs=1)


def sides(rule: Rule) -> tuple[float, float, float, float]:
    return rule.bbox.x0, rule.bbox.top, rule.bbox.x1, rule.bbox.bottom


class TestBadFiles:
    GOOD = pdf_of(text_at(72, 700, "Total"))

    @pytest.mark.parametrize(
        ("file", "reason"),
        [
            pytest.param(b"", "empty", id="empty"),
            pytest.param(b" \n ", "empty", id="blank"),
            pytest.param(b"%PDF-1.4\n%\xe2\xe3", "truncated", id="header only"),
            pytest.param(b"%PDF-1.4\nrubbish\n%%EOF", "damaged", id="no objects"),
            pytest.param(b"\x00\x01" * 500, "truncated", id="binary"),
        ],
    )
    def test_reason(self, file: bytes, reason: str) -> None:
        with pytest.raises(DocumentError) as caught:
            read_pdf(file)
        assert caught.value.reason == reason
        assert caught.value.message

    def test_no_pages(self) -> None:
        made = io.BytesIO()
        pdfium.PdfDocument.new().save(made)
        with pytest.raises(DocumentError) as caught:
            read_pdf(made.getvalue())
        assert caught.value.reason in ("no_pages", "damaged")

    def test_too_large(self) -> None:
        with pytest.raises(DocumentError) as caught:
            read_pdf(self.GOOD, limits=PdfLimits(most_bytes=100))
        assert caught.value.reason == "too_large"

    def test_too_many_pages(self) -> None:
        document = pdfium.PdfDocument.new()
        for _ in range(3):
            document.new_page(100, 100)
        made = io.BytesIO()
        document.save(made)
        with pytest.raises(DocumentError) as caught:
            read_pdf(made.getvalue(), limits=PdfLimits(most_pages=2))
        assert caught.value.reason == "too_large"

    def test_too_much_text_on_a_page(self) -> None:
        with pytest.raises(DocumentError) as caught:
            read_pdf(self.GOOD, limits=PdfLimits(most_characters_a_page=3))
        assert caught.value.reason == "too_large"


HOSTILE = Path(__file__).parents[4] / "shared" / "data" / "hostile"
LOCKED = HOSTILE / "other" / "paperless_samples__src__documents__tests__samples__password-is-test.pdf"


@pytest.mark.skipif(not LOCKED.is_file(), reason="shared data is not here")
def test_password_opens_an_encrypted_pdf() -> None:
    file = LOCKED.read_bytes()
    with pytest.raises(DocumentError) as caught:
        read_pdf(file)
    assert caught.value.reason == "encrypted"
    assert "--password" in caught.value.advice
    with pytest.raises(DocumentError) as caught:
        read_pdf(file, password="wrong")
    assert caught.value.reason == "encrypted"
    assert read_pdf(file, password="test")


def test_blank_page_is_read_as_blank() -> None:
    (page,) = read_pdf(pdf_of(""))
    assert (page.words, page.source, page.source_reason) == ((), "text", "the page is blank")


def test_scan_is_marked_for_ocr() -> None:
    image = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        " stream\n0\nendstream"
    )
    (page,) = read_pdf(pdf_of("q 595 0 0 842 0 0 cm /X1 Do Q" + text_at(72, 20, "Page 3"), objects=[image]))
    assert page.source == "none"
    assert page.words == ()
    assert page.source_reason == "the page is an image; its text layer has only 2 words"
