"""Tables as Markdown, and the part of a page that a run writes."""

from pathlib import Path

import pytest

from benchmarks.report import BEGIN, END, page, table, write_into
from schemas.errors import UsageError


def test_table_is_aligned_markdown() -> None:
    written = str(table("Scores", ("what", "n", "F1"), [("a|b", 1200, 0.5), ("c", None, 1.0)], "Core."))
    assert written.splitlines() == [
        "### Scores",
        "",
        "Core.",
        "",
        "| what |     n |    F1 |",
        "|------|------:|------:|",
        "| a\\|b | 1,200 | 0.500 |",
        "| c    |       | 1.000 |",
    ]


def test_only_the_marked_part_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    target.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    for number in (1, 2):
        write_into(target, page(f"Run {number}.", []))
        assert target.read_text() == f"before\n{BEGIN}\n\nRun {number}.\n\n{END}\nafter\n"


@pytest.mark.parametrize("text", ["", "no marks", f"{END} {BEGIN}"])
def test_a_page_without_marks_is_left_alone(text: str, tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    target.write_text(text)
    with pytest.raises(UsageError, match="no part to write into"):
        write_into(target, "new")
    assert target.read_text() == text


@pytest.mark.parametrize("name", ["accuracy.md", "speed.md"])
def test_pages_of_the_documentation_have_marks(name: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / name).read_text("utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)
