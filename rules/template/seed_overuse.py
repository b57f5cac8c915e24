"""A few names are in too many questions: the generator was given a short list of seeds, or always takes the same."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.seeds import SeedParams, overused_seeds
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_rows, free_text, made_later

_SEEDS = ("Arvenholt", "Bree Tolomay", "Cassik", "Dorwen Vale", "Estrid", "Fennick", "Gallowmere", "Hestrine")


@made_later
def _rows(times: int, others: int, form: str = "So what did {} say of {}?") -> list[dict[str, str]]:
    """Questions about one of eight names, so many times, and about names of their own."""
    own = [free_text(n + 7000).split()[0].capitalize() + f"{n % 7 * 'a'}l" for n in range(others)]
    names = [_SEEDS[n % len(_SEEDS)] for n in range(times)] + own
    return [{"question": form.format(name, free_text(n)), "answer": free_text(n + 900)} for n, name in enumerate(names)]


RULE = Rule(
    code="TPL014",
    name="seed-overuse",
    summary="a few names are in most questions",
    message="ten names are in {value:.0%} of the different questions that name anything: {evidence}",
    description=(
        "A name is a word with a capital behind another word of its sentence that the corpus hardly ever writes "
        "without one. The ten commonest names are in more than half of the different questions that name anything, "
        "100 of which are needed. A name that more than half of them have belongs to a frame, and is no seed. In "
        "human-written corpora the ten commonest are in 9 % (GSM8K) to 45 % of such questions (those about risks of "
        "AI). Over the limit are TOFU (66 %, its invented authors), CodeAlpaca (86 %, programming languages), "
        "Toolformer data (72 %) and persona statements (93 %). Names at the beginning of a sentence do not count, "
        "and scripts without capitals have none. A corpus about one field has few names for good reason, so this is "
        "information."
    ),
    rationale=(
        "Questions that are made from a short list of seeds teach a student those people and places, and nothing of "
        "any other; an evaluation set from the same list then flatters it."
    ),
    severity="info",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("question",),
    min_rows=100,
    examples_match=(
        Example(rows=_rows(300, 0), note="eight names"),
        Example(rows=_rows(300, 60), note="in five of six"),
        Example(rows=_rows(300, 0, "The book by {} is about {}."), note="no question mark"),
    ),
    examples_no_match=(
        Example(rows=_rows(40, 100), note="in two of seven"),
        Example(rows=free_rows(300, question="What is {}?"), note="no names"),
        Example(rows=_rows(90, 0), note="too few questions to tell"),
    ),
    references=(
        (
            "Wang et al. 2023, Self-Instruct: Aligning Language Models with Self-Generated Instructions",
            "https://arxiv.org/abs/2212.10560",
        ),
    ),
)


Params = SeedParams


def conclude(state: CorpusTexts, p: SeedParams) -> Conclusion:
    return overused_seeds(state, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
