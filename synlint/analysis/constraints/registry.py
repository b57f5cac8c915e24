"""The 25 types of constraints, and what a question demands.

Names and definitions after IFEval: Zhou et al. 2023, Instruction-Following Evaluation for Large Language Models,
https://arxiv.org/abs/2311.07911
"""

from __future__ import annotations

from itertools import islice

from synlint.analysis.constraints import (
    ask_form,
    ask_language,
    ask_length,
    ask_style,
    ask_words,
    check_form,
    check_length,
    check_words,
)
from synlint.analysis.constraints.model import Checker, Constraint, Demand, Kind, Recogniser
from synlint.analysis.constraints.prompt import Prompt

MAX_DEMANDS = 4  # of one type in one question
MAX_CONSTRAINTS = 12  # in one question: more is noise, and each costs a look at the answer


def _kind(id: str, definition: str, recognise: Recogniser, check: Checker, *cues: str) -> Kind:
    return Kind(id, definition, cues, recognise, check)


_ALL = (
    _kind(
        "keywords:existence", "The answer contains each of the keywords.",
        ask_words.keywords_existence, check_words.keywords_existence,
        "word", "phrase", "term", "include", "mention", "incorporate",
    ),
    _kind(
        "keywords:frequency", "A keyword occurs at least, at most or exactly so many times.",
        ask_words.keywords_frequency, check_words.keywords_frequency, " times", "once", "twice", "thrice",
    ),
    _kind(
        "keywords:forbidden_words", "None of the forbidden words occurs.",
        ask_words.forbidden_words, check_words.forbidden_words,
        "not", "n't", "n’t", "without", "avoid", "never", "refrain",
    ),
    _kind(
        "keywords:letter_frequency", "A letter occurs at least, at most or exactly so many times.",
        ask_words.letter_frequency, check_words.letter_frequency, "letter",
    ),
    _kind(
        "language:response_language", "The answer is in the language asked for.",
        ask_language.response_language, check_words.response_language,
        "in ", "using ", "only ",
    ),
    _kind(
        "length_constraints:number_sentences", "The number of sentences is within the bounds.",
        ask_length.number_sentences, check_length.number_sentences, "sentence",
    ),
    _kind(
        "length_constraints:number_paragraphs", "The number of paragraphs (or parts between ***) is within bounds.",
        ask_length.number_paragraphs, check_length.number_paragraphs, "paragraph", "***", "asterisks",
    ),
    _kind(
        "length_constraints:number_words", "The number of words is within the bounds.",
        ask_length.number_words, check_length.number_words, "word",
    ),
    _kind(
        "length_constraints:nth_paragraph_first_word", "The named paragraph, or the answer, begins as asked for.",
        ask_length.nth_paragraph_first_word, check_length.nth_paragraph_first_word, "start", "begin",
    ),
    _kind(
        "detectable_content:number_placeholders", "There are at least so many placeholders in brackets.",
        ask_form.number_placeholders, check_form.number_placeholders, "placeholder", "place holder",
    ),
    _kind(
        "detectable_content:postscript", "There is a postscript, with its marker.",
        ask_form.postscript, check_form.postscript, "postscript", "post script", "p.s", "p.p.s", "p. s",
    ),
    _kind(
        "detectable_format:number_bullet_lists", "The number of bullet points is within the bounds.",
        ask_length.number_bullet_lists, check_length.number_bullet_lists, "bullet",
    ),
    _kind(
        "detectable_format:constrained_response", "The answer is one of the options given.",
        ask_form.constrained_response, check_form.constrained_response,
        "answer", "respond", "reply", "output", "say", "choose", "one of",
    ),
    _kind(
        "detectable_format:number_highlighted_sections", "At least so many stretches are highlighted in Markdown.",
        ask_form.number_highlighted_sections, check_form.number_highlighted_sections, "highlight", "itali",
    ),
    _kind(
        "detectable_format:multiple_sections", "There are so many sections, each with the marker asked for.",
        ask_form.multiple_sections, check_form.multiple_sections, "section", "part", "chapter",
    ),
    _kind(
        "detectable_format:json_format", "The answer is JSON, or holds it.",
        ask_form.json_format, check_form.json_format, "json",
    ),
    _kind("detectable_format:title", "There is a title between << and >>.", ask_form.title, check_form.title, "title"),
    _kind(
        "combination:two_responses", "Two different responses are divided by ******.",
        ask_form.two_responses, check_form.two_responses, "******", "asterisk",
    ),
    _kind(
        "combination:repeat_prompt", "The answer begins with the request, word for word.",
        ask_form.repeat_prompt, check_form.repeat_prompt, "repeat", "copy", "restate",
    ),
    _kind(
        "startend:end_checker", "The answer ends with the phrase asked for.",
        ask_style.end_checker, check_form.end_checker,
        "end", "finish", "conclu", "close", "last", "final",
    ),
    _kind(
        "startend:quotation", "The whole answer is in quotation marks.",
        ask_style.quotation, check_form.quotation, "quot",
    ),
    _kind(
        "change_case:capital_word_frequency", "The number of words in capitals is within the bounds.",
        ask_words.capital_word_frequency, check_words.capital_word_frequency, "capital", "caps", "upper",
    ),
    _kind(
        "change_case:english_capital", "The answer is in capital letters.",
        ask_style.english_capital, check_words.english_capital, "capital", "caps", "upper",
    ),
    _kind(
        "change_case:english_lowercase", "The answer is in lower case.",
        ask_style.english_lowercase, check_words.english_lowercase,
        "lower", "capital letters", "small letters", "uppercase",
    ),
    _kind("punctuation:no_comma", "The answer has no comma.", ask_style.no_comma, check_words.no_comma, "comma"),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.id: kind for kind in _ALL}
# Each cue once, with the places in _ALL of the types that it may announce.
_CUES = tuple(
    (cue, tuple(at for at, kind in enumerate(_ALL) if cue in kind.cues))
    for cue in dict.fromkeys(cue for kind in _ALL for cue in kind.cues)
)


def constraints_of(question: str) -> tuple[Constraint, ...]:
    """The checkable constraints that a question states, in the order of KINDS and of their places; none twice.

    What is ambiguous, quoted, or said of material that the question holds, is left out.
    """
    prompt = Prompt(question)
    if prompt.is_choice:
        return ()
    lower = prompt.text.lower()
    announced = {at for cue, places in _CUES if cue in lower for at in places}
    found = [constraint for at in sorted(announced) for constraint in _demands(_ALL[at], prompt)]
    return tuple(found[:MAX_CONSTRAINTS])


def _demands(kind: Kind, prompt: Prompt) -> list[Constraint]:
    demands = list(islice(kind.recognise(prompt), MAX_DEMANDS))
    if len(demands) > 1:
        unique: dict[tuple[object, ...], Demand] = {}
        for one in demands:
            unique.setdefault((one.least, one.most, one.words, one.text, one.nth), one)
        demands = list(unique.values())
    return [Constraint(kind, demand) for demand in demands]
