"""Tesseract's network as it is read from its file, and computed otherwise than by Tesseract."""

from dataclasses import replace
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from extractors.reading.ocr.line_network import LineNetwork, load_network
from extractors.reading.ocr.model import Floats, Layer, Model, UnknownModelError, read_model
from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.tesseract import ReaderError, find_reader
from tests.extractors.reading.second.prints import printed

Numbers = NDArray[np.float64]


@pytest.fixture(scope="module")
def file() -> Path:
    model = find_reader().model
    assert model is not None
    return model


@pytest.fixture(scope="module")
def model(file: Path) -> Model:
    return read_model(file.read_bytes())


@pytest.fixture(scope="module")
def network(file: Path) -> LineNetwork:
    loaded = load_network(file)
    assert loaded is not None
    return loaded


def noise(columns: int, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).uniform(-1, 1, (36, columns)).astype(np.float32)


def test_a_model_file_has_its_layers_and_characters(model: Model) -> None:
    assert [layer.kind for layer in model.layers[:5]] == ["Input", "Convolve", "Tanh", "Maxpool", "SummLSTM"]
    assert model.layers[-1].kind == "Softmax"
    assert "RTLReversed" in [inside for layer in model.layers for inside in layer.inside]
    assert set("0123456789%£()/. ") <= set(model.characters)
    assert model.characters.count("") == 1, "the blank"


@pytest.mark.parametrize("kept", [0, 3, 5_000, 300_000])
def test_a_model_file_that_is_cut_off_is_told(file: Path, kept: int) -> None:
    with pytest.raises(UnknownModelError):
        read_model(file.read_bytes()[:kept])


@given(st.binary(max_size=400))
def test_a_file_that_is_no_model_is_told(content: bytes) -> None:
    with pytest.raises(UnknownModelError):
        read_model(content)


def test_without_a_model_that_is_known_there_is_no_network(tmp_path: Path) -> None:
    other = tmp_path / "eng.traineddata"
    other.write_bytes(b"a model of another make")
    assert load_network(other) is None
    assert load_network(tmp_path / "none.traineddata") is None


def test_a_network_that_breaks_down_is_a_reader_that_does(network: LineNetwork) -> None:
    with pytest.raises(ReaderError, match="broke down"):
        replace(network, height=35).chances([noise(60)[:35]])


def test_chances_are_those_that_the_layers_give_step_by_step(model: Model, network: LineNetwork) -> None:
    line = noise(60)
    (made,) = network.chances([line])
    assert made.shape == (20, len(model.characters))
    assert np.allclose(made, step_by_step(model, line), atol=1e-4)


def test_a_line_is_read_alike_alone_and_with_others(network: LineNetwork) -> None:
    texts = (
        "7",
        "117",
        "Stage 2",
        "23.5% of all complaints",
        "There were 117 complaints at stage 1, and 4 at stage 2.",
    )
    lines = [as_input(printed(text)) for text in texts]
    for text, line, among in zip(texts, lines, network.chances(lines), strict=True):
        (alone,) = network.chances([line])
        assert among.shape == alone.shape == (line.shape[1] // 3, len(network.characters))
        assert best(network, among) == best(network, alone) == text


def as_input(image: Image) -> Floats:
    resized = cv2.resize(image, (round(36 * image.shape[1] / image.shape[0]), 36), interpolation=cv2.INTER_AREA)
    return (resized / 127.5 - 1).astype(np.float32)


def best(network: LineNetwork, chances: Floats) -> str:
    """The likeliest character of each step, once for each time that it is one."""
    return "".join(network.characters[place] for place, _ in groupby(chances.argmax(axis=1).tolist()))


def step_by_step(model: Model, line: Floats) -> Numbers:
    """What the layers give, by their formulas."""
    _, _, tanh, _, down, *memories, softmax = model.layers
    framed = np.pad(line.astype(np.float64), 1)
    weights, added = tanh.weights[0][:, :-1], tanh.weights[0][:, -1]
    height, width = line.shape
    seen = np.array(
        [[weights @ framed[y : y + 3, x : x + 3].T.ravel() + added for x in range(width)] for y in range(height)]
    )
    pooled = np.tanh(seen.reshape(height // 3, 3, width // 3, 3, -1).max(axis=(1, 3)))
    sequence = np.array([remembered(down, pooled[:, x])[-1] for x in range(width // 3)])
    for layer in memories:
        turn = -1 if "RTLReversed" in layer.inside else 1
        sequence = remembered(layer, sequence[::turn])[::turn]
    sums = sequence @ softmax.weights[0][:, :-1].T + softmax.weights[0][:, -1]
    shares = np.exp(sums - sums.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def remembered(layer: Layer, sequence: Numbers) -> Numbers:
    size = len(layer.weights[0])
    state, out, all_ = np.zeros(size), np.zeros(size), []
    for numbers in sequence:
        coming, gate, known, going = (w[:, :-1] @ np.concatenate([numbers, out]) + w[:, -1] for w in layer.weights)
        state = state * sigmoid(known) + np.tanh(coming) * sigmoid(gate)
        out = np.tanh(state) * sigmoid(going)
        all_.append(out)
    return np.array(all_)


def sigmoid(x: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-x)))
