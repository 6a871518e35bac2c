"""`python -m extractors.layout FILE.pdf`: print what a file is laid out as. For developers."""

import sys
from pathlib import Path

from extractors.layout import lay_out
from extractors.reading.pdf import read_pdf
from schemas.layout import Layout, Table


def describe(layout: Layout) -> str:
    """One line for each block, and for each table its grid."""
    parts: list[str] = []
    for element in layout.elements:
        if not isinstance(element, Table):
            marker = f"[{element.marker.text}] " if element.marker else ""
            parts.append(f"{element.kind[:4].upper()}{element.level or ''} {marker}{element.text.text}")
            continue
        caption = element.caption.text if element.caption else ""
        parts.append(f"TABLE {element.method} {element.rows}x{element.cols} page {element.page} {caption}")
        for row in range(element.rows):
            cells = [c for c in element.cells if c.row == row]
            spans = [
                f"{c.text.text}{f' <{c.rowspan}x{c.colspan}>' if c.rowspan + c.colspan > 2 else ''}" for c in cells
            ]
            parts.append("    | " + " | ".join(spans))
        parts.extend(f"    note: {note.text}" for note in element.notes)
    return "\n".join(parts)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(describe(lay_out(read_pdf(Path(name).read_bytes()))))
