"""Pictures of pages."""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

from review.desk import desk_of
from review.pictures import PageMissingError
from review.routes.documents import DocumentId, PageNumber
from review.views.document import find_document

router = APIRouter()

Width = Literal["160", "800", "1200", "1600", "2400"]


@router.get("/documents/{document}/{page}/picture/{width}.png")
def picture(request: Request, document: DocumentId, page: PageNumber, width: Width) -> FileResponse:
    """A page, `width` pixels wide. It never changes: its address begins with the hash of the document."""
    desk = desk_of(request)
    with desk.reading() as connection:
        head = find_document(connection, document)
    if head is None:
        raise HTTPException(404, "There is no such document.")
    try:
        drawn = desk.pictures.picture(head.rendition, page, int(width))
    except PageMissingError as error:
        raise HTTPException(404, str(error)) from None
    # The same document may be typeset anew by a later version: asked again after a day.
    return FileResponse(drawn, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})
