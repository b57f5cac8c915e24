"""A template has a slot that is always filled alike: where the generator should have varied, it did not."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.verdicts import DeadParams, dead_slots
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_rows, free_text, made_later


@made_later
def _rows(form: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    """300 rows of one template whose first slot is filled with the names in turn."""
    return [
        {"question": free_text(n + 3000), "answer": form.format(names[n % len(names)], free_text(n))}
        for n in range(300)
    ]


RULE = Rule(
    code="TPL009",
    name="dead-slot",
    summary="a template's slot hardly varies",
    message="{value:.0%} of the texts of a template have the same filler: {evidence}",
    description=(
        "A template in at least 1 % of the questions or answers has a slot of words with less than one bit of entropy, "
        "measured over distinct texts, because one filler has most of them. The slots of numbers do not count. The "
        "finding is about the template; its rows are marked by the rules about templates. In "
        "human-written corpora: T0, where a few passages are asked about again and again, and the multiple choice of "
        "Anthropic's risk questions. Machines: Toolformer, CodeAlpaca, Glaive, GSM8K solutions."
    ),
    rationale=(
        "A slot that hardly varies is one more fixed part in the eyes of a student: the name, place or number that "
        "should have stood for many comes out every time."
    ),
    severity="info",
    confidence="medium",
    scope="corpus",
    fields=("answer", "question"),
    min_rows=100,
    examples_match=(
        Example(
            rows=_rows("My dear {}, what you ask is this: {}. Now, good night.", ("friend",) * 6 + ("sister",)),
            note="six of seven",
        ),
        Example(
            rows=_rows("Here in {} they say that {}, and nobody laughs.", ("Old Town",) * 4 + ("Ulm",)),
            note="four of five",
        ),
        Example(
            rows=_rows("Chapter one. A {} went out to find {} at last!", ("young knight",) * 5 + ("cook",)),
            note="a hero",
        ),
    ),
    examples_no_match=(
        Example(
            rows=_rows("Once more, {}, let me explain: {}. Or so I think.", ("friend", "sister", "uncle", "colleague")),
            note="four in turn",
        ),
        Example(rows=_rows("Well, my {}, it is like this: {}. There you are.", ("friend",)), note="no slot at all"),
        Example(rows=free_rows(300, answer="{}"), note="no template"),
    ),
    references=(
        (
            "Shaib et al. 2024, Detection and Measurement of Syntactic Templates in Generated Text",
            "https://arxiv.org/abs/2407.00211",
        ),
        (
            "Chen et al. 2024, Unveiling the Flaws: Exploring Imperfections in Synthetic Data",
            "https://arxiv.org/abs/2406.12397",
        ),
    ),
)


Params = DeadParams


def conclude(state: CorpusTexts, p: DeadParams) -> Conclusion:
    return dead_slots(state, RULE.fields, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
