"""Texts of the corpus have long runs of words in common with a benchmark or test file."""

from __future__ import annotations

from synlint.analysis.contamination.overlap import RunParams, sharing_runs
from synlint.analysis.contamination.reference import Reference
from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.model import Conclusion, Example, Rule

_LONG = (
    "A farmer has twelve sheep in the east field and nine goats in the west one, and sells a third of the sheep "
    "on Monday; how many animals are left on Tuesday morning?"
)


def _rows(*answers: str) -> list[dict[str, str]]:
    rows = [
        {"question": f"What became of ship number {n}?", "answer": f"It sailed to port {n * 7}."} for n in range(30)
    ]
    return rows + [{"question": "Tell me more.", "answer": answer} for answer in answers]


RULE = Rule(
    code="CON003",
    name="benchmark-quote",
    summary="texts hold long runs of words of a benchmark",
    message="{evidence}",
    description=(
        "A question, context or answer has 13 words in a row that are in a text of a file that `--against` names, "
        "as GPT-3's authors looked for it, or more than half of the runs of eight words of one such text. A "
        "question of 6 to 12 words must be there as a whole; shorter ones are found by CON002, if they are equal. "
        "Runs that more than ten texts of the file have in common belong to its template, and do not count. Case, "
        "white space and punctuation do not matter. The value is the share of items that were found: one is a "
        "warning, 5 % are an error. Every such row is marked with the place of the item. Without `--against` the "
        "rule does not run. Held against AlpacaEval's 805 prompts it marks 210 of the 252 self-instruct prompts "
        "that people wrote, which are a source of that benchmark, and one row each of dolly and TruthfulQA."
    ),
    rationale=(
        "An item that was built into another prompt, a passage or an answer is learned all the same, and escapes a "
        "comparison of questions."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("question", "context", "answer"),
    examples_match=(
        Example(rows=_rows(f"The riddle goes: {_LONG} Nobody knew."), note="all of it"),
        Example(rows=_rows("He said twelve sheep in the east field and nine goats in the west one, and left.")),
        Example(rows=_rows("They asked: which river crosses the old town of Salzburg? I knew.")),
    ),
    examples_no_match=(
        Example(rows=_rows("A farmer has twelve sheep in the east field, and that was all."), note="nine words"),
        Example(rows=_rows("Which river crosses the old town of Passau?")),
        Example(rows=_rows("The Salzach."), note="an answer of two words"),
    ),
    references=(
        ("Brown et al. 2020, Language Models are Few-Shot Learners, appendix C", "https://arxiv.org/abs/2005.14165"),
        ("Lambert et al. 2024, Tulu 3, section 3.2", "https://arxiv.org/abs/2411.15124"),
    ),
)
AGAINST = (
    {"question": _LONG, "answer": "17"},
    {"question": "Which river crosses the old town of Salzburg?", "answer": "The Salzach."},
)

Params = RunParams

__all__ = ["AGAINST", "RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: RunParams, against: Reference) -> Conclusion:
    return sharing_runs(state, p, against)
