"""What a mask rule matches is in no output, whoever else saw it and however it was cut."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import synlint
from synlint.corpora.options import ReadOptions
from synlint.engine.secrets import Secrets, Vault, masked, redacted
from synlint.model import Conclusion, CorpusHit, Hit
from synlint.rulebook.loaded import LoadedRule
from synlint.rulebook.matchers.compose import Compose
from synlint.rulebook.matchers.echo import Echo
from synlint.rulebook.matchers.phrases import Phrases
from synlint.rulebook.matchers.regex import Regex
from synlint.states import CountTable
from synlint.testing import frame_of
from tests.synlint.making import check, counting, everything, found, looking, matching, pairs

KEY = "sk-Zq81Xw72Ue63Rt54"
HIDDEN = "sk" + "•" * (len(KEY) - 2)
KEYS = matching(Regex(r"sk-\w+"), "SEC901", mask=True, fields=("question", "answer"), message="key {evidence!r}")


def shown(rules: list[LoadedRule], rows: list[dict[str, Any]], **options: Any) -> str:
    text = everything(check([KEYS, *rules], rows, **options))
    for length in range(8, len(KEY) + 1):
        for start in range(len(KEY) - length + 1):
            assert KEY[start : start + length].lower() not in text.lower(), f"{KEY[start : start + length]} in {text}"
    return text


def evidence(report_rules: list[LoadedRule], rows: list[dict[str, Any]], code: str) -> list[str]:
    frame = check([KEYS, *report_rules], rows).findings
    return frame.filter(pl.col("rule") == code)["evidence"].to_list()


def test_its_own_findings_show_only_the_first_two_characters() -> None:
    text = shown([], pairs([f"The key is {KEY}, keep it."]))
    assert HIDDEN in text
    assert evidence([], pairs([f"a {KEY}"]), "SEC901") == [HIDDEN]


@pytest.mark.parametrize(
    "pattern",
    [r"is s\w+-\w+", r"Zq81\w+", r"\w+54, keep", r"81Xw72Ue", r"(?s).*", r"e\w* ke\w+ is sk-Zq81Xw7", r"Rt54, keep it"],
)
def test_other_rules_that_touch_it_do_not_show_it(pattern: str) -> None:
    other = matching(Regex(pattern), "LEX901", message="seen {evidence}")
    shown([other], pairs([f"The key is {KEY}, keep it."]))
    assert evidence([other], pairs([f"The key is {KEY}, keep it."]), "LEX901"), "the other rule has its finding"


def test_spans_are_those_of_the_true_text() -> None:
    report = check([KEYS, matching(Regex(r"is s\S+"), "LEX901")], pairs([f"It is {KEY}"]))
    assert found(report, "SEC901") == [(0, "answer", 6, 25)]
    assert found(report, "LEX901") == [(0, "answer", 3, 25)]
    assert report.findings.filter(pl.col("rule") == "LEX901")["evidence"].to_list() == [f"is {HIDDEN}"]


def test_an_echo_shows_neither_side() -> None:
    echo = matching(Echo("question", "start", 5), "PAR901", message="{evidence}")
    shown([echo], [{"question": f"What is {KEY} for?", "answer": f"What is {KEY} for? A door."}])


@pytest.mark.parametrize("cut", [None, 12, 15, 200])
@pytest.mark.parametrize("begin", [0, 4, 11, 14, 20])
def test_evidence_without_a_span_is_looked_through(begin: int, cut: int | None) -> None:
    """A Python rule may say what it saw without where, begin and stop anywhere, and change the case."""

    def look(batch: pl.DataFrame, p: Any) -> list[Hit]:
        said = batch["answer"][0][begin:cut]
        return [Hit(0, "answer", evidence=said), Hit(0, evidence=said.upper()), Hit(0, "question", evidence=said)]

    shown([looking(look, message="saw {evidence}")], pairs([f"The key is {KEY}, keep it."]))


def test_evidence_that_is_not_at_its_span_is_looked_through() -> None:
    def look(batch: pl.DataFrame, p: Any) -> list[Hit]:
        return [Hit(0, "answer", 0, 3, evidence=f"3 times {batch['answer'][0]}")]

    shown([looking(look)], pairs([f"The key is {KEY}, keep it."]))


def test_more_secrets_than_findings_are_all_hidden() -> None:
    """`max_hits` limits what is listed, not what is hidden."""
    few = matching(Regex(r"sk-\w+"), "SEC901", mask=True, max_hits=2)
    keys = [f"sk-Zq81Xw72Ue63R{n:03d}" for n in range(50)]
    report = check([few, matching(Phrases(("all",)), "LEX901")], pairs(["all " + " ".join(keys)]))
    assert len(found(report, "SEC901")) == 2
    text = everything(report)
    assert "all" in text
    assert not [key for key in keys if key in text]


def test_exhibits_hide_it_in_a_long_text() -> None:
    long = "word " * 3000
    text = shown([matching(Phrases(("cat",)), "LEX901")], pairs([f"{long}{KEY} cat {long}", f"{KEY} {long} cat {KEY}"]))
    assert " cat " in text


def test_overlapping_secrets_are_hidden_as_one() -> None:
    longer = matching(Regex(r"key: \S+"), "SEC902", mask=True)
    inner = matching(Regex(r"72Ue63\w+"), "SEC903", mask=True)
    shown([longer, inner], pairs([f"my key: {KEY}."]))


def test_a_row_that_suppresses_the_finding_is_hidden_all_the_same() -> None:
    rows = pairs([f"The key is {KEY}"], _synlint={"ignore": ["SEC"], "reason": "a test"})
    report = check([KEYS, matching(Regex("key is .*"), "LEX901")], rows)
    assert not found(report, "SEC901")
    assert found(report, "LEX901")
    assert KEY not in everything(report)


def counts(of: str) -> LoadedRule:
    """A corpus rule about the most frequent answer, as it is or folded, whole or cut."""
    forms = {
        "whole": lambda text: text,
        "lower": lambda text: text.lower(),
        "cut": lambda text: text[:20],
        "cut inside": lambda text: text[16:24],
    }

    def conclude(state: CountTable, p: Any) -> Conclusion:
        common = forms[of](state.table()["key"][0])
        hit = CorpusHit(common, 0.9, 0.1, 5, "answer")
        return Conclusion([hit], pl.col("answer").is_not_null(), pl.lit(common))

    return counting(lambda batch, p: CountTable.of(batch["answer"]), conclude, message="often {evidence}")


@pytest.mark.parametrize("of", ["whole", "lower", "cut", "cut inside"])
@pytest.mark.parametrize("batch_rows", [2, 100])
def test_corpus_findings_and_the_rows_they_mark(of: str, batch_rows: int) -> None:
    rows = pairs([f"The key is {KEY}, keep it."] * 5)
    report = check([KEYS, counts(of)], rows, read=ReadOptions(batch_rows=batch_rows))
    assert len(found(report, "TPL903")) == 5
    assert report.findings.filter(pl.col("row").is_null()).height == 1
    text = everything(report).lower()
    assert not [n for n in range(len(KEY) - 7) if KEY[n : n + 8].lower() in text]


def test_exhibits_of_marked_rows_are_hidden_too() -> None:
    shown([counts("cut inside")], pairs([f"The key is {KEY}, keep it."] * 5))


def test_a_masking_rule_may_be_composed() -> None:
    composed = matching(Compose(any=(Regex(r"sk-\w+"),), excepting=(Regex("sk-test"),)), "SEC901", mask=True)
    report = check([composed], pairs([f"sk-test and {KEY}"]))
    assert found(report, "SEC901") == [(0, "answer", 12, 31)]
    assert KEY not in everything(report)


def test_masking_keeps_the_length() -> None:
    assert masked("my sk-12345678 key", 0, [(3, 14)]) == "my sk••••••••• key"
    assert masked("1234 key", 10, [(3, 14)]) == "•••• key"
    assert masked("short pin", 0, [(6, 9)]) == "short •••"
    assert masked("text", 0, []) == "text"


texts = st.text(alphabet="aAbBİßſé😀•.*\\( ", max_size=16)


@settings(max_examples=300)
@given(texts, st.lists(texts, max_size=3))
def test_redacting_leaves_no_whole_secret_and_keeps_the_length(text: str, secrets: list[str]) -> None:
    hidden = redacted(text, secrets)
    assert len(hidden) == len(text)
    assert all(here == there or there == "•" for here, there in zip(text, hidden, strict=True))
    assert not [secret for secret in secrets if len(secret.strip("•")) > 2 and "•" not in secret and secret in hidden]


def test_thousands_of_secrets_in_one_row() -> None:
    keys = [f"sk-{n:012d}" for n in range(5_000)]
    other = matching(Regex(r"\w+ and"), "LEX901")
    report = check([KEYS, other], pairs([" and ".join(keys)]))
    assert len(found(report, "LEX901")) == 20
    assert "000000" not in everything(report)


def test_the_vault_keeps_the_most_frequent_secrets() -> None:
    vault = Vault()
    for n in range(30):
        rare = {at: [f"rare-{n}-{at}"] for at in range(4000)}
        vault.add(Secrets({}, {**rare, 4000: [KEY] * 3}))
    assert len(vault.counts) <= 80_001
    assert vault.hide(f"x {KEY}") == f"x {HIDDEN}"


def test_secrets_are_read_off_the_frame() -> None:
    frame = frame_of([{"answer": f"a {KEY}"}])
    secrets = Secrets.of(frame, {"SEC901": KEYS}, {"SEC901": [Hit(0, "answer", 2, 21, KEY)]})
    assert secrets.texts == {0: [KEY]}
    assert secrets.hidden(Hit(0, "answer", 0, 6, f"a {KEY[:4]}"), 200) == "a sk••"
    assert secrets.hidden(Hit(1, "answer", 0, 6, KEY), 200) == KEY
    assert secrets.hidden(Hit(0, None, evidence=f"is {KEY}"), 10) == "is sk•••••"


def test_secrets_are_hidden_when_no_rule_for_them_runs(tmp_path: Path) -> None:
    key = "AKIA" + "Q7RTX2M4ZP8LWDKE"
    rows = [
        {"question": f"Which key is number {n}?", "answer": f"Certainly! Use {key} when you sign in there."}
        for n in range(250)
    ]
    report = synlint.check(rows, select=["LEX004", "TPL001"])
    assert set(report.findings["rule"]) >= {"LEX004", "TPL001"}
    assert report.exhibits
    shown = repr(report.exhibits) + repr(report.findings.rows()) + repr(report)
    assert key.lower() not in shown.lower()


def test_secrets_are_hidden_where_their_rule_is_off_for_the_file(tmp_path: Path) -> None:
    key = "AKIA" + "Q7RTX2M4ZP8LWDKE"
    path = tmp_path / "rows.jsonl"
    path.write_text('{"question": "Which key?", "answer": "Certainly! Use ' + key + ' for it."}\n')
    report = synlint.check(path, per_file_ignores={"*.jsonl": ["SEC"]})
    assert {rule.code for rule in report.rules if rule.rows} == {"LEX004"}
    assert key not in repr(report.exhibits) + repr(report.findings.rows())


def every_key(batch: pl.DataFrame, p: Any) -> list[Hit]:
    return [
        Hit(at, "answer", found.start(), found.end(), found[0])
        for at, text in enumerate(batch["answer"].to_list())
        for found in re.finditer(r"sk-\w+", text or "")
    ]


def test_a_masking_rule_may_be_python() -> None:
    python = looking(every_key, "SEC901", mask=True, message="key {evidence!r}")
    other = matching(Regex(r"is s\w+-\w+"), "LEX901", message="seen {evidence}")
    report = check([python, other], pairs([f"{'word ' * 2000}The key is {KEY}, keep it."]))
    assert found(report, "SEC901") == [(0, "answer", 10011, 10030)]
    text = everything(report)
    assert HIDDEN in text
    assert not [n for n in range(len(KEY) - 7) if KEY[n : n + 8] in text]


def test_of_a_python_rules_secrets_twenty_are_listed_and_all_are_hidden() -> None:
    keys = [f"sk-Zq81Xw72Ue63R{n:03d}" for n in range(50)]
    report = check(
        [looking(every_key, "SEC901", mask=True), matching(Phrases(("all",)))], pairs(["all " + " ".join(keys)])
    )
    assert len(found(report, "SEC901")) == 20
    assert not [key for key in keys if key in everything(report)]


@pytest.mark.parametrize("batch_rows", [1, 100])
def test_ids_and_groups_are_hidden_too(batch_rows: int) -> None:
    rows = pairs([f"The key is {KEY}.", "The key is no secret.", f"A key: {KEY}"], source=f"from {KEY}")
    rows = [{**row, "id": f"{KEY}/{n}"} for n, row in enumerate(rows)]
    other = matching(Phrases(("key",)), "LEX901")
    read = ReadOptions(batch_rows=batch_rows, group_by="source")
    report = check([KEYS, other, counts("whole")], rows, read=read, group_by="source")
    assert report.findings["source_id"].drop_nulls().unique().sort().to_list() == [f"{HIDDEN}/{n}" for n in range(3)]
    assert set(report.findings["group"].drop_nulls()) == {f"from {HIDDEN}"}
    assert list(report.slices["source"]) == [f"from {HIDDEN}"]
    assert report.slices["source"][f"from {HIDDEN}"]["rows"] == 3
    assert KEY not in everything(report) + repr(report.slices)


def test_an_id_is_hidden_where_only_the_text_says_what_it_is() -> None:
    named = matching(Regex(r"key (\d{9})", group=1), "SEC901", mask=True)
    rows = [{"id": "no-481937261", "question": "Which?", "answer": "It is key 481937261."}]
    report = check([named], rows)
    assert report.findings["source_id"].to_list() == ["no-" + "•" * 9]


def test_groups_that_read_alike_stay_apart() -> None:
    rows = pairs(["a key"] * 4)
    rows = [{**row, "source": f"sk-Zq81Xw72Ue63Rt5{n % 2}"} for n, row in enumerate(rows)]
    report = check([KEYS], rows, read=ReadOptions(group_by="source"), group_by="source")
    assert list(report.slices["source"]) == [HIDDEN, f"{HIDDEN} (2)"]


def test_evidence_in_the_rules_own_words_keeps_its_letters() -> None:
    """Where a secret stands in the text says nothing about a sentence that a rule made."""
    frame = frame_of([{"answer": f"a {KEY}"}])
    secrets = Secrets.of(frame, {"SEC901": KEYS}, {"SEC901": [Hit(0, "answer", 2, 21, KEY)]})
    worded = "asked for a name, found none"
    assert secrets.hidden(Hit(0, "answer", 0, 21, worded), 200) == worded
    assert secrets.hidden(Hit(0, "answer", 0, 21, f"found {KEY}"), 200) == f"found {HIDDEN}"
