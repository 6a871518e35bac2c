"""The contract of the exports."""

import json
from decimal import Decimal
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from schemas.exports import SCHEMA_FILE, FigureRow, FindingRow, json_number, json_schema, schema_text

FIGURE: dict[str, Any] = {
    "figure_id": "f1",
    "document": "a.txt",
    "document_sha256": "00",
    "authority": None,
    "authority_code": None,
    "service": None,
    "measure": "complaints",
    "statistic": "count",
    "dims": {"stage": "1"},
    "value": 117,
    "unit": "count",
    "period": "2014/15",
    "period_start": "2014-04-01",
    "period_end": "2015-03-31",
    "role": "current",
    "qualifier": "exact",
    "raw_text": "117",
    "grade": "read",
    "confidence": 1.0,
    "proposed_value": None,
    "page": 1,
    "bbox": (1.0, 2.0, 3.0, 4.0),
    "snippet": "117 complaints",
    "method": "text",
    "decision": "open",
    "decided_value": None,
    "decided_by": None,
    "stale": False,
}


def test_schema_file_is_current() -> None:
    stored = (files("schemas") / "data" / SCHEMA_FILE).read_text(encoding="utf-8")
    assert stored == schema_text(), "run: python -m schemas.exports"


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_figure_has_the_fields_of_the_contract() -> None:
    assert list(FigureRow.model_fields) == [*FIGURE, "agreement", "readings"]


def test_finding_has_the_fields_of_the_contract() -> None:
    names = "finding_id kind severity document documents values expected message figure_ids hypotheses status"
    assert list(FindingRow.model_fields) == names.split()


def test_figure_as_json() -> None:
    line = FigureRow(**FIGURE).model_dump_json()
    assert '"value":117,' in line
    assert json.loads(line)["bbox"] == [1.0, 2.0, 3.0, 4.0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", "117"), ("page", 0), ("confidence", 1.5), ("grade", "good"), ("dims", {"stage": 1}), ("extra", 1)],
)
def test_figure_takes_nothing_else(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        FigureRow(**{**FIGURE, field: value})


@pytest.mark.parametrize(
    ("value", "number", "text"),
    [("117", 117, "117"), ("13.0", 13.0, "13.0"), ("-15.30", -15.3, "-15.3"), ("1E+3", 1000, "1000"), ("0", 0, "0")],
)
def test_numbers_in_json(value: str, number: float, text: str) -> None:
    made = json_number(Decimal(value))
    assert made == number
    assert json.dumps(made) == text
