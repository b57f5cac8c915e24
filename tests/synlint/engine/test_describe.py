from __future__ import annotations

import polars as pl

from synlint.engine.describe import message, threshold_of
from synlint.engine.findings import fingerprint
from synlint.rulebook.matchers.metric import Metric
from synlint.rulebook.matchers.phrases import Phrases
from tests.synlint.making import check, matching, pairs, rule


def test_messages() -> None:
    assert (
        message(rule(message="{evidence!r} {value:.1f} {share}"), evidence="{x}", value=2, share=None)
        == "'{x}' 2.0 n/a"
    )


def test_thresholds_are_those_of_metrics() -> None:
    assert threshold_of(matching(Metric("answer.words", above=5))) == 5
    assert threshold_of(matching(Metric("answer.words", below=3))) == 3
    assert threshold_of(matching(Phrases(("a",)))) is None


def test_a_row_of_the_table() -> None:
    rows = pairs([None, "so: a word"], id="mine", source="here")
    loaded = matching(Phrases(("word",)), severity="error", message="{field}: {evidence} {threshold}")
    [found] = check([loaded], rows).findings.rows(named=True)
    hashes = ("id", "row_id", "fingerprint")
    assert {key: value for key, value in found.items() if key not in (*hashes, "path", "line")} == {
        "rule": "LEX901", "name": "rule-lex901", "severity": "error", "row": 1, "source_id": "mine", "pair": 0,
        "pointer": "/answer", "field": "answer", "start": 6, "end": 10, "message": "answer: word n/a",
        "evidence": "word", "score": 0.5, "group": None, "fix": None,
    }  # fmt: skip
    assert len(found["row_id"]) == 32
    assert found["fingerprint"] == fingerprint("LEX901", "answer", "so: a word")


def test_the_identity_of_a_finding_is_its_content_not_its_place() -> None:
    loaded = matching(Phrases(("word",)))
    row = {"question": "q", "answer": "a word"}
    one = check([loaded], [row]).findings
    two = check([loaded], [{"question": "other", "answer": "x"}, row]).findings
    assert one["id"].to_list() == two["id"].to_list()
    assert one["row_id"].to_list() == two["row_id"].to_list()
    other = check([loaded], [{"question": "q", "answer": "a word "}]).findings
    assert other["id"].to_list() != one["id"].to_list()


def test_a_fingerprint_is_of_the_field_alone() -> None:
    """An edit elsewhere in the row, a longer file and another white space leave a finding known."""
    loaded = matching(Phrases(("word",)))
    first = check([loaded], [{"question": "q", "answer": "a word, a  word"}]).findings
    second = check(
        [loaded], [{"question": "new", "answer": " "}, {"question": "b", "answer": "a word,\na word"}]
    ).findings
    assert first["fingerprint"].n_unique() == 1
    assert set(first["fingerprint"]) == set(second["fingerprint"])
    third = check([loaded], [{"question": "q", "answer": "a word, another word"}]).findings
    assert not set(first["fingerprint"]) & set(third["fingerprint"])


def test_long_evidence_is_cut() -> None:
    from synlint.rulebook.matchers.regex import Regex

    report = check([matching(Regex("(?s).*"))], pairs(["é" * 1000]))
    found = report.findings.select("start", "end", pl.col("evidence").str.len_chars()).row(0)
    assert found == (0, 1000, 200)
