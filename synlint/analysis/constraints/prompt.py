"""A question as recognisers see it: what is quoted or is material to work on is masked, at unchanged offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from synlint.analysis.number_words import NUMBER_WORDS
from synlint.model import Span

LOOKED_AT = 8_000  # characters: instructions stand at the beginning, and before or after short material
MASK = "¤"  # stands for each character of a quotation or of material
QUOTED = rf"[\"']{MASK}+[\"']"  # a quotation in the masked text


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, which spaces part."""
    return frozenset(text.split())


# Quotations: straight, curly, and single quotes that are no apostrophes. Bounded, so that a stray quote costs little.
_QUOTE = re.compile(
    r"\"([^\"]{1,3000}?)\"|[“”]([^“”\"]{1,3000}?)[”\"]|(?<!\w)'([^'\n]{1,80}(?:'\w[^'\n]{0,80})?)'(?!\w)"
    r"|‘([^’\n]{1,120}(?:’\w[^’\n]{0,80})?)’(?!\w)"
)
_QUOTE_MARKS = re.compile("[\"'“”‘]")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")  # so that the patterns of recognisers need to know one kind
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
# "the following text: ..." and "Hint: ..." announce material; "the following words: ..." announces a demand.
_ANNOUNCED = re.compile(
    r"\b(?:following|this|these|below|given|attached)\b(?P<what>[^.\n:]{0,80}):|"
    r"^[ \t]*(?:input|text|passage|article|paragraphs?|sentences?|context|story|document|question|email|review)"
    r"(?P<label>[ \t]*\d?):|^[ \t]*(?:\w+ )?examples?[ \t]*\d?:"
    r"|\b(?:hints?|clues?|explanations?|here(?: is|'s) why|an example)[ \t]*\d?:",
    re.IGNORECASE | re.MULTILINE,
)
_NO_MATERIAL = re.compile(
    r"\b(?:words?|key ?words?|phrases?|terms?|options?|formats?|forms?|constraints?|requirements?|criteria|rules?"
    r"|guidelines?|instructions?|choices|answers?|conditions?|syntax|letters?|like)\b[^:]{0,40}\Z",
    re.IGNORECASE,
)
# After the material, on its line or in its block, the question may speak again.
_SPEAKS = re.compile(
    r"(?<=[.!?\")\n] )(?:Your|Please|Make sure|Do not|Don't|Use|Include|In your|Additionally|Also,|Answer"
    r"|Respond|Write"
    r"|The (?:entire )?(?:response|answer|output|summary))\b|^(?:Your|Please|Make sure|Do not|Don't|Use"
    r"|Include|In your"
    r"|Additionally|Avoid|Answer|Respond|The (?:entire )?(?:response|answer|output))\b",
    re.MULTILINE,
)
_ON_LINE = re.compile(r"[ \t]*[^\s]")
_BLOCK = re.compile(r"[ \t]*(?:\n\s*)?(?:[^\n]+(?:\n[^\n]+)*)?")
_LINE = re.compile(r"[^\n]*")
_CODE = re.compile(
    r"\b(?:write|create|generate|build|develop|implement|construct|design|make|code|edit|modify|complete|debug|fix"
    r"|convert|refactor)\b[^.?!\n]{0,60}\b(?:functions?|programs?|scripts?|quer(?:y|ies)|regex(?:es)?"
    r"|reg(?:ular|exp?)"
    r" ?exp\w*|code|algorithms?|class|method|sql|python|javascript|java|php|c\+\+|html|css|passwords?|passcode"
    r"|usernames?|pseudocode|expressions?)\b"
    r"|\b(?:using|in|with) (?:python|javascript|java|php|c\+\+|sql|regex|ruby|html|css|bash|regular expressions)\b"
    r"|\bpython (?:command|shell|script|code)"
)

# One of these is in whatever _CODE matches.
_CODE_WORDS = (
    *("function", "program", " script", "query", "queries", "regex", "regular", "reg ", "regexp", "code", "algorithm"),
    *(" class", "method", "sql", "python", "java", "php", "c++", "html", "css", "password", "passcode", "username"),
    *("expression", "ruby", "bash"),
)

# The text is about such texts, or a plan for one, rather than to be one.
_ABOUT = re.compile(
    r"\b(?:how to|(?:plan|tips?|ways?|steps?|methods?|advice|prompts?|instructions?|task|guide|strategy"
    r"|outline|timeline"
    r"|process|program|function|code|idea|title|topic|question|schedule)\b[^.?!\n]{0,40}\b(?:to|for|that|of"
    r"|where)\b|structure of"
    r"|how many|how long|components? of|what is|what are|is it|difference between|if (?:a|the|an))\b"
)
# One of these is in whatever _ABOUT matches: a set costs less than the pattern.
_ABOUT_WORDS = word_set(
    "how plan tip tips way ways step steps method methods advice prompt prompts instruction instructions task guide"
    " strategy outline timeline process program function code idea title topic question schedule structure component"
    " components what is difference if"
)
_LOOKS_AT = re.compile(
    r"\W*(?:please |now |then |in |on |to |for )?(?:find|identify|count|correct|compare|underline|delete"
    r"|remove|replace|insert|check|fix|select"
    r"|choose|how|what|which|where|when|who|why|rank|sort|match|spot|determine|detect|verify|calculate"
    r"|classify|is|are|does|do you|did"
    r"|would|should|highlight|are you able)\b"
)
# The answer itself is spoken of.
_RESPONSE = re.compile(r"\byour (?:entire |whole |full |final )?(?:response|answer|reply|output)\b")
_OWN = re.compile(
    r"\b(?:your|the) (?:entire |whole |full |final )?(?:response|answer|reply|output)\b|\bin (?:english|all)\b"
)
# Multiple choice: what the question speaks of is done by nobody.
_CHOICES = re.compile(r"^[ \t]*(?:choices:|options:|\(?A[).] )", re.IGNORECASE | re.MULTILINE)


_TENS = "thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: at for at, word in enumerate(NUMBER_WORDS)}
_NUMBERS |= {word: 10 * tens for tens, word in enumerate(_TENS.split(), 3)}
_NUMBERS |= {"a": 1, "an": 1, "single": 1, "once": 1, "twice": 2, "thrice": 3, "hundred": 100, "a hundred": 100}
_NUMBERS |= {"one hundred": 100, "two hundred": 200, "three hundred": 300, "five hundred": 500, "a thousand": 1000}
_WORDS = sorted(
    (word for word in _NUMBERS if word not in ("a", "an", "once", "twice", "thrice")), key=len, reverse=True
)
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6}|" + "|".join(word.replace(" ", r"[ -]") for word in _WORDS) + ")"


def number_of(text: str) -> int:
    """The number that a match of NUMBER, or "once" and the like, stands for."""
    plain = text.lower().replace(",", "").replace("-", " ").strip()
    return int(plain) if plain.isdecimal() else _NUMBERS[plain]


class Prompt:
    """A question; only its first LOOKED_AT characters are looked at.

    `text` is the part that is looked at; `masked` the same at unchanged offsets, in lower case, with straight quotation
    marks, and with the inside of quotations, code and announced material masked; `has_masks` whether anything is
    masked; `is_choice` whether it is a multiple-choice question.
    """

    __slots__ = ("_cased", "_code", "_stops", "has_masks", "is_choice", "masked", "text")

    def __init__(self, question: str) -> None:
        self.text = question[:LOOKED_AT]
        self._cased = _without_material(_straight(_without_quotations(self.text)))
        self.masked = lowered(self._cased)
        self.has_masks = MASK in self.masked
        self._code: bool | None = None
        self._stops: tuple[list[int], list[int]] | None = None
        self.is_choice = "\n" in self.text and _CHOICES.search(self.text) is not None

    @property
    def is_code(self) -> bool:
        """Whether a program, a pattern or a password is asked for: there, counts and cases are about its data."""
        if self._code is None:
            self._code = (
                any(map(self.masked.__contains__, _CODE_WORDS))
                and _CODE.search(self.masked) is not None
                and not _RESPONSE.search(self.masked)
            )
        return self._code

    def is_about(self, at: int) -> bool:
        """Whether the sentence around `at` looks at texts, or asks about them, rather than for one."""
        start, end = self.sentence(at)
        before = self.masked[max(start, at - 120) : at]
        about = not _ABOUT_WORDS.isdisjoint(before.split()) and _ABOUT.search(before) is not None
        if not about and _LOOKS_AT.match(self.masked, start) is None:
            return False
        return _OWN.search(self.masked, start, end) is None

    def quoted(self, start: int, end: int) -> list[str]:
        """The quotations that lie in this range of the text, without their quotation marks."""
        return [
            self.text[found.start() + 1 : found.end() - 1].strip() for found in _QUOTE.finditer(self.text, start, end)
        ]

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches in the masked text: where the question itself speaks."""
        return pattern.finditer(self.masked)

    def wording(self, start: int, end: int) -> tuple[str, Span]:
        """The words of the question in this range, for evidence, and the range."""
        return " ".join(self.text[start:end].split()), Span(start, end)

    def sentence(self, at: int) -> tuple[int, int]:
        """From where to where the sentence around `at` goes, by stops, question marks and line ends."""
        if self._stops is None:
            stops = [found.span() for found in _STOP.finditer(self._cased)]
            self._stops = [start for start, _ in stops], [end for _, end in stops]
        starts, ends = self._stops
        before, after = bisect_right(ends, at), bisect_left(starts, at)
        return ends[before - 1] if before else 0, starts[after] if after < len(starts) else len(self.masked)


def lowered(text: str) -> str:
    """Lower case at unchanged offsets."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one.lower()[:1] or one for one in text)


def _straight(text: str) -> str:
    return text if text.isascii() else text.translate(_STRAIGHT)


def _without_quotations(text: str) -> str:
    masked = _FENCE.sub(lambda found: _hidden(found[0]), text) if "```" in text else text
    if not _QUOTE_MARKS.search(masked):
        return masked
    return _QUOTE.sub(lambda found: found[0][0] + _hidden(found[0][1:-1]) + found[0][-1], masked)


def _without_material(masked: str) -> str:
    if ":" not in masked:
        return masked
    for found in _ANNOUNCED.finditer(masked):
        what = found["what"]
        if what is not None and _NO_MATERIAL.search(masked[max(found.start() - 25, 0) : found.end() - 1]):
            continue
        block = (_LINE if _ON_LINE.match(masked, found.end()) else _BLOCK).match(masked, found.end())
        if block is not None:
            demand = _SPEAKS.search(masked, block.start(), block.end())
            end = demand.start() if demand else block.end()
            masked = masked[: block.start()] + _hidden(masked[block.start() : end]) + masked[end:]
    return masked


# Each branch begins with a literal: such patterns are sought several times faster.
_STOP = re.compile(rf"\.(?<![A-Z].)(?=\s|\Z)|\?(?<![A-Z].)(?=\s|\Z)|!(?<![A-Z].)(?=\s|\Z)|\n\n*|{MASK}(?=[A-Z])")


def _hidden(text: str) -> str:
    return "".join(letter if letter == "\n" else MASK for letter in text)
