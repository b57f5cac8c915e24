"""A pair that another pair holds as a whole, with more around it."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.duplicates.contained import HeldParams, contained
from synlint.model import Conclusion, Example, Rule

_STORY = (
    "The ship left the harbour at dawn with a cargo of salt and sailed north along the coast until the wind fell and "
    "the crew had to wait two days for rain"
)
_MORE = (
    "Then they came home and told everybody about the long calm and the birds that had sat on every rope of the mast."
)


def _rows(*more: tuple[str, str]) -> list[dict[str, str]]:
    rows = [
        {"question": f"What became of ship {n}?", "answer": f"It sailed to port {n * 7} and stayed."} for n in range(60)
    ]
    return rows + [{"question": question, "answer": answer} for question, answer in more]


RULE = Rule(
    code="DUP006",
    name="contained-pair",
    summary="pairs are held by another pair as a whole",
    message="{evidence}",
    description=(
        "All that a pair says in question, context and answer stands in the same field of another pair, which says "
        "more: the same prompt with an answer that was cut short, or the same answer to a prompt with a preamble. "
        "What is held in a longer text has at least ten runs of five words, and all of them are there; shorter texts "
        "must be equal. Case, white space and punctuation do not count. Pairs that are nearly equal are DUP003's. The "
        "value is the share of such pairs. Any is reported as information; it is a warning from 1 % of the pairs on, "
        "and an error from 10 % on. A row is marked with the id of the pair that holds it."
    ),
    rationale=(
        "The shorter one adds nothing, and where it was cut, it teaches to stop too soon. Comparisons of whole texts "
        "miss it, because most of the longer text is not in both."
    ),
    severity="warning",
    confidence="medium",
    scope="corpus",
    fields=("answer", "question", "context"),
    min_rows=20,
    examples_match=(
        Example(rows=_rows(("Tell me a story", _STORY), ("Tell me a story", f"{_STORY}. {_MORE}")), note="cut short"),
        Example(
            rows=_rows(
                (f"Go on: {_STORY}", "Yes, of course."),
                (f"You are a helpful captain. {_MORE} Go on: {_STORY}", "Yes, of course."),
            ),
            note="a preamble",
        ),
        Example(
            rows=_rows(
                ("Tell me a story", _STORY.upper()),
                ("Tell me a story", f"{_MORE} {_STORY}."),
                ("Tell me a story", f"{_MORE} {_MORE} {_STORY}."),
            ),
            note="in two that say more, case apart",
        ),
    ),
    examples_no_match=(
        Example(
            rows=_rows(("Tell me a story", _STORY), ("Tell me a tale", f"{_STORY}. {_MORE}")), note="another prompt"
        ),
        Example(
            rows=_rows(("Is it so?", "Yes"), ("Is it so?", "Yes, it is so, because it was said before.")),
            note="too short to be held",
        ),
        Example(rows=_rows(("Tell me a story", _STORY), ("Tell me a story", _STORY)), note="equal: DUP001"),
    ),
)

Params = HeldParams

__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: HeldParams) -> Conclusion:
    return contained(state, p)
