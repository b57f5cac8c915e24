"""Questions of the corpus begin with some words far more often than those of the reference."""

from __future__ import annotations

from random import Random

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.profiles.openers import OpenerExcessParams, opener_excess
from synlint.analysis.profiles.profile import Profile
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_text, made_later


@made_later
def _rows(opener: str, every: int, seed: int, rows: int = 300) -> list[dict[str, str]]:
    """Rows of free text in which every n-th question begins with `opener`."""
    chance = Random(seed)
    made = []
    for n in range(rows):
        text = free_text(chance.randrange(10**6)).capitalize()
        said = f"{opener} {text}." if n % every == 0 else f"{text}."
        made.append({"question": said, "answer": free_text(chance.randrange(10**6))})
    return made


RULE = Rule(
    code="DST002",
    name="question-opener-excess",
    summary="questions begin alike far more often than the reference's",
    message="questions begin with {evidence}",
    description=(
        "For each run of one to four words that questions begin with, the share of the different questions that have "
        "it is compared with that in the reference (`--reference`: a profile, or a corpus). The rule fires where the "
        "lower bound of the difference (Newcombe's interval at four standard errors, since thousands are looked at) "
        "is above half a per cent and the share is at least twice the reference's; of an opener and a longer one that "
        "four fifths of its questions have, the longer is told, and no question counts for two. All of them together "
        "at 5 % or more are an error. Rows are marked with the words. Case and punctuation do not count, and numbers "
        "are one word. Without `--reference` the rule does not run; corpus and reference must be of one language and "
        "have 100 different questions each. Between random halves of eight corpora (at 250, 1,000 and 2,000 rows a "
        "half, six splits each) it was silent."
    ),
    rationale=(
        "A generator with a favourite first sentence teaches its students the same tic, and the first words decide the "
        "rest. What is usual depends on the kind of text: beside text of the kind that is wanted, a tic shows at a "
        "few per cent already."
    ),
    severity="warning",
    confidence="high",
    stability="preview",
    scope="corpus",
    fields=("question",),
    min_rows=100,
    examples_match=(
        Example(rows=_rows("Sure, here is", 1, 1), note="all"),
        Example(rows=_rows("Certainly!", 8, 2), note="one word, in an eighth"),
        Example(rows=_rows("Well then", 1, 6), note="five times as often as in the reference"),
    ),
    examples_no_match=(
        Example(rows=_rows("Sure, here is", 1000, 3), note="once"),
        Example(rows=_rows("Well then", 5, 4), note="as in the reference"),
        Example(rows=_rows("Sure, here is", 1, 5, rows=60), note="too few to tell"),
    ),
    references=(
        (
            "Newcombe 1998, Interval estimation for the difference between independent proportions",
            "https://pubmed.ncbi.nlm.nih.gov/9595617/",
        ),
    ),
)
REFERENCE = _rows("Well then", 5, 9, rows=600)

Params = OpenerExcessParams

__all__ = ["REFERENCE", "RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: OpenerExcessParams, reference: Profile) -> Conclusion:
    return opener_excess(state, "question", p, reference, RULE.min_rows)
