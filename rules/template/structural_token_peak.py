"""Every answer has the same share of marks and line ends: text made to one measure."""

from __future__ import annotations

from random import Random

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.structure import PeakParams, peaked_structure
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_rows, free_text, made_later

_SEPARATORS = (", ", "; ", "\n", ". ")


def _text(n: int, lengths: list[int], separator: str) -> str:
    """Runs of so many free words."""
    words = iter(" ".join(free_text(20 * n + part) for part in range(20)).split())
    return separator.join(" ".join(next(words) for _ in range(length)) for length in lengths)


@made_later
def _even(separator: str) -> list[dict[str, str]]:
    """300 answers with a mark after every six to ten words."""
    chance = Random(separator)
    return [{"answer": _text(n, [chance.randint(6, 10) for _ in range(9)], separator)} for n in range(300)]


@made_later
def _uneven(size: int) -> list[dict[str, str]]:
    """Answers each of which has its own rhythm, from a mark every third word to one in twenty."""
    chance = Random(size)
    rows = []
    for n in range(size):
        mean = chance.randint(4, 20)
        lengths = [chance.randint(mean - 1, mean + 1) for _ in range(90 // mean)]
        rows.append({"answer": _text(n + 5000, lengths, chance.choice(_SEPARATORS))})
    return rows


RULE = Rule(
    code="TPL011",
    name="structural-token-peak",
    summary="the share of marks hardly varies between answers",
    message=(
        "half of the answers have {evidence} marks and line ends among their first 50 tokens: they vary {value:.1f} "
        "times less than answers that people wrote"
    ),
    description=(
        "Of each different answer of 50 tokens or more, the marks and line ends among the first 50 are counted. "
        "Their standard deviation, over that of as many marks thrown at random, is compared with the median human "
        "corpus's in a sample of the same size (100 or 200 answers): the rule fires where it is 1.35 times less. Of "
        "human-written corpora GSM8K is over the limit (its sums all look alike, 1.4 times less), five are not. Of "
        "machines: TOFU's phi 2.4 times less, ChatGPT on TruthfulQA 2.0 and in Chinese 2.2, alpaca-libre 1.6, GPT "
        "on PubMed questions 1.4; Alpaca, AlpacaEval and GPT-4 vary like people and are not over. One measure that "
        "all answers keep is what the peaks in the token frequencies of synthetic data come from."
    ),
    rationale=(
        "How often a text stops for a comma, a colon, a bullet or a new line depends on what it says. Where it does "
        "not, the generator fills in a form, and a student learns the form first: its most frequent tokens."
    ),
    severity="info",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("answer",),
    min_rows=100,
    examples_match=(
        Example(rows=_even(", "), note="a comma every eight words"),
        Example(rows=_even("\n"), note="lines of one length"),
        Example(rows=_even(". "), note="sentences of one length"),
    ),
    examples_no_match=(
        Example(rows=_uneven(120), note="each its own rhythm"),
        Example(
            rows=free_rows(300, answer="{}, {}."),
            note="short answers",
        ),
        Example(rows=made_later(lambda: _even(", ")[:80])(), note="too few to tell"),
    ),
    references=(
        (
            "Chen et al. 2024, Unveiling the Flaws: Exploring Imperfections in Synthetic Data",
            "https://arxiv.org/abs/2406.12397",
        ),
    ),
)


Params = PeakParams


def conclude(state: CorpusTexts, p: PeakParams) -> Conclusion:
    return peaked_structure(state, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
