"""Both readings of a figure of a scan, from the store to the commands."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import versions
from pipeline.commands.show import _reading_lines
from pipeline.commands.tables import _other_readings
from pipeline.exports.rows import figure_row
from pipeline.store import rows
from schemas.figures import NumberReading
from tests.pipeline.reconcile.test_readings import scanned

_DOCUMENT = {
    "name": "a.pdf", "sha256": "00", "authority": None, "authority_code": None, "service": "",
}  # fmt: skip
_VALUES = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
_CHANCES = st.floats(0, 1)


@given(
    st.lists(
        st.builds(
            NumberReading,
            engine=st.text(),
            text=st.text(),
            value=_VALUES,
            confidence=_CHANCES,
            alternatives=st.lists(st.tuples(st.decimals(allow_nan=False, allow_infinity=False), _CHANCES)).map(tuple),
        )
    ).map(tuple)
)
def test_readings_come_back_the_same(readings: tuple[NumberReading, ...]) -> None:
    assert rows.readings_in(rows.readings_text(readings)) == readings


@pytest.mark.parametrize(
    ("values", "shown", "told"),
    [
        (("117", "117"), "", "“117” by a (0.90) and “117” by b (0.90)"),
        (("117", "177"), " or 177", "“117” by a (0.90) and “177” by b (0.90); they differ"),
        (("117", None), " or ?", "“117” by a (0.90) and “None” by b (0.90); one saw no such number"),
    ],
)
def test_commands_and_exports_tell_both_readings(values: tuple[str | None, ...], shown: str, told: str) -> None:
    figure = scanned("f1", *values)
    row = figure_row(_DOCUMENT, rows.figure_row(figure))  # type: ignore[arg-type]
    assert [r.value for r in row.readings] == [None if v is None else int(v) for v in values]
    assert row.agreement == figure.evidence.agreement
    assert _other_readings(row) == shown
    assert _reading_lines(row) == [("read as", told)]


def test_a_figure_comes_back_with_its_readings() -> None:
    figure = scanned("f1", "117", "177", others=(("111", 0.25),))
    row = rows.figure_row(figure)
    assert row["confidence_as_read"] == row["confidence"]
    assert rows.readings_in(row["readings"]) == figure.evidence.readings
    assert figure.evidence.readings[1].alternatives == ((Decimal(111), 0.25),)


def test_documents_are_read_again_when_the_second_reader_comes_or_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprints = set()
    for installed in ("", "1.4.4", "1.5"):
        monkeypatch.setattr(versions, "_installed", lambda package, installed=installed: installed)
        fingerprints.add(versions._fingerprint([], versions._installed("rapidocr-onnxruntime")))
    assert len(fingerprints) == 3
