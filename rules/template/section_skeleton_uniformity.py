"""Too many answers are built alike: introduction, list, conclusion, whatever was asked."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.skeletons import SkeletonParams, common_skeletons
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_rows, free_text, made_later

_FORMS = (
    "{}.\n\n- {}\n- {}\n\n{}.",
    "{}.\n\n{}.",
    "## {}\n\n{}.",
    "{}:\n\n```\n{}\n```",
    "{}.\n\n{}.\n\n{}.",
    "1. {}\n2. {}\n\n{}.",
    "{}:\n| {} | {} |\n|---|---|\n| {} | {} |",
    "**{}**\n\n{}.\n\n- {}",
)


def _answer(form: str, n: int) -> str:
    return form.format(*(free_text(n * 10 + slot) for slot in range(form.count("{}"))))


@made_later
def _rows(form: str, times: int) -> list[dict[str, str]]:
    """200 rows: so many answers have the form, and the others seven more in turn."""
    others = [other for other in _FORMS if other != form]
    forms = [form] * times + [others[n % len(others)] for n in range(200 - times)]
    return [
        {"question": free_text(n + 9000), "answer": _answer(each, 1000 * times + n)} for n, each in enumerate(forms)
    ]


RULE = Rule(
    code="TPL008",
    name="section-skeleton-uniformity",
    summary="many answers are built of the same sections",
    message="{value:.1%} of the answers of several sections have one skeleton: {evidence}",
    description=(
        "The blocks that an answer is made of (paragraphs, headings, lists of any length, code, tables, formulas) come "
        "in the same order in more than 40 % of the different answers that have two blocks or more; there must be at "
        "least 100 of these. Copies of an answer count once. The report also says how many skeletons there are in "
        "effect: 2 to the power of the entropy of their shares. Rows are marked where their blocks meet. People seldom "
        "write several blocks: of the human corpora Dolly alone can be judged, where the commonest skeleton (two "
        "paragraphs) has 21 % of 438 answers, and 10 skeletons are in effect. Machines: a paragraph, a list and a "
        "paragraph are 44 % of BELLE's (and without the last 36 %), four paragraphs 62 % of what GPT wrote from the "
        "first words of people's texts, six paragraphs 55 % of TOFU's; a paragraph, a list and a paragraph are 37 % of "
        "Claude's answers to AlpacaEval, 25 % of preference data, 18 % of GPT-4's answers to Alpaca. In code without "
        "fences every blank line parts two paragraphs; a skeleton of one block is not counted."
    ),
    rationale=(
        "What the sections say changes, how they follow each other does not: a student learns that every answer is an "
        "introduction, a list and a conclusion, and puts them around a single fact."
    ),
    severity="warning",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("answer",),
    min_rows=100,
    examples_match=(
        Example(rows=_rows(_FORMS[0], 200), note="all alike"),
        Example(rows=_rows(_FORMS[0], 120), note="six in ten"),
        Example(rows=_rows(_FORMS[6], 100), note="a table, in half"),
    ),
    examples_no_match=(
        Example(rows=_rows(_FORMS[0], 70), note="a third"),
        Example(
            rows=free_rows(300, answer="{}.\n{}."),
            note="one paragraph",
        ),
        Example(
            rows=free_rows(300, answer="- {}\n\n- {}"),
            note="one list",
        ),
    ),
    references=(
        (
            "Zhang et al. 2024, From Lists to Emojis: How Format Bias Affects Model Alignment",
            "https://arxiv.org/abs/2409.11704",
        ),
        (
            "Chen et al. 2024, Unveiling the Flaws: Exploring Imperfections in Synthetic Data",
            "https://arxiv.org/abs/2406.12397",
        ),
    ),
)


Params = SkeletonParams


def conclude(state: CorpusTexts, p: SkeletonParams) -> Conclusion:
    return common_skeletons(state, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
