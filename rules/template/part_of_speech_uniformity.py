"""The parts of speech of answers follow each other in too few ways. Needs spaCy; runs on request."""

from __future__ import annotations

from random import Random

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.tag_runs import TagParams, uniform_tags
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_text, made_later

_NOUNS = [
    "river",
    "bakery",
    "engine",
    "garden",
    "window",
    "village",
    "lantern",
    "market",
    "bridge",
    "kitchen",
    "harbour",
    "meadow",
    "teacher",
    "sailor",
]
_QUALITIES = ["quiet", "narrow", "ancient", "bright", "heavy", "gentle", "modern", "rusty", "simple", "distant"]
_VERBS = ["crossed", "painted", "repaired", "followed", "measured", "visited", "lifted", "opened", "watched", "carried"]
_FORMS = (
    "The {q} {n} {v} the {q} {n}, and the {n} {v} a {n}.",
    "In the {n}, the {q} {n} {v} the {n} of the {q} {n}.",
    "A {n} {v} the {n} because the {n} was {q} and {q}.",
    "Why would the {n} have {v} it, if every {n} is {q}?",
    "Nobody {v} that {n}; still, two {n}s were {q} enough.",
    "They {v} us slowly, since our {n} had never been so {q}.",
    "{n}, {n}, {n} or {n}: which of these is {q}?",
    "Please bring the {n}! Its {q} {n} must be {v} by noon.",
    "She quickly {v} him when he said that 7 {n}s are {q}.",
    "To be {q} is easy, but being a {n} who {v} me is not.",
)


@made_later
def _rows(forms: tuple[str, ...], rows: int, sentences: int) -> list[dict[str, str]]:
    """Answers of so many sentences, each after one of the forms, with other words each time."""
    made = []
    for n in range(rows):
        chance = Random(n)
        text = " ".join(chance.choice(forms) for _ in range(sentences))
        for slot, words in (("{n}", _NOUNS), ("{q}", _QUALITIES), ("{v}", _VERBS)):
            while slot in text:
                text = text.replace(slot, chance.choice(words), 1)
        made.append({"question": free_text(n), "answer": text})
    return made


RULE = Rule(
    code="TPL015",
    name="part-of-speech-uniformity",
    summary="the parts of speech of answers follow few patterns",
    message=(
        "the parts of speech of the answers compress {value:.2f} times better than those of people's answers (limit "
        "{threshold:.2f}); the commonest run is {evidence}"
    ),
    description=(
        "spaCy tags the first 60 tokens of up to 400 different answers; 2,500 to 10,000 of the tags are compressed "
        "with zlib, and the rule fires where they compress 1.2 times better than the median human corpus's of the "
        "same length. Text without sentences (code, tables) is left out. It needs the extra nlp and a model with "
        "part-of-speech tags, and takes some seconds. No human-written corpus is over the limit (GSM8K is nearest, "
        "at 1.18). Of machines: TOFU's phi 1.6, Toolformer data 1.3, GPT-3 on self-instruct prompts 1.3 and models' "
        "GSM8K solutions 1.3; Alpaca, AlpacaEval and GPT-4 are not over."
    ),
    rationale=(
        "Syntactic templates show in the order of parts of speech even where every word differs; models repeat those "
        "of their training data far more often than people do, and a student repeats its teacher's."
    ),
    severity="info",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("answer",),
    requires=("nlp",),
    min_rows=50,
    examples_match=(
        Example(rows=_rows(_FORMS[:1], 100, 3), note="one form"),
        Example(rows=_rows(_FORMS[:2], 100, 3), note="two forms"),
        Example(rows=_rows(_FORMS[1:3], 100, 3), note="two others"),
    ),
    examples_no_match=(
        Example(rows=_rows(_FORMS[:1], 30, 3), note="too few to tell"),
        Example(rows=_rows(_FORMS[:1], 60, 1), note="too few words to tell"),
        Example(rows=[{"answer": "x = [1, 2, 3]; y[0] = x[1] + 3;"} for _ in range(100)], note="no sentences"),
    ),
    references=(
        (
            "Shaib et al. 2024, Detection and Measurement of Syntactic Templates in Generated Text",
            "https://arxiv.org/abs/2407.00211",
        ),
        (
            "Shaib et al. 2024, Standardizing the Measurement of Text Diversity",
            "https://arxiv.org/abs/2403.00553",
        ),
    ),
)


Params = TagParams


def conclude(state: CorpusTexts, p: TagParams) -> Conclusion:
    return uniform_tags(state, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
