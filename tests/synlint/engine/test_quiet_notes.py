"""Notes on entries that are needed no more: told when they can be known, and only then."""

from __future__ import annotations

from typing import Any

import pytest

import synlint
from synlint.rulebook.matchers.phrases import Phrases
from synlint.suppressions.baseline import Baseline, CorpusEntry, baseline_of
from tests.synlint.making import check, matching, pairs

WORD = matching(Phrases(("word",)), "LEX901")
OLD = pairs(["a word", "this word", "that word"])
KNOWN = baseline_of(check([WORD], OLD), "known.json")


def notes(rows: list[dict[str, Any]], baseline: Baseline = KNOWN, **options: Any) -> str:
    return "\n".join(check([WORD], rows, baseline=baseline, **options).notes)


def test_what_occurs_no_more_is_counted() -> None:
    assert "no more" not in notes(OLD)
    assert "1 entry of the baseline occurs no more: 'synlint baseline prune'" in notes(OLD[:2])
    assert "2 entries of the baseline occur no more" in notes(OLD[:1])


def test_another_corpus_is_recognised() -> None:
    other = [{"question": "other", "answer": "a word"}]
    assert "nothing in the baseline known.json occurs here: is it of another corpus?" in notes(other)
    assert "another corpus" not in notes(other, Baseline("empty", {}, {}))
    assert "3 entries of the baseline occur no more" in notes(pairs(["x"])), "all is mended"


def silent(**changes: Any) -> Baseline:
    given = {"texts": KNOWN.texts, "corpus": KNOWN.corpus, "files": KNOWN.files, **changes}
    return Baseline("known.json", **given)


@pytest.mark.parametrize(
    ("baseline", "options"),
    [
        (silent(files=2), {}),  # a part of the corpus was checked
        (silent(texts={"LEX999": frozenset({"a" * 16})}), {}),  # its rule did not run
        (silent(texts={}, corpus={"a" * 16: CorpusEntry("TPL999", 1, 0.5, 9)}), {}),
        (KNOWN, {"sample": 0.5}),
        (KNOWN, {"per_source_ignores": {"x": frozenset({"LEX901"})}}),
        (KNOWN, {"per_file_ignores": {"x": frozenset({"LEX901"})}}),
    ],
)
def test_nothing_is_said_that_cannot_be_known(baseline: Baseline, options: dict[str, Any]) -> None:
    said = notes(pairs(["x"]), baseline, **options)
    assert "no more" not in said and "another corpus" not in said


def test_rows_fed_one_by_one_are_never_all(tmp_path: Any) -> None:
    from synlint.suppressions.baseline_file import write_baseline

    path = str(tmp_path / "known.json")
    report = synlint.check([{"question": "q", "answer": "As an AI language model, I say."}])
    write_baseline(baseline_of(report), path)
    linter = synlint.Linter(baseline=path)
    assert not linter.add(question="q", answer="As an AI language model, I say.").findings
    assert linter.add(question="new", answer="As an AI language model, I say.").findings
    report = linter.report()
    assert report.known.baseline == 1 and not [note for note in report.notes if "no more" in note]
    assert not len(synlint.check([{"question": "q", "answer": "As an AI language model, I say."}], baseline=path).store)
