"""Whose enquiries the row of a table counts."""

import pytest

from extractors.figures.table_labels import read_label


@pytest.mark.parametrize(
    ("label", "dims"),
    [
        ("Enquiries from councillors, MPs and MEPs", {}),
        ("Enquiries from councillors and Members of Parliament", {}),
        ("Enquiries from MPs", {"source": "mp"}),
        ("Councillor enquiries", {"source": "member"}),
        ("Stage 1 complaints from parents", {"stage": "1", "complainant": "parent"}),
    ],
)
def test_enquiries_of_several_kinds_of_people_are_those_of_all(label: str, dims: dict[str, str]) -> None:
    assert read_label(label).dims == dims
