"""Which encoder a name means, and vectors of length one."""

from __future__ import annotations

import numpy as np

from synlint.analysis.encoders.encoder import load_encoder, unit
from synlint.analysis.encoders.static import bundled


def test_the_default_is_the_bundled_one() -> None:
    assert load_encoder() is bundled()


def test_what_is_no_number_becomes_nothing() -> None:
    vectors = unit(np.array([[3.0, 4.0], [0.0, 0.0], [np.nan, 1.0], [np.inf, 0.0]]))
    assert vectors.tolist() == [[np.float32(0.6), np.float32(0.8)], [0, 0], [0, 1], [0, 0]]
