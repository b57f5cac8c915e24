"""Pairs that are nearly the same: most of what one says, in the same words, the other says too."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.duplicates.alike import NearParams, near_copies
from synlint.model import Conclusion, Example, Rule

_WORDS = (
    *("river", "stone", "window", "garden", "letter", "winter", "market", "bottle", "orange", "candle", "silver"),
    *("pocket", "mirror", "thunder", "village", "ladder", "copper", "feather", "harbour", "blanket", "meadow"),
    *("lantern", "engine", "basket", "island", "whistle", "shadow", "anchor", "pepper", "timber"),
)


def _text(n: int, words: int) -> str:
    """Words in an order of their own for every n."""
    state, chosen = n * 7919 + 17, []
    for _ in range(words):
        state = (state * 48271 + 11) % 2147483647
        chosen.append(_WORDS[state % len(_WORDS)])
    return " ".join(chosen)


def _rows(*more: tuple[str, str]) -> list[dict[str, str]]:
    rows = [{"question": f"Say {_text(n, 8)}", "answer": _text(n + 500, 60)} for n in range(100)]
    return rows + [{"question": question, "answer": answer} for question, answer in more]


def _changed(text: str, at: int) -> str:
    """The text with another word at one place."""
    words = text.split(" ")
    return " ".join([*words[:at], "something", *words[at + 1 :]])


RULE = Rule(
    code="DUP003",
    name="near-duplicate",
    summary="pairs are nearly the same as another",
    message="{evidence}",
    description=(
        "Question, context and answer of a pair each share at least 80 % of their runs of five words with those of "
        "another pair (Jaccard similarity of word 5-grams; of five letters in scripts without spaces). A field of "
        "fewer than five words must be equal. Case, white space and punctuation do not count. Candidates are found by "
        "MinHash, 126 permutations in 21 bands of 6, and every one is verified exactly, in each field; so pairs that "
        "have only a passage, a system prompt or an answer in common are none. A group is made of one pair and those "
        "that are nearly that one, never of a chain in which the first and the last are strangers. The value is the "
        "share of pairs that a group has beside the one that stands for it. What belongs to a template (see "
        "TPL003) does not count, so rows that have only the template in common are not alike, and one example in two "
        "templates is: 53 % of T0's rows are such, since people put each example into several. Any is reported as "
        "information; it is a warning from 1 % of the pairs on, and an error from 10 % on."
    ),
    rationale=(
        "Rewrites that change a word or two teach nothing new and weigh as much as a new pair: the model learns the "
        "few by heart and sees less of the rest. Split between training and test, they make the test too easy."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("answer", "question", "context"),
    min_rows=20,
    examples_match=(
        Example(rows=_rows((f"Say {_text(3, 8)}", _changed(_text(503, 60), 2))), note="a word of sixty"),
        Example(
            rows=_rows(*((f"Say {_text(n, 8)}", _changed(_text(n + 500, 60), 58)) for n in range(50))),
            note="half the corpus once more",
        ),
        Example(rows=_rows((f"Say {_text(9, 8)}", f"{_text(509, 60)} and so on")), note="a longer end"),
    ),
    examples_no_match=(
        Example(rows=_rows()),
        Example(rows=_rows((f"Tell me {_text(903, 8)}", _text(503, 60))), note="one answer, another question"),
        Example(rows=_rows((f"Say {_text(3, 8)}", _text(3, 60))), note="one question, another answer"),
    ),
    references=(
        (
            "Broder 1997, On the resemblance and containment of documents",
            "https://doi.org/10.1109/SEQUEN.1997.666900",
        ),
        (
            "Lee et al. 2022, Deduplicating Training Data Makes Language Models Better",
            "https://arxiv.org/abs/2107.06499",
        ),
    ),
)

Params = NearParams

__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: NearParams) -> Conclusion:
    return near_copies(state, p)
