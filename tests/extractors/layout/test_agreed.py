"""Labels of scanned tables that other tables of the document have, and labels that only look like others."""

from collections.abc import Sequence

import pytest

from extractors.layout.agreed import with_agreed_labels
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Word

BOX = BBox(0, 0, 10, 10)


def table(labels: Sequence[str], confidence: float | None = 0.9) -> Table:
    def text(label: str) -> MappedText:
        return MappedText.join([(1, Word(text=part, bbox=BOX, confidence=confidence)) for part in label.split()])

    cells = [Cell(row=n, col=0, text=text(label), bbox=BOX) for n, label in enumerate(labels)]
    return Table(page=1, bbox=BOX, method="ruled", cells=tuple(cells))


def read(label: str, *others: str, beside: str = "Total", confidence: float | None = 0.9) -> Cell:
    """The first label of a table that has another `beside` it, in a document whose other table has `others`."""
    made = with_agreed_labels([table([label, beside], confidence), table(others, confidence)])[0]
    assert isinstance(made, Table)
    return made.cells[0]


@pytest.mark.parametrize(
    ("misread", "right"),
    [
        ("Chid Protection North", "Child Protection North"),
        ("Shon Breaks and Respite", "Short Breaks and Respite"),
        ("Locality Wes!", "Locality West"),
        ("Errors.in a report", "Errors in a report"),
        ("Cancelledvisits", "Cancelled visits"),
    ],
)
def test_a_label_that_is_misread_is_as_another_table_has_it(misread: str, right: str) -> None:
    made = read(misread, right, "Upheld")
    assert made.text.text == right
    assert any(w.word.raw for w in made.text.words), "what was read is kept"


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Assessment East", "Assessment West"),  # both are words
        ("Stage 1 complaints", "Stage 2 complaints"),
        ("%change", "Change"),
        ("Complaint about staff", "Complaints about staff"),
        ("Thornaby", "Thornbury"),  # neither is one
        ("Chid Protection North", "Adoption and Fostering"),
    ],
)
def test_another_label_stays(label: str, other: str) -> None:
    assert read(label, other).text.text == label


def test_a_label_stays_beside_the_one_of_its_own_table_that_it_is_like() -> None:
    assert read("Chid Protection", "Child Protection", beside="Child Protection").text.text == "Chid Protection"


def test_of_two_labels_as_near_none_is_chosen() -> None:
    assert read("Shot Breks", "Shot Breaks", "Shot Brews").text.text == "Shot Breks"


def test_born_digital_labels_stay() -> None:
    assert read("Chid Protection", "Child Protection", confidence=None).text.text == "Chid Protection"


def test_specks_beside_a_label_are_none_of_it_but_signs_are() -> None:
    assert read("Locality xq", "Locality", confidence=0.4).text.text == "Locality"
    assert read("% Change", "Change", confidence=0.4).text.text == "% Change"
