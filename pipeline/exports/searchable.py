"""Searchable copies of scanned documents: what was imported, with the words that were read lying unseen over the print."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection

from pipeline.exports.unseen import with_words
from pipeline.printed import Print, recall_print
from pipeline.store.blobs import Blobs
from pipeline.store.queries import Found, imported, rows_of_document
from schemas.errors import CrossfootError, UsageError


def write_searchable(connection: Connection, blobs: Blobs, folder: Path, password: str | None) -> Iterator[Path]:
    """Write a PDF for each imported document with scanned pages, under its name; yield the files as they are written."""
    for document in imported(connection):
        prints = _prints(connection, blobs, document)
        if not prints:
            continue
        try:
            content = blobs.get(document["rendition"])
        except FileNotFoundError:
            advice = "Import the document again."
            raise CrossfootError(f"The pages of {document['name']} are not among the blobs.", advice=advice) from None
        target = folder / _file_name(document["name"])
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(with_words(content, prints, password=password))
        except OSError as error:
            raise UsageError(
                f"{target} cannot be written: {error.strerror}.", advice="Choose another --output."
            ) from None
        yield target


def _prints(connection: Connection, blobs: Blobs, document: Found) -> dict[int, Print]:
    """The words of the scanned pages of a document by their numbers."""
    scanned = [p["number"] for p in rows_of_document(connection, "pages", document["id"]) if p["source"] == "ocr"]
    kept = {number: recall_print(blobs, document["rendition"], number) for number in scanned}
    return {number: one for number, one in kept.items() if one is not None}


def _file_name(name: str) -> PurePosixPath:
    """Where the copy of a document lies in the folder: its name, and .pdf if it was none."""
    parts = [part for part in PurePosixPath(name).parts if part not in ("/", "..")]
    path = PurePosixPath(*parts)
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
