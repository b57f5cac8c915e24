"""A question of the corpus is nearly one of a benchmark or test file."""

from __future__ import annotations

from synlint.analysis.contamination.overlap import AlikeParams, nearly_copied
from synlint.analysis.contamination.reference import Reference
from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.model import Conclusion, Example, Rule

_ITEM = (
    "A farmer has twelve sheep in the east field and nine goats in the west one, and sells a third of the sheep "
    "on Monday; how many animals are left on Tuesday morning?"
)


def _rows(*questions: str) -> list[dict[str, str]]:
    rows = [
        {"question": f"What became of ship number {n}?", "answer": f"It sailed to port {n * 7}."} for n in range(30)
    ]
    return rows + [{"question": question, "answer": "17"} for question in questions]


RULE = Rule(
    code="CON004",
    name="benchmark-near-copy",
    summary="questions are nearly those of a benchmark",
    message="{evidence}",
    description=(
        "The question of a pair shares at least 80 % of its runs of five words with the question of an item in a "
        "file that `--against` names (Jaccard similarity, verified exactly), and is not the same. The value is the "
        "share of items that were found: one is a warning, 5 % are an error. Every such row is marked with the "
        "place of the item and the similarity. Without `--against` the rule does not run. Held against AlpacaEval's "
        "805 prompts it marks 43 of the 252 self-instruct prompts that people wrote, which are a source of that "
        "benchmark, and no row of other human corpora."
    ),
    rationale=(
        "Generators that were asked for new questions return benchmark questions with a word exchanged. To a model "
        "that learns them the test is no longer new."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("question",),
    examples_match=(
        Example(rows=_rows(_ITEM.replace("Tuesday morning", "Tuesday evening"))),
        Example(rows=_rows(f"{_ITEM} Explain.")),
        Example(rows=_rows(_ITEM.replace("A farmer", "The farmer")), note="another first word"),
    ),
    examples_no_match=(
        Example(rows=_rows(_ITEM), note="equal: CON002"),
        Example(rows=_rows(_ITEM.replace("sheep", "ducks").replace("goats", "geese").replace("third", "half"))),
        Example(rows=_rows("How many animals are left on Tuesday morning?"), note="a part of it"),
    ),
    references=(
        (
            "Yang et al. 2023, Rethinking Benchmark and Contamination for Language Models with Rephrased Samples",
            "https://arxiv.org/abs/2311.04850",
        ),
    ),
)
AGAINST = ({"question": _ITEM, "answer": "17"},)

Params = AlikeParams

__all__ = ["AGAINST", "RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: AlikeParams, against: Reference) -> Conclusion:
    return nearly_copied(state, p, against)
