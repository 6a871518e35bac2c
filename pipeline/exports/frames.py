"""Rows as a pandas table, for the formats that are written as one: workbooks and Parquet."""

import datetime
import io
from collections.abc import Iterable
from types import UnionType
from typing import Any, BinaryIO, get_args

import pandas as pd

from pipeline.exports.writers import flat
from schemas.exports import ExportRow

# Two exports of the same store are the same bytes, so a workbook carries no time of its own.
_NO_TIME = datetime.datetime(2000, 1, 1)


def frame_of(rows: Iterable[ExportRow], kind: type[ExportRow]) -> pd.DataFrame:
    """A column per field, typed as the field is even where there are no rows; lists and objects as JSON."""
    records = [[flat(value) for value in row.model_dump().values()] for row in rows]
    types = {name: _column_type(field.annotation) for name, field in kind.model_fields.items()}
    return pd.DataFrame(records, columns=list(types)).astype(types)


def write_workbook(frame: pd.DataFrame, target: BinaryIO) -> None:
    """Write one sheet. Text stays text: nothing in it becomes a formula or a link."""
    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with pd.ExcelWriter(made, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        writer.book.set_properties({"created": _NO_TIME})
        frame.to_excel(writer, sheet_name="crossfoot", index=False, freeze_panes=(1, 0))
    target.write(made.getvalue())


def _column_type(annotation: Any) -> str:
    choices = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    plain = set(choices) - {type(None)}
    if plain == {int}:
        return "Int64"
    if plain == {bool}:
        return "boolean"
    return "Float64" if plain <= {int, float} else "string"
