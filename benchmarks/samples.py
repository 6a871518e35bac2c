"""Enough PDFs to time, made from the few documents of the sample archive."""

from pathlib import Path

from extractors.reading.rendition import render
from extractors.reading.sniff import sniff

COPIES = 20


def make_pdfs(archive: Path, folder: Path, *, copies: int = COPIES) -> Path:
    """Every document of an archive as PDF, `copies` times; returns `folder`. ZIP files are left out.

    Copies differ in a comment after the end of the file: the same bytes would be imported once.
    """
    folder.mkdir(parents=True)
    for path in sorted(path for path in archive.rglob("*") if path.is_file() and path.suffix != ".zip"):
        content = path.read_bytes()
        pdf = render(content, sniff(content, path.name)).pdf
        for number in range(copies):
            (folder / f"{path.stem}-{number:02}.pdf").write_bytes(pdf + f"\n% copy {number}\n".encode())
    return folder
