"""Other programs that find tables in PDF files, each with its usual settings, for comparison.

    python -m benchmarks.other_finders TOOL OUT.jsonl FILE.pdf...      TOOL: camelot, img2table, tabula, pdfplumber

It imports nothing of Crossfoot, so that it can run in an environment of its own, which has the extra `bench` (tabula needs Java).
A line per table: `pdf`, `page`, `cells` as of `crossfoot tables --format jsonl`; at the end of each file a line with its `seconds` of the processor.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

Line = dict[str, Any]


def camelot(path: str) -> Iterator[Line]:
    """Camelot's hybrid of lattice and network parsing."""
    import camelot as library

    for found in library.read_pdf(path, pages="all", flavor="hybrid"):
        yield {"page": int(found.page), "cells": _cells(found.df.values.tolist())}


def img2table(path: str) -> Iterator[Line]:
    """img2table on the text layer, tables without borders too."""
    from img2table.document import PDF

    for page, tables in PDF(src=path).extract_tables(borderless_tables=True, implicit_rows=True).items():
        for found in tables:
            cells: dict[Any, tuple[int, int, int, int, str]] = {}
            for row, line in found.content.items():
                for col, cell in enumerate(line):
                    box = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
                    top, left = cells[box][:2] if box in cells else (row, col)
                    cells[box] = (top, left, row - top + 1, col - left + 1, cell.value or "")
            named = ("row", "col", "rowspan", "colspan", "text")
            yield {"page": page + 1, "cells": [dict(zip(named, cell, strict=True)) for cell in cells.values()]}


def tabula(path: str) -> Iterator[Line]:
    """tabula-java, which guesses for each page whether it has rules. It does not tell the page, so it is asked page by page."""
    import pypdfium2
    import tabula as library

    for page in range(1, len(pypdfium2.PdfDocument(path)) + 1):
        for found in library.read_pdf(path, pages=page, output_format="json", silent=True):
            yield {"page": page, "cells": _cells([[cell["text"] for cell in row] for row in found["data"]])}


def pdfplumber(path: str) -> Iterator[Line]:
    """The defaults of pdfplumber."""
    import pdfplumber as library

    with library.open(path) as pdf:
        for page in pdf.pages:
            for rows in page.extract_tables():
                yield {"page": page.page_number, "cells": _cells(rows)}


TOOLS: dict[str, Callable[[str], Iterator[Line]]] = {
    "camelot": camelot,
    "img2table": img2table,
    "tabula": tabula,
    "pdfplumber": pdfplumber,
}


def _cells(rows: Sequence[Sequence[str | None]]) -> list[Line]:
    return [
        {"row": r, "col": c, "text": text} for r, row in enumerate(rows) for c, text in enumerate(row) if text
    ]  # fmt: skip


def main() -> int:
    """Read the files one after the other; what a tool cannot read is told and left out."""
    tool, out, *paths = sys.argv[1:]
    find = TOOLS[tool]
    with Path(out).open("w", encoding="utf-8") as target:
        for path in paths:
            name, began = Path(path).name, sum(os.times()[:4])
            try:
                lines = [{"pdf": name, **line} for line in find(path)]
            except ImportError as error:
                print(f"{tool} is not installed ({error}).", file=sys.stderr)
                return 2
            except Exception as error:  # other people's programs raise whatever they like
                print(f"{tool} cannot read {name}: {type(error).__name__}: {error}", file=sys.stderr)
                lines = []
            lines.append({"pdf": name, "seconds": sum(os.times()[:4]) - began})
            target.writelines(json.dumps(line) + "\n" for line in lines)
            target.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
