"""Pieces of ink are counted as OpenCV counts them."""

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.ocr.pieces import pieces_of


@given(
    seed=st.integers(0, 2**32 - 1),
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    share=st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]),
)
def test_pieces_and_their_stats_are_those_of_opencv(seed: int, height: int, width: int, share: float) -> None:
    chosen = np.random.default_rng(seed).random((height, width)) < share
    ink = (chosen * 255).astype(np.uint8)
    labels, stats = pieces_of(ink)
    _, expected, expected_stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    assert np.array_equal(labels, expected)
    assert np.array_equal(stats[1:], expected_stats[1:])
    assert not stats[0].any()
