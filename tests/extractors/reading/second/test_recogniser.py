"""What the recogniser reads from small images of print."""

import numpy as np
import pytest

from extractors.reading.second import recogniser
from extractors.reading.second.recogniser import SecondReaderError, decode, load_recogniser, reads_a_number
from tests.extractors.reading.second.prints import Broken, printed

_NUMBERS = ("7", "17", "117", "1,234", "14.7", "(10)", "2014/15", "65.")


@pytest.mark.parametrize("font", [0, 1, 2])
def test_print_is_read(font: int) -> None:
    read = load_recogniser().read([printed(text, font=font) for text in _NUMBERS])
    assert [r.text for r in read] == list(_NUMBERS)
    assert min(r.confidence for r in read) > 0.6


@pytest.mark.parametrize("quick", [False, True])
def test_images_read_together_are_read_as_one_by_one(quick: bool) -> None:
    images = [printed(str(7**n), size=20 + 3 * n) for n in range(1, 9)]
    reader = load_recogniser()
    assert [r.text for r in reader.read(images, quick=quick)] == [reader.read([i], quick=quick)[0].text for i in images]


def test_blur_makes_it_less_sure_and_tells_what_else_it_may_be() -> None:
    sharp, blurred = load_recogniser().read([printed("38", size=14), printed("38", size=14, blur=2.2)])
    assert sharp.text == "38"
    assert blurred.confidence < sharp.confidence
    assert blurred.alternatives
    assert all(0.01 <= chance <= 1 for _, chance in blurred.alternatives)


@pytest.mark.parametrize("shape", [(1, 1), (40, 1), (1, 40), (30, 3000)])
def test_empty_images_of_any_shape_say_nothing(shape: tuple[int, int]) -> None:
    (read,) = load_recogniser().read([np.full(shape, 255, dtype=np.uint8)])
    assert (read.text, read.confidence) == ("", 0.0)


def test_no_images_are_no_readings() -> None:
    assert load_recogniser().read([]) == []


def test_best_path_takes_out_repeats_and_blanks() -> None:
    chances = np.array(
        [[0.1, 0.9, 0.0], [0.2, 0.8, 0.0], [0.9, 0.1, 0.0], [0.0, 1.0, 0.0], [0.1, 0.3, 0.6]], dtype=np.float32
    )
    read = decode(chances, ("", "1", "7"))
    assert (read.text, read.confidence) == ("117", 0.6)
    assert read.alternatives[0] == ("111", 0.3)


def test_the_reader_can_be_tried() -> None:
    assert reads_a_number(load_recogniser())
    with pytest.raises(SecondReaderError, match="broke down"):
        reads_a_number(Broken())


def test_a_missing_package_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "find_spec", lambda name: None)
    load_recogniser.cache_clear()
    with pytest.raises(SecondReaderError, match="not installed") as caught:
        load_recogniser()
    assert "pip install rapidocr-onnxruntime" in caught.value.advice


def test_a_damaged_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory) -> None:
    model = tmp_path / "model.onnx"  # type: ignore[operator]
    model.write_bytes(b"no model")
    monkeypatch.setattr(recogniser, "_model", lambda: model)
    load_recogniser.cache_clear()
    with pytest.raises(SecondReaderError, match="cannot be started"):
        load_recogniser()
