import io
import shutil
import time
import zipfile

import pytest

from extractors.reading import office
from extractors.reading.docx import ZipLimits, read_docx
from extractors.reading.office import find_libreoffice, render_office
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render
from schemas.errors import DocumentError
from tests.extractors.reading.samples import docx_of, paragraph, word_table


def printed(file: bytes) -> str:
    return " ".join(word.text for page in read_pdf(render(file, "docx").pdf) for word in page.words)


def test_headings_paragraphs_tables_in_order() -> None:
    file = docx_of(
        paragraph("Annual report", style="Heading1")
        + paragraph("There were 117 complaints & 66 compliments.")
        + word_table([["Stage", "2014/15"], ["1", "104"], ["2", ""]])
        + paragraph("End")
    )
    assert printed(file) == ("Annual report There were 117 complaints & 66 compliments. Stage 2014/15 1 104 2 End")
    (page,) = read_pdf(render(file, "docx").pdf)
    assert len([rule for rule in page.rules if rule.horizontal]) == 4


def test_tracked_changes_read_as_accepted() -> None:
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    body = (
        f"<w:p>{run.format('There were ')}<w:del><w:r><w:delText>116</w:delText></w:r></w:del>"
        f"<w:ins>{run.format('117')}</w:ins>{run.format(' complaints')}</w:p>"
    )
    assert printed(docx_of(body)) == "There were 117 complaints"


def test_a_text_box_is_printed_once_after_its_paragraph() -> None:
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    box = f"<w:txbxContent>{paragraph('Boxed 44%')}{word_table([['Upheld', '3']])}</w:txbxContent>"
    body = (
        f"<w:p {names}><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert printed(docx_of(body + paragraph("After"))) == "Before Boxed 44% Upheld 3 After"


def test_moved_text_is_printed_where_it_went() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = f"<w:p><w:moveFrom>{run.format('gone')}</w:moveFrom>{run.format('stays')}<w:moveTo>{run.format('came')}</w:moveTo></w:p>"
    assert printed(docx_of(body)) == "stayscame"


def test_text_boxes_fields_and_footnotes_are_kept() -> None:
    box = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{paragraph('54% answered on time')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    field = '<w:p><w:fldSimple w:instr="x"><w:r><w:t>2014/15</w:t></w:r></w:fldSimple></w:p>'
    control = f"<w:sdt><w:sdtContent>{paragraph('Total 98')}</w:sdtContent></w:sdt>"
    note = '<w:p><w:r><w:t>See note</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnote w:id="2">{paragraph("Two were withdrawn")}</w:footnote>'
    words = printed(docx_of(box + field + control + note, footnotes=notes))
    for part in ("54% answered on time", "2014/15", "Total 98", "See note", "Two were withdrawn"):
        assert part in words


def test_tabs_make_tables_or_gaps() -> None:
    rows = ["Outcome\t2013/14\t2014/15", "Upheld\t12\t14", "Not upheld\t30\t28"]
    (page,) = read_pdf(render(docx_of("".join(paragraph(row) for row in rows)), "docx").pdf)
    assert len([rule for rule in page.rules if rule.horizontal]) == 4
    (page,) = read_pdf(render(docx_of(paragraph("Upheld 12\tNot upheld 30")), "docx").pdf)
    first, second = page.words[1].bbox, page.words[2].bbox
    assert second.x0 - first.x1 > 9


def test_charts_are_reported() -> None:
    rendition = render(docx_of(paragraph("a"), extra={"word/charts/chart1.xml": b"<c/>"}), "docx")
    assert [problem.message for problem in rendition.problems] == ["1 chart is not read."]


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        pytest.param(bomb(), "too_large", id="bomb"),
        pytest.param(docx_of("", extra={f"x{n}": b"" for n in range(50)}), "too_large", id="too many members"),
        pytest.param(docx_of("<w:p>"), "damaged", id="broken XML"),
        pytest.param(docx_of(paragraph("a"))[:-30], "damaged", id="cut off"),
        pytest.param(docx_of("", extra={"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "damaged", id="entities"),
        pytest.param(docx_of(""), "empty", id="no text"),
    ],
)  # fmt: skip
def test_bad_files(file: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_docx(file, limits=ZipLimits(most_members=40))
    assert caught.value.reason == reason


class TestOffice:
    RTF = rb"{\rtf1\ansi{\b Complaints 2014/15}\par 117 complaints were received.\par}"

    def test_without_libreoffice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(office, "find_libreoffice", lambda: None)
        with pytest.raises(DocumentError) as caught:
            render_office(self.RTF, "rtf")
        assert caught.value.reason == "needs_libreoffice"
        assert "apt-get install" in caught.value.advice

    @pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")
    def test_rtf(self) -> None:
        pdf = render_office(self.RTF, "rtf")
        assert "117" in [word.text for page in read_pdf(pdf) for word in page.words]

    def test_too_slow_is_killed_with_its_children(self, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
        slow = tmp_path / "soffice"
        slow.write_text("#!/bin/sh\nsleep 60 &\nsleep 60\n")
        slow.chmod(0o755)
        monkeypatch.setattr(office, "find_libreoffice", lambda: str(slow))
        started = time.monotonic()
        with pytest.raises(DocumentError) as caught:
            render_office(self.RTF, "rtf", seconds=0.3)
        assert caught.value.reason == "too_slow"
        assert time.monotonic() - started < 5

    def test_no_output_is_a_damaged_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(office, "find_libreoffice", lambda: shutil.which("true"))
        with pytest.raises(DocumentError) as caught:
            render_office(self.RTF, "rtf")
        assert caught.value.reason == "damaged"

    def test_dates_and_identifiers_are_blanked_in_place(self) -> None:
        one = b"/CreationDate(D:20240102030405+01'00')/ModDate (D:20240102030405Z) /ID [ <ABCD> <ABCD> ] /DocChecksum /ABCD"
        two = one.replace(b"2024", b"2025").replace(b"ABCD", b"1234")
        assert office.without_dates(one) == office.without_dates(two)
        assert len(office.without_dates(one)) == len(one)
