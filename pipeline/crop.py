"""A picture of the part of a page where a figure stands, with the box that it was read from."""

from pathlib import Path

from schemas.errors import CrossfootError, UsageError
from schemas.pages import BBox

# Enough around the box to read the line and its neighbours.
_MARGIN = (180.0, 60.0)
# 144 dots per inch: sharp on a screen.
_SCALE = 2.0
_BOX_COLOUR = (200, 30, 30)


def write_crop(pdf: Path, page: int, box: BBox, target: str, password: str | None, *, quarter_turns: int = 0) -> None:
    """Write the surroundings of `box` on `page` (from 1) as a PNG file, turned by so many quarter turns clockwise."""
    import pypdfium2 as pdfium
    from PIL import Image, ImageDraw

    try:
        document = pdfium.PdfDocument(pdf, password=password)
    except FileNotFoundError:
        raise CrossfootError("The page's file is not among the blobs.", advice="Import the document again.") from None
    except pdfium.PdfiumError as error:
        raise UsageError(
            f"The page cannot be opened: {str(error).rstrip('.')}.", advice="Protected documents want --password."
        ) from None
    try:
        image = document[page - 1].render(scale=_SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    inner = tuple(round(edge * _SCALE) for edge in (box.x0, box.top, box.x1, box.bottom))
    ImageDraw.Draw(image).rectangle(
        (inner[0] - 2, inner[1] - 2, inner[2] + 2, inner[3] + 2), outline=_BOX_COLOUR, width=2
    )
    across, down = (round(m * _SCALE) for m in (_MARGIN if quarter_turns % 2 == 0 else reversed(_MARGIN)))
    around = (inner[0] - across, inner[1] - down, inner[2] + across, inner[3] + down)
    limits = (max(around[0], 0), max(around[1], 0), min(around[2], image.width), min(around[3], image.height))
    crop = image.crop(limits)
    turns = (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)  # counter-clockwise
    if quarter_turns:
        crop = crop.transpose(turns[quarter_turns - 1])
    try:
        crop.save(target, format="PNG")
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.", advice="Choose another --crop.") from None
