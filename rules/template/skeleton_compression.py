"""The skeletons of answers (function words and marks) repeat each other: they compress far better than people's."""

from __future__ import annotations

from random import Random

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.compression import CompressionParams, compressible_skeletons
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_text, made_later

_FUNCTION = [
    "the",
    "a",
    "of",
    "in",
    "to",
    "and",
    "that",
    "is",
    "was",
    "it",
    "for",
    "on",
    "with",
    "as",
    "by",
    "at",
    "from",
    "they",
    "this",
    "but",
    "which",
    "or",
    "we",
    "not",
    "be",
    "are",
    "an",
]
_FORMS = (
    "The _ of the _ is a _ that was made for the _ .",
    "In the _ , there is an _ of _ , which is why it has been a _ .",
    "They would have _ it in their _ , but this was not the _ .",
)


@made_later
def _rows(forms: tuple[str, ...], rows: int) -> list[dict[str, str]]:
    """Answers of four sentences, each after one of the forms, with free words in its slots."""
    made = []
    for n in range(rows):
        chance, words = Random(n), iter(" ".join(free_text(20 * n + part) for part in range(20)).split())
        tokens = " ".join(chance.choice(forms) for _ in range(4)).split()
        made.append({"answer": " ".join(next(words) if token == "_" else token for token in tokens)})
    return made


@made_later
def _free(rows: int) -> list[dict[str, str]]:
    """Answers without a form: function words and others in no order."""
    made = []
    for n in range(rows):
        chance, words = Random(n), iter(" ".join(free_text(20 * n + part) for part in range(20)).split())
        tokens = (chance.choice(_FUNCTION) if chance.random() < 0.5 else next(words) for _ in range(70))
        made.append({"answer": " ".join(tokens)})
    return made


@made_later
def _listed() -> list[dict[str, str]]:
    return [{"answer": ", ".join(free_text(n).split())} for n in range(300)]


RULE = Rule(
    code="TPL012",
    name="skeleton-compression",
    summary="the skeletons of answers compress far better than people's",
    message=(
        "the function words and marks of the answers compress {value:.2f} times better than those of people's answers "
        "(limit {threshold:.2f}); the commonest run is {evidence!r}"
    ),
    description=(
        "Each answer becomes its skeleton: function words and marks stay (English and Chinese), every run of other "
        "words is one slot, numbers are one symbol. The skeletons of the first 80 tokens of the different answers, "
        "5,000 or 10,000 symbols in all, are compressed with zlib, and the rule fires where they compress 1.2 times "
        "better than the median human corpus's of the same length. Answers with few function words (tables, other "
        "languages) are left out, and a corpus with too little of such text is not judged. Of human-written corpora "
        "GSM8K is over the limit (1.6 times, by its annotated sums); dolly, T0, self-instruct's, PubMed and Chinese "
        "forum answers are not. Of machines: TOFU's phi 2.0, Toolformer data 1.8, GPT-3 on self-instruct prompts "
        "1.4, CodeAlpaca 1.3, as programs are built of the same lines; Alpaca and GPT-4 are not over."
    ),
    rationale=(
        "A template need not share a word of content to be one: it shows in the order of the small words. A student "
        "that sees few skeletons writes few, although every answer is about something else."
    ),
    severity="info",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("answer",),
    min_rows=50,
    examples_match=(
        Example(rows=_rows(_FORMS, 300), note="sentences of three forms"),
        Example(rows=_rows(_FORMS[:1], 200), note="of one form"),
        Example(rows=_rows(("这 是 _ 的 _ ， 我 们 可 以 在 _ 中 看 到 _ 。",), 200), note="Chinese function words"),
    ),
    examples_no_match=(
        Example(rows=_free(150), note="no form"),
        Example(rows=_rows(_FORMS, 20), note="too little text to tell"),
        Example(
            rows=_listed(),
            note="no function words",
        ),
    ),
    references=(
        (
            "Shaib et al. 2024, Standardizing the Measurement of Text Diversity",
            "https://arxiv.org/abs/2403.00553",
        ),
    ),
)


Params = CompressionParams


def conclude(state: CorpusTexts, p: CompressionParams) -> Conclusion:
    return compressible_skeletons(state, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
