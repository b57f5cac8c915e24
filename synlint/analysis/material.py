"""What a question says it comes with: texts and pictures that are named but not there, and answers that say so."""

from __future__ import annotations

import re

TEXT_NOUNS = (
    r"(?:news |short |blog |code |data |given |input |research |business |story )?"
    r"(?:passages?|texts?|articles?|paragraphs?|sentences?|story|stories|excerpts?|poems?|tables?|data ?sets?"
    r"|documents?"
    r"|e-?mails?|conversations?|dialogues?|essays?|reviews?|statements?|quotes?|quotations?|reports?|letters?"
    r"|scenarios?"
    r"|equations?|snippets?|code|words|lists?|phrases?|abstracts?|speech|tweets?|headlines?|recipes?|resumes?|lyrics"
    r"|customer feedback|information|items|options|numbers|prompts?|clues?|facts)"
)
MEDIA_NOUNS = (
    r"(?:[a-z]+ )?(?:pictures?|photos?|photographs?|images?|drawings?|paintings?|sketch(?:es)?|screenshots?|cartoons?"
    r"|figures?|diagrams?|illustrations?|artworks?|art ?pieces?|pieces? of art(?:work)?|audio(?: clips?| files?)?"
    r"|videos?(?: clips?)?|recordings?|sound ?clips?|music clips?|film clips?|podcasts?|comic strips?|comics?|memes?"
    r"|charts?|graphs?|maps?|logos?|flags?)"
)
# A question that offers a tool to get at the material: a call such as search(query), or the name of such a format.
TOOL_CALL = r"\w\((?:url|link|page|query|address|website)\)|\btoolformer\b"
_POINTS = r"(?:following|provided|given|attached|supplied|accompanying|above|below|enclosed)"
_AFTER = (
    r"(?:above|below|provided|given|attached|supplied|enclosed"
    r"|(?:shown|listed|presented|pictured|linked) (?:above|below|here))"
)
# What the noun only describes: the following sentence structure.
_HEAD = r"(?: (?:structure|pattern|format|fragment|pair|sample|template|title|topic)s?\b)?"
_LONGEST = 250  # characters of a question that holds no material itself

# Signs that the material stands in the question after all: quotation marks, colons, brackets, lines, code, figures.
_MATERIAL = re.compile(
    r"[\"“”„«»‘`:;(){}\[\]<>=|\n\d]|\s[-–—]\s|[-–—]\s|(?<!\w)'|'(?!\w)|\b(?:titled|entitled|called|named) "
)
# The material may also be glued to the request, by a program that left the line break out: "its genreThe sun set",
# "this sentence.The sun set", "these words.red, blue"; or follow it without a stop: "this sentence The sun set".
_GLUED = re.compile(
    r"(?<=[^\W\d_]{2})[.!?]+(?=[^\W\d_])|(?<![^\W_])[^\W\d_A-Z]{3,40}[A-Z][a-z]*\b(?! ?\()"
    r"|(?<=[a-z]{2}) (?:He|She|It|They|We|The|There|This|These|My) (?=[a-z])"
)
# After a first sentence, only an instruction may follow: anything else may be the material.
_INSTRUCTION = re.compile(
    r"(?:please |then |also |and |you |your |make |be |do |if |use |output|provid|writ|giv|explain|includ|answer|list"
    r"|creat|describ|state|name|add|return|summari|identify|ensure|limit|keep|try|for each|the (?:answer|output|summary"
    r"|response|rewritten|new))",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\bor\b|,")  # "which of the following words is a verb, run or red?"
_SENTENCE_END = re.compile(r"[.!?。？！]+\s+")
# "the given list of numbers" in a task to write a program is its parameter.
_PARAMETER = re.compile(
    r"\b(?:functions?|programs?|scripts?|algorithms?|quer(?:y|ies)|class|methods?|regex(?:es)?|regular expression"
    r"|sql|api"
    r"|html|css|javascript|python|java|c\+\+|php|ruby|app|application|command|pseudo-?code|model|classifier|formula"
    r"|steps|how (?:to|do|can|would|could|should)|design|develop|build|implement|process|system|strategy|tool|software"
    r"|machine|rubric|game|questionnaire|template|survey|program(?:me)?|pipeline|network|tree)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"\s*(?:of|by|showing|depicting|featuring|such as|like)\s")
_BLANK = re.compile(
    r"\s*[<\[({\"]*\s*(?:no[ _-]?(?:further |additional |other )?(?:input|context)s?(?: (?:is |was )?(?:required|needed"
    r"|necessary|provided|given))?|none|null|nil|empty|n/a|(?-i:NA)|not (?:applicable|required|needed)"
    r"|nothing)?\s*[>\])}\"]*[.,]?\s*",
    re.IGNORECASE,
)
_DECLINES = re.compile(
    r"\b(?:please|kindly|you(?:'ll| will)? (?:need to|must)|(?:can|could|would) you)\s+(?:please )?(?:provide|share"
    r"|send|upload"
    r"|attach|give|supply|include|specify|tell|clarify|enter|paste|describe)"
    r"|\b(?:no|without(?: an?| the| any)?) [a-z ]{0,30}(?:provided|given|attached|supplied|included|specified"
    r"|available|visible)"
    r"|(?:\bnot|n't|\bnever|\bun(?:able)?) ?(?:been |be |actually |directly |currently )?(?:provide|give|see|view"
    r"|attach|includ|suppl"
    r"|access|open|find|listen|watch|visit|able|possible|capable|complete|browse|display|have (?:access|any"
    r"|the ability|enough)"
    r"|specif|visible|available|shown|perform)"
    r"|\b(?:cannot|can't|can not|couldn't|unable to|impossible|without (?:seeing|knowing|access))\b"
    r"|\b(?:provide|share|upload|attach|send|paste) (?:me |us )?(?:with )?(?:the|your|a|an|some|more)\b"
    r"|\b(?:missing|omitted|sorry|apologi[sz]e)\b|\bno ?-?(?:in|out)put\b|\bwhich (?:text|article|passage|picture"
    r"|photo|image)\b"
    r"|\b(?:requires?|needs?|need) (?:the|an?|more|additional|further|to)\b[^.]{0,60}\b(?:image|photo|text|article"
    r"|input"
    r"|information|context|video|audio|file)",
    re.IGNORECASE,
)
_DECLINE_HEAD = 400  # characters in which an answer says that something is missing


def is_blank(text: str | None) -> bool:
    """Whether a context is absent, empty, or only says that it is empty ("No input", "<noinput>")."""
    return text is None or (len(text) <= 60 and _BLANK.fullmatch(text) is not None)


def declines(answer: str | None) -> bool:
    """Whether the answer begins by saying that something is missing or cannot be done, or asks for it."""
    return answer is not None and _DECLINES.search(answer.replace("’", "'"), 0, _DECLINE_HEAD) is not None


def reference_pattern(nouns: str) -> re.Pattern[str]:
    """ "the following NOUN", "the NOUN below" and their kin, for nouns given as a regular expression."""
    return re.compile(
        rf"\b(?:(?:the|this|these|those) )?{_POINTS} (?:(?!of\b|by\b)[a-z-]+ ){{0,2}}{nouns}\b{_HEAD}"
        rf"|\b(?:the|this|these|those) (?:[a-z-]+ )?{nouns} {_AFTER}\b"
        rf"|\baccording to the (?:passage|text|article|paragraph|excerpt|table|chart|graph)\b",
        re.IGNORECASE,
    )


def missing_reference(question: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Where a short question points at material of `pattern` that it does not hold itself; None if it may hold it.

    Offsets are characters. The question must be one instruction (or several), without quotation, colon, bracket,
    figure or line break, and without a sentence glued to it, for behind any of these the material may stand.
    """
    text = question.rstrip()
    if not text or len(text) > _LONGEST:
        return None
    found = pattern.search(text)
    if found is None or _describes(text[found.end() :]):
        return None
    if _MATERIAL.search(text.rstrip(" :.")) or _GLUED.search(text):
        return None
    if text.endswith("?") and _CHOICE.search(text, found.end()):
        return None
    start = 0
    for sentence in _SENTENCE_END.finditer(text):
        if start and not _INSTRUCTION.match(text, start):
            return None
        start = sentence.end()
    if start and not _INSTRUCTION.match(text, start) and found.start() < start:
        return None
    if re.match(r"(?:the )?(?:given|provided|supplied|below)", found[0], re.IGNORECASE) and _PARAMETER.search(text):
        return None
    return found.span()


def _describes(rest: str) -> bool:
    """Whether what follows names the thing by content, so that it can be answered without seeing it."""
    return _CONTENT.match(rest) is not None


_MEDIUM = (
    r"(?:pictures?|photos?|photographs?|images?|drawings?|videos?(?: clips?)?|audio(?: clips?| files?)?|paintings?"
    r"|songs?|music|clips?"
    r"|recordings?|screenshots?|diagrams?|charts?|graphs?|maps?|sketch(?:es)?|logos?|figures?|illustrations?"
    r"|posters?|renderings?"
    r"|collages?|graphics?|memes?|visual(?:i[sz]ation)?s?|flow ?charts?|melody|documents?|files?|web ?sites?)"
)
# "(Lyrics to a song)" leaves out words, which text can hold.
_WORDS_OF_IT = r"(?![^\n\]>)}]{0,20}\b(?:lyrics|text|articles?|poems?)\b)"
_STAND_IN = re.compile(
    rf"\s*(?:[\[<({{]\s*{_WORDS_OF_IT}"
    rf"(?:(?:please )?(?:insert|attach(?:ed)?|include|upload|output|see|link|example)(?: to)?:? )?"
    rf"(?:an? |the |your )?"
    rf"(?:[\w'’-]+ ){{0,4}}{_MEDIUM}\b[^\n\]>)}}]{{0,200}}[\])>}}])[.!]?\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:/?[a-z]+(?:\s+[a-z-]+=|\s*/?>)|!--)", re.IGNORECASE)
_BARE_TAG = re.compile(r"<(?:image|photo|video|audio|picture|img|drawing|painting|logo|song)s?>", re.IGNORECASE)


def stand_in(text: str) -> tuple[int, int] | None:
    """The span of a text that is nothing but words in brackets where a medium should be: "[Photo of a bridge]"."""
    if len(text) > 400:
        return None
    found = _STAND_IN.fullmatch(text)
    if found is None or (_TAG.match(text.strip()) and not _BARE_TAG.fullmatch(text.strip())):
        return None
    return len(text) - len(text.lstrip()), len(text.rstrip())


_LINK = re.compile(
    r"(?>(?:the link is|[^\n:/\[\]()<>]{1,40}:(?!//))\s*+)?(?>\[\w{1,20}\]:\s*+)?"  # labels
    r"(?:!?\[[^\]\n]{0,200}\]\s?(?:\[\w{1,20}\]"  # Markdown
    r"|\(\s*(?:https?://|www\.)[^()\n]{1,600}(?:\([^()\n]{0,80}\)[^()\n]{0,300})?\))"
    r"|<(?:img|image|audio|video)\b[^<>\n]{1,400}>"
    r"|[<(\[\"'“‘]{0,2}+(?:https?://|www\.)[^\s<>\"]++)"
    r"[>)\]\"'”’.,;]{0,3}+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;|&]*+(?:and\s++)?")
_LONGEST_LINKS = 2_000
_MOST_LINKS = 10


def only_links(text: str) -> tuple[int, int] | None:
    """The span of a text that is nothing but one to ten web addresses, with no more than a label before each."""
    bare = text.strip()
    if not bare or len(bare) > _LONGEST_LINKS:
        return None
    at = 0
    for _ in range(_MOST_LINKS):
        link = _LINK.match(bare, at)
        if link is None:
            return None
        if link.end() == len(bare):
            start = text.index(bare)
            return start, start + len(bare)
        between = _BETWEEN.match(bare, link.end())
        at = between.end() if between else link.end()
    return None
