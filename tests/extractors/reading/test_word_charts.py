"""Charts of Word files: what Word keeps of them, as tables."""

from decimal import Decimal

import pytest

from extractors.layout import lay_out
from extractors.reading.number_formats import shown
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render
from extractors.reading.word_charts import C, read_chart
from schemas.layout import Table
from tests.extractors.reading.samples import docx_of, paragraph

_NAMES = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cache(values: list[str], kind: str = "num", code: str = "General") -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values) if v)
    return f"<c:{kind}Ref><c:{kind}Cache><c:formatCode>{code}</c:formatCode>{points}</c:{kind}Cache></c:{kind}Ref>"


def series(name: str, categories: list[str], values: list[str], *, labels: str = "", code: str = "General") -> str:
    named = f"<c:tx>{cache([name], 'str')}</c:tx>" if name else ""
    return f"<c:ser>{named}{labels}<c:cat>{cache(categories, 'str')}</c:cat><c:val>{cache(values, code=code)}</c:val></c:ser>"


def chart(plot: str, *, title: str = "") -> bytes:
    over = f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>" if title else ""
    return f"<c:chartSpace {_NAMES}><c:chart>{over}<c:plotArea>{plot}</c:plotArea></c:chart></c:chartSpace>".encode()


def docx_with(body: str, **parts: bytes) -> bytes:
    links = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/chart" Target="charts/{name}.xml"/>' for name in parts)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    extra = {f"word/charts/{name}.xml": content for name, content in parts.items()}
    extra["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{package}">{links}</Relationships>'.encode()
    return docx_of(body, extra=extra)


def anchor(name: str) -> str:
    return f'<w:p><w:r><w:drawing><c:chart xmlns:c="{C.strip("{}")}" xmlns:r="{_OFFICE}" r:id="{name}"/></w:drawing></w:r></w:p>'


def tables(file: bytes) -> list[list[list[str]]]:
    pages = read_pdf(render(file, "docx").pdf, typeset=True)
    found = [e for e in lay_out(pages).elements if isinstance(e, Table)]
    return [[[c.text.text for c in t.cells if c.row == row] for row in range(t.rows)] for t in found]


TEAMS = ["North", "South", "MASH"]


def test_a_chart_is_a_table_behind_its_paragraph_with_its_title_above() -> None:
    columns = chart(
        f"<c:barChart>{series('2013/14', TEAMS, ['12', '7', '0'])}{series('2014/15', TEAMS, ['9', '', '3'])}</c:barChart>",
        title="Complaints by team",
    )
    file = docx_with(paragraph("Before") + anchor("chart1") + paragraph("After"), chart1=columns)
    assert tables(file) == [[["", "2013/14", "2014/15"], ["North", "12", "9"], ["South", "7", ""], ["MASH", "0", "3"]]]
    words = " ".join(word.text for page in read_pdf(render(file, "docx").pdf) for word in page.words)
    assert words.startswith("Before Complaints by team 2013/14") and words.endswith("MASH 0 3 After")


def test_what_is_read_of_charts_and_what_is_not_is_said() -> None:
    pie = chart(f"<c:pieChart>{series('', TEAMS, ['1', '2', '3'])}</c:pieChart>")
    empty = chart("<c:pieChart><c:ser/></c:pieChart>")
    body = paragraph("a") + anchor("chart1") + anchor("chart2") + anchor("chart3")
    rendition = render(docx_with(body, chart1=pie, chart2=empty, chart3=b"<broken"), "docx")
    assert [p.message for p in rendition.problems] == [
        "2 charts are not read.",
        "1 chart is read from the values that the file keeps, and shown as a table.",
    ]


def test_labels_say_how_values_are_printed() -> None:
    labels = '<c:dLbls><c:dLbl><c:idx val="1"/><c:numFmt formatCode="&quot;none&quot;" sourceLinked="0"/></c:dLbl>'
    labels += '<c:numFmt formatCode="0.0%" sourceLinked="0"/></c:dLbls>'
    (read,) = read_chart(chart(f"<c:barChart>{series('', TEAMS, ['0.141', '0', '0.5'], labels=labels)}</c:barChart>"))
    assert read.rows == (("North", "14.1%"), ("South", "none"), ("MASH", "50.0%"))


def test_without_labels_values_are_printed_as_in_their_source() -> None:
    (read,) = read_chart(
        chart(f"<c:lineChart>{series('', TEAMS, ['1234.5', '0.2', '7'], code='#,##0.0')}</c:lineChart>")
    )
    assert [row[1] for row in read.rows] == ["1,234.5", "0.2", "7.0"]


def test_categories_in_levels_are_named_in_full() -> None:
    def level(names: dict[int, str]) -> str:
        return "<c:lvl>" + "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in names.items()) + "</c:lvl>"

    inner, outer = level(dict(enumerate(["Q1", "Q2", "Q1", "Q2"]))), level({0: "2014/15", 2: "2015/16"})
    one = f"<c:ser><c:cat><c:multiLvlStrRef><c:multiLvlStrCache>{inner}{outer}</c:multiLvlStrCache></c:multiLvlStrRef></c:cat>"
    one += f"<c:val>{cache(['4', '5', '6', '7'])}</c:val></c:ser>"
    (read,) = read_chart(chart(f"<c:barChart>{one}</c:barChart>"))
    assert read.rows == (("2014/15 Q1", "4"), ("2014/15 Q2", "5"), ("2015/16 Q1", "6"), ("2015/16 Q2", "7"))


def test_errors_are_blank_and_points_without_measure_are_left_out() -> None:
    (read,) = read_chart(chart(f"<c:barChart>{series('', TEAMS, ['#N/A', '1e999', '3'])}</c:barChart>"))
    assert [row[1] for row in read.rows] == ["", "", "3"]
    far = '<c:ser><c:val><c:numLit><c:pt idx="999999999"><c:v>1</c:v></c:pt></c:numLit></c:val></c:ser>'
    assert read_chart(chart(f"<c:barChart>{far}</c:barChart>")) == ()


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0.14000000000000001", "General", "0.14"),
        ("0.3333333333333333", "General", "0.3333333333"),
        ("1234.5", "£#,##0.00", "£1,234.50"),
        ("1234.5", "[$£-809]#,##0;[Red]-[$£-809]#,##0", "£1,235"),
        ("-12", "0;(0)", "(12)"),
        ("-12", "0", "-12"),
        ("0", '0;-0;"nil"', "nil"),
        ("0.0714", "0.0%", "7.1%"),
        ("23", '"23 (14%)"', "23 (14%)"),
        ("7", '""', "7"),
        ("7", ";;;", "7"),
        ("5", "0.##", "5"),
        ("0.5", "# ?/?", "0.5"),
        ("41000", "mmm-yy", "April 2012"),
        ("41000", "dd/mm/yyyy", "1 April 2012"),
        ("41000", "yyyy", "2012"),
    ],
)
def test_number_formats(value: str, code: str, text: str) -> None:
    assert shown(Decimal(value), code) == text
