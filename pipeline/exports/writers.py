"""Write rows as JSON lines, CSV, a workbook or Parquet; a file appears only when it is whole."""

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from schemas.errors import UsageError
from schemas.exports import ExportRow

# A spreadsheet runs a cell that begins so as a formula; plain negative numbers are meant as such and harmless.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)


def write_jsonl(rows: Iterable[ExportRow], kind: type[ExportRow], target: BinaryIO) -> int:
    """One JSON object a line; how many."""
    written = 0
    for row in rows:
        target.write(row.model_dump_json().encode() + b"\n")
        written += 1
    return written


def write_csv(rows: Iterable[ExportRow], kind: type[ExportRow], target: BinaryIO) -> int:
    """A heading and a line per row, lists and objects as JSON; how many rows."""
    text = io.TextIOWrapper(target, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(kind.model_fields)
    written = 0
    for row in rows:
        writer.writerow([_cell(value) for value in row.model_dump().values()])
        written += 1
    text.detach()
    return written


def write_xlsx(rows: Iterable[ExportRow], kind: type[ExportRow], target: BinaryIO) -> int:
    """A workbook of one sheet, lists and objects as JSON; how many rows."""
    from pipeline.exports.frames import frame_of, write_workbook

    frame = frame_of(rows, kind)
    write_workbook(frame, target)
    return len(frame)


def write_parquet(rows: Iterable[ExportRow], kind: type[ExportRow], target: BinaryIO) -> int:
    """A Parquet file, lists and objects as JSON; how many rows."""
    from pipeline.exports.frames import frame_of

    frame = frame_of(rows, kind)
    frame.to_parquet(target, engine="pyarrow", index=False)
    return len(frame)


Writer = Callable[[Iterable[ExportRow], type[ExportRow], BinaryIO], int]
WRITERS: Mapping[str, Writer] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
}


def flat(value: Any) -> Any:
    """What fits into one cell: lists and objects as JSON, anything else as it is."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | tuple) else value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    value = flat(value)
    if isinstance(value, bool):
        return str(value).lower()
    return no_formula(str(value))


def no_formula(text: str) -> str:
    """The text, with a quote before it where a spreadsheet would run it as a formula."""
    if text.startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


@contextmanager
def opened(target: str) -> Iterator[BinaryIO]:
    """The file to write to, "-" for standard output. It is renamed to its name at the end, so nobody reads half of it."""
    if target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", advice="Choose another -o.") from None
    finally:
        partial.unlink(missing_ok=True)
