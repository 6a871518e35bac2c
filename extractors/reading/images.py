"""Image files as PDF pages, without loss: JPEG, PNG and fax data go into the PDF as they are, wherever that is possible."""

import io
import warnings
from collections.abc import Iterator

import img2pdf
from PIL import Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError

from schemas.documents import Problem
from schemas.errors import DocumentError

MOST_PIXELS = 170_000_000  # of one page: A1 at 400 dots per inch
MOST_FRAMES = 3_000
_A4 = (8.27, 11.69)
# Stands for a page that cannot be read.
_EMPTY = Image.new("1", (827, 1169), 1)
# A page of print is at least this wide and at most this wide and high; a resolution that says otherwise is not believed.
_SMALLEST_INCHES, _LARGEST_INCHES = 2.0, 24.0
_DAMAGED = "Fetch it again from its source, or scan it again."


def pdf_of_image(file: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """A PDF with a page for each frame of an image file; frames that cannot be read are named as problems.

    Raises DocumentError with reason `damaged` or `too_large`.
    """
    pages: list[bytes] = []
    problems: list[Problem] = []
    sizes: list[tuple[float, float]] = []
    with warnings.catch_warnings():
        # what Pillow warns of is found out here anyway
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(file)) as image:
                _refuse_large(image)
                if getattr(image, "n_frames", 1) == 1 and image.format in ("JPEG", "PNG") and _plain(image):
                    image.load()
                    return _as_pdf([file], [_inches(image)]), ()
                for number, frame in enumerate(_frames(image), start=1):
                    if frame is None:
                        problems.append(Problem(code="page_damaged", message="Its image is damaged.", page=number))
                    page = frame or _EMPTY
                    pages.append(_encoded(page))
                    sizes.append(_inches(page, image) if frame else _A4)
        except (Image.DecompressionBombError, MemoryError) as error:
            raise _too_large() from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, EOFError, KeyError) as error:
            raise DocumentError("The image is damaged.", reason="damaged", advice=_DAMAGED) from error
    if len(problems) == len(pages):
        raise DocumentError("The image is damaged: no page of it can be read.", reason="damaged", advice=_DAMAGED)
    return _as_pdf(pages, sizes), tuple(problems)


def _frames(image: ImageFile.ImageFile) -> Iterator[Image.Image | None]:
    """The frames of an image, None for one that cannot be read. What follows a break in the directory cannot be found."""
    frames = ImageSequence.Iterator(image)
    for number in range(getattr(image, "n_frames", 1)):
        if number >= MOST_FRAMES:
            raise _too_large()
        try:
            frame = frames[number]
            _refuse_large(frame)
            frame.load()
        except Image.DecompressionBombError:
            raise
        except (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError):
            yield None
            continue
        yield _flat(frame)


def _flat(frame: Image.Image) -> Image.Image:
    """The frame as black and white, grey or colour, on white where it is transparent."""
    frame = ImageOps.exif_transpose(frame)
    if frame.mode in ("1", "L", "RGB"):
        return frame.copy()
    if frame.mode.startswith("I") or frame.mode == "F":
        return (
            frame.point(lambda level: level / 256).convert("L") if frame.mode.startswith("I;16") else frame.convert("L")
        )
    if "A" in frame.getbands() or "transparency" in frame.info:
        clear = frame.convert("RGBA")
        flat = Image.new("RGB", frame.size, "white")
        flat.paste(clear, mask=clear.getchannel("A"))
        return flat
    return frame.convert("RGB")


def _plain(image: Image.Image) -> bool:
    """Whether an image can go into a PDF as it is: no transparency, nothing to turn."""
    turned = image.getexif().get(0x0112, 1) not in (0, 1)
    return image.mode in ("1", "L", "RGB") and "transparency" not in image.info and not turned


def _encoded(page: Image.Image) -> bytes:
    """A page without loss: fax data if it is black and white, else PNG."""
    made = io.BytesIO()
    if page.mode == "1":
        page.save(made, "TIFF", compression="group4")
    else:
        page.save(made, "PNG", compress_level=1)
    return made.getvalue()


def _inches(page: Image.Image, source: Image.Image | None = None) -> tuple[float, float]:
    """How large a page is, by its resolution; where that is missing or cannot be, as wide as A4."""
    across, down = (float(dots or 0) for dots in (source or page).info.get("dpi", (0, 0)))
    if across > 0 and down > 0:
        width, height = page.width / across, page.height / down
        if _SMALLEST_INCHES <= width <= _LARGEST_INCHES and _SMALLEST_INCHES <= height <= _LARGEST_INCHES:
            return width, height
    width = _A4[page.width > page.height]
    return width, min(max(width * page.height / page.width, 0.1), 190.0)


def _as_pdf(pages: list[bytes], sizes: list[tuple[float, float]]) -> bytes:
    remaining = iter(sizes)

    def layout(_width: int, _height: int, _dpi: object) -> tuple[float, float, float, float]:
        width, height = (72 * edge for edge in next(remaining))
        return width, height, width, height

    try:
        # its own writer: that of pikepdf gives each document an identifier made from the time of day
        made: bytes = img2pdf.convert(
            pages, layout_fun=layout, nodate=True, rotation=img2pdf.Rotation.none, engine=img2pdf.Engine.internal
        )
    except Exception as error:  # img2pdf raises what it likes at a file that Pillow still puts up with
        raise DocumentError("The image is damaged.", reason="damaged", advice=_DAMAGED) from error
    return made


def _refuse_large(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()


def _too_large() -> DocumentError:
    return DocumentError(
        "The image is too large to be read.", reason="too_large", advice="Scan it at 300 dots per inch, or split it."
    )
