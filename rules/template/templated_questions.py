"""Too many questions follow some template, though each template may be rare.

Twenty prompts make twenty forms: no one of them stands out, and nothing is free.
"""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.verdicts import TotalParams, templated_share
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_rows, free_text, made_later

_FORMS = (
    "The short answer is that {}; the long one, that {}.",
    "Let us look at it step by step: {}. Then, {}.",
    "Pros: {}\nCons: {}\nVerdict: it depends",
    "Did you know that {}? Experts say that {}.",
    "In this case, {}, which means that {}, as always.",
)


@made_later
def _rows(forms: int, every: int) -> list[dict[str, str]]:
    """300 rows: every n-th question follows one of so many forms in turn, the others are free."""
    rows = []
    for n in range(300):
        free = free_text(n + 1000)
        form = _FORMS[n // every % forms]
        text = form.replace("{}", free_text(n), 1).replace("{}", free_text(n + 2000), 1) if n % every == 0 else free
        rows.append({"question": text, "answer": free_text(n + 3000)})
    return rows


RULE = Rule(
    code="TPL006",
    name="templated-questions",
    summary="many questions follow some template",
    message="{value:.1%} of the questions follow a template: {evidence}",
    description=(
        "More than a quarter of the questions have one of the templates that were mined from the corpus (see "
        "question-template), taken together; frames of fewer than four tokens are not counted. The report gives the "
        "number of templates, and how many there are in effect: 2 to the power of the entropy of their shares. Each "
        "row is marked with the template of the longest frame that it has. In six human-written corpora the "
        "share is 0 to 14 %; T0 (75 %) and Anthropic's risk questions (80 %) were written to a form. Machines: all of "
        "the persona set, of Toolformer and of TOFU, 31 % of risk questions that a model wrote; 9 % in Alpaca."
    ),
    rationale=(
        "What a student learns from such a corpus are its forms. Texts that all follow one of a few forms teach "
        "little more than as many examples."
    ),
    severity="warning",
    confidence="medium",
    scope="corpus",
    fields=("question",),
    min_rows=100,
    examples_match=(
        Example(rows=_rows(5, 1), note="five forms for all"),
        Example(rows=_rows(1, 1), note="one form for all"),
        Example(rows=_rows(3, 2), note="three forms for half"),
    ),
    examples_no_match=(
        Example(rows=_rows(5, 15), note="7 %"),
        Example(rows=_rows(1, 10), note="a tenth"),
        Example(rows=free_rows(300, question="{}"), note="none at all"),
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


Params = TotalParams


def conclude(state: CorpusTexts, p: TotalParams) -> Conclusion:
    return templated_share(state, "question", p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
