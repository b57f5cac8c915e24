"""One template makes too many questions of the corpus: the same words around slots that are filled anew each time.

A generator that was asked with one prompt writes one form. A student learns the form.
"""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.verdicts import QuestionParams, common_templates
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_text, made_later


@made_later
def _rows(template: str, every: int) -> list[dict[str, str]]:
    """300 rows: every n-th question is the template with its {} filled, and the others are free."""
    rows = []
    for n in range(300):
        free = free_text(n + 1000)
        text = template.replace("{}", free_text(n), 1).replace("{}", free_text(n + 2000), 1) if n % every == 0 else free
        rows.append({"question": text, "answer": free_text(n + 3000)})
    return rows


RULE = Rule(
    code="TPL004",
    name="question-template",
    summary="many questions are one template with slots",
    message="{value:.1%} of the questions are made after {evidence!r}",
    description=(
        "The same frame of words, marks and line ends, with slots <1>, <2> between them, makes more than 10 % of the "
        "questions. Frames are not taken from a list: they are mined from the runs of tokens that stand in the same "
        "distinct texts, and the frames that save most bits are kept, so that a part of a template is not told beside "
        "it. Case, white space and numbers that change do not count; equal texts count as one text when frames are "
        "looked for, and as rows in the share. Frames of fewer than four tokens are left to the rules about openers. "
        "Rows are marked with the places of the frame's tokens. A corpus of more than 100,000 distinct texts is mined "
        "on that many of them, chosen by their hash. People have favourites too: 6 % in "
        "TruthfulQA (What happens if you), 4 % in Dolly; 41 % of Anthropic's risk questions are one form of multiple "
        "choice. Machines: all 8,000 questions of Anthropic's persona set are one template, 16 % and less in each of "
        "Toolformer's tools, half of TOFU's."
    ),
    rationale=(
        "A student model that is trained on one form writes this form, whatever it is asked; its other answers move "
        "along, and it follows instructions worse."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("question",),
    min_rows=100,
    examples_match=(
        Example(rows=_rows("Thank you for asking about {}. In short, {}. I hope that this helps!", 4), note="a fourth"),
        Example(rows=_rows("Summary:\n{}\n\nDetails:\n{}\n\nThe end.", 1), note="sections with the same heads"),
        Example(rows=_rows("这是一个关于{}的问题，请看{}谢谢大家。", 2), note="no spaces between words"),
    ),
    examples_no_match=(
        Example(rows=_rows("Thank you for asking about {}. In short, {}. I hope that this helps!", 30), note="3 %"),
        Example(rows=_rows("{} {}", 1), note="free"),
        Example(
            rows=[
                {"question": "Thank you for asking. That is all that I know.", "answer": f"Row {n}"} for n in range(300)
            ],
            note="one text over and over is a copy, and no template",
        ),
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


Params = QuestionParams


def conclude(state: CorpusTexts, p: QuestionParams) -> Conclusion:
    return common_templates(state, "question", p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
