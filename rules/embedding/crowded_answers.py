"""Answers crowd in a few places: to an encoder they are nearly the same, in whatever words."""

from __future__ import annotations

from random import Random

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.embedding.regions import RegionParams, crowded
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import made_later

_SHEEP = "the sheep on the green hill eat the fresh grass while the old shepherd and his dog watch them until evening"
_BREAD = "to bake a good loaf of bread mix flour with water salt and yeast then wait and heat the oven before you bake"


def _shuffled(text: str, rows: int) -> list[str]:
    """The words of a text in many orders."""
    found = []
    for n in range(rows):
        words = text.split()
        Random(n).shuffle(words)
        found.append(" ".join(words))
    return found


@made_later
def _rows(*texts: str) -> list[dict[str, str]]:
    return [{"answer": text} for text in texts]


_NOUNS = (
    *("river", "violin", "mortgage", "galaxy", "pepper", "goalkeeper", "hospital", "senator", "tractor", "poem"),
    *("enzyme", "cathedral", "keyboard", "volcano", "lawsuit", "wedding", "glacier", "vaccine", "sculpture", "railway"),
    *("spider", "inflation", "algebra", "curtain", "monsoon", "referee", "battery", "novel", "orchard", "submarine"),
    *("teacher", "diamond", "protein", "carnival", "treaty", "butterfly", "software", "desert", "orchestra", "tax"),
)
_FREE = ["The {} and the {} stood near the {} of my {}".format(*Random(n).sample(_NOUNS, 4)) for n in range(150)]

RULE = Rule(
    code="EMB002",
    name="crowded-answers",
    summary="many answers are nearly the same to an encoder",
    message="{value:.0%} of the different answers crowd in few places (limit {threshold:.0%}): {evidence}",
    description=(
        "Up to 5,000 different answers of four words or more are compared with each other by the bundled encoder, "
        "exactly. A region is a answer and all others with a cosine of 0.95 or more to it, at least 1 % of the "
        "different answers and five of them; the largest is taken first, and what belongs to it is not counted "
        "again. The rule fires if more than 15 % are in regions. Each region is told by the words that set it "
        "apart, and its rows are marked. Copies count once. Of eight human-written corpora none has more than 4 % "
        "in regions. TOFU's phi has 38 %, a family on a beach again and again, in whatever words; no other of 22 "
        "machine corpora is over the limit. Languages other than English are not judged; with another encoder the "
        "limits are the same, though nobody has measured them."
    ),
    rationale=(
        "Rows that say the same in other words count as many and teach as one. No comparison of words finds them; an "
        "encoder does, and tells what they are about."
    ),
    severity="warning",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("answer",),
    min_rows=100,
    examples_match=(
        Example(rows=_rows(*_FREE, *_shuffled(_SHEEP, 60)), note="one text in many orders of its words"),
        Example(rows=_rows(*_FREE, *_shuffled(_SHEEP, 25), *_shuffled(_BREAD, 25)), note="two such texts"),
        Example(rows=_rows(*_shuffled(_BREAD, 120)), note="nothing else"),
    ),
    examples_no_match=(
        Example(rows=_rows(*_FREE), note="each about something else"),
        Example(rows=_rows(*_FREE, *_shuffled(_SHEEP, 15)), note="one in eleven"),
        Example(rows=_rows(*_FREE, *[_SHEEP] * 60), note="copies are one text"),
    ),
    references=(
        (
            "Abbas et al. 2023, SemDeDup: Data-efficient learning at web-scale through semantic deduplication",
            "https://arxiv.org/abs/2303.09540",
        ),
    ),
)

Params = RegionParams


def conclude(state: CorpusTexts, p: RegionParams) -> Conclusion:
    return crowded(state, "answer", p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
