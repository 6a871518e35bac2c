"""Items of lists whose lines end before the edge of the text around, as where a list is set in on the right."""

from tests.extractors.layout.pages import laid_out, seen


def test_a_line_that_stands_under_the_text_of_its_item_goes_on_with_it() -> None:
    layout = laid_out(
        "**The Annual Complaints Report for 2013/14\n"
        "\n• complaints were as follows: upheld\n"
        "  19; not upheld 39; no finding 6 and\n"
        "  withdrawn 3. By the end of the year\n"
        "  38% had been upheld or in part\n"
        "  upheld;\n\n"
        "• 15 days had been the average time."
    )
    items = [line for line in seen(layout) if line.startswith("list_item")]
    assert items == [
        "list_item [•] complaints were as follows: upheld 19; not upheld 39; no finding 6 and withdrawn 3. "
        "By the end of the year 38% had been upheld or in part upheld;",
        "list_item [•] 15 days had been the average time.",
    ]


def test_an_entry_of_its_own_below_an_item_does_not() -> None:
    layout = laid_out(
        "**The Annual Complaints Report for 2013/14\n"
        "\n• complaints by team of ours\n  North 12\n  East 14\n\n• compliments were fewer than before."
    )
    assert any(line.endswith("of ours") for line in seen(layout))
