"""Calculations said in words, and calculations that the question asks for and the answer only gives the result of.

`The average of 4, 6 and 11 is 8` is false by itself; `26` is false as the answer to `Calculate 2 * (9 + 3)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from synlint.analysis.arithmetic.compare import agree, exact, factor_left_out, mixed_units
from synlint.analysis.arithmetic.equations import FalseEquation, end_of, left_of
from synlint.analysis.arithmetic.parser import Parsed, parse
from synlint.analysis.arithmetic.surroundings import goes_on, spoken_about, stands_alone
from synlint.analysis.arithmetic.tokens import Token, tokens_of

_LONGEST = 4000
_NUMBER = r"-?\$?(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?"
_COUNT = r"(?:following |given |two |three |four |five )"
_BEFORE = rf"(?:the )?(?:{_COUNT}*(?:numbers?|values?|integers|list|set)\s*(?:of )?:?\s*)?"
_NEXT = rf"\s*(?:,\s*and|,|and|&|\+)\s+{_NUMBER}|\+{_NUMBER}"
_LIST = rf"{_BEFORE}[\[({{]?({_NUMBER}(?:{_NEXT}){{1,40}})[\])}}]?"
_NAME = r"(?<![\w-])(sum|total|product|average|mean|arithmetic mean|difference)\s+(?:of|between)\s+"
_IS = r"\s*(?:is|equals|is equal to|would be|will be|comes to|=)\s+(?:approximately |about |roughly |exactly )?"
_HAS_NAME = re.compile(r"\b(?:of|between)\s", re.IGNORECASE)
_NAMED = re.compile(
    rf"{_NAME}{_LIST}{_IS}({_NUMBER})(?=\s*(?:[.,;!?)]?(?:\s|$)))(?!\s*(?:/|\*|x\s?\d|\+|-|and\s+\d|to\s+\d|more|"
    rf"less|times|%))",
    re.IGNORECASE,
)
_NAMED_ASK = re.compile(rf"{_NAME}{_LIST}\s*[.?!]?\s*$", re.IGNORECASE)
_NOT_PLAIN = re.compile(
    r"(?:geometric|harmonic|weighted|moving|root|dot|cross|standard|cumulative|squared?|digit)\W*$", re.IGNORECASE
)
_ROOT = re.compile(rf"\bsquare root of ({_NUMBER}){_IS}({_NUMBER})(?=[.,;!?]?(?:\s|$))", re.IGNORECASE)

_VERB = re.compile(
    r"\b(?:calculat\w+|comput\w+|evaluat\w+|what is|what's|what does|solv\w+|how much is|work out|simplify|answer|"
    r"output|result\w*|perform|"
    r"add|subtract|multiply|divide|resolve|determine|find|sum|value|outcome|provide|return|process|execute|product|"
    r"difference|total)\b",
    re.IGNORECASE,
)
_EXACT_VERB = re.compile(
    r"\b(?:calculat\w+|comput\w+|evaluat\w+|solv\w+|subtract\w*|divi\w+|result|minus)\b", re.IGNORECASE
)
_OTHER_TASK = re.compile(
    r"\b(?:estimat\w+|round\w*|approximat\w+|binary|hex\w*|octal|bits?|bytes?|base|mod|modul\w+|remainder|convert|"
    r"rewrite|express\b|derivative|"
    r"integral|factor\w*|minimum|maximum|lowest|highest|digits?|scientific|notation|sequence|series|pattern|rate|"
    r"scale|probabilit\w+|range|"
    r"matrix|vector|date|time|how many|equations? (?:that|with|of|using)|creat\w+|generat\w+|construct|wrong|"
    r"incorrect|correct|true|false|"
    r"arrang\w+|rearrang\w+|mixed|simplest|operators?|solve for|variable|complex|formula|grade|steps|"
    r"order of operations|next)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"\s*(?:[^\d\n=]{{0,100}}?(?:\b(?:is|equals|to|be|answer)\b:?|[:=])\s*)?(\$?{_NUMBER}(?:/\d+)?%?)\s*[.!]?\s*",
    re.IGNORECASE,
)
_OPERATION = re.compile(
    r"[\d)%]\s{0,2}(?:[-+*/x×÷·^−–]|of|plus|minus|times|multiplied by|divided by)\s{0,2}[-($]{0,2}\.?\d|\)\(|\d\(|frac"
)
_MIXED_WORDS = re.compile(r"\b(?:plus|minus|times|multiplied by|divided by)\b", re.IGNORECASE)


def false_statements(answer: str, question: str, context: str = "") -> list[FalseEquation]:
    """The false results that the answer states in words, or gives to a calculation that is asked for."""
    text = answer[:_LONGEST]
    found = [*_named(text), *_stated(text)]
    if len(answer) < 200 and len(question) + len(context) < 600:
        found += _asked(answer, question, context)
    return found


def _named(text: str) -> Iterator[FalseEquation]:
    """The sum of 3 and 4 is 8."""
    if not _HAS_NAME.search(text):
        return
    for match in _NAMED.finditer(text):
        if _NOT_PLAIN.search(text[max(match.start() - 12, 0) : match.start()]):
            continue
        if "+" in match[2] and match[1].lower() not in ("sum", "total"):
            continue
        found = _judged(_formula(match[1], match[2]), match[3], match.start(), match.end(3))
        if found:
            yield found
    for match in _ROOT.finditer(text):
        root, square = match[2].replace(",", ""), match[1]
        # The root of 2 is 1.41: the square of a rounded number says nothing, so only whole roots are judged.
        if (
            "." not in root
            and "." not in square
            and (found := _judged(f"{root} * {root}", square, match.start(), match.end(2)))
        ):
            yield found


_STATED = re.compile(
    rf"[\d)%](?:[ ][a-z]{{1,12}}){{0,2}}?[ ](?:is|equals|"
    rf"is equal to)[ ](?:exactly )?({_NUMBER}%?)(?=\s*(?:[.,;!?)]?(?:\s|$)))",
    re.IGNORECASE,
)


def _stated(text: str) -> Iterator[FalseEquation]:
    """5 + 6 is 12."""
    for match in _STATED.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        start = max(line, match.start() - 120)
        tokens = tokens_of(text, start, match.end(1))
        sign = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].kind in ("is", "eq")), 0)
        left = left_of(tokens, 0, sign) if sign else None
        right = _whole(match[1]) if left and left.parsed.operators else None
        if left is None or right is None or (start > line and left.first == 0):
            continue
        if _worth_judging(left.parsed, text[tokens[left.first].start : match.start()]) and not mixed_units(
            left.parsed, right
        ):
            told = spoken_about(text, line, tokens[left.first].start, match.end(1), match.end(1) + 60)
            after = tokens_of(text, match.start(1), match.end(1) + 30)
            ends = parse(after, 0, len(after))
            if told or ends is None or ends.operators or goes_on(after, ends) or factor_left_out(left.parsed, right):
                continue
            if not agree(left.parsed, right):
                yield FalseEquation(tokens[left.first].start, match.end(1), exact(left.parsed), False)


def _worth_judging(left: Parsed, shown: str) -> bool:
    """Not a score, a date, a range or a share: 3-2 is, 9/11 is, 3/4 is."""
    if not left.operators or left.chains or left.operators <= {"-"} or left.operators <= {"/"}:
        return (
            bool(left.operators)
            and not left.chains
            and " " in shown.strip()
            and len(left.leaves) == 2
            and left.operators != {"of"}
        )
    return True


def _formula(name: str, listed: str) -> str:
    numbers = re.findall(_NUMBER, listed)
    sign = {"product": " * ", "difference": " - "}.get(name.lower(), " + ")
    joined = sign.join(f"({number})" if number.startswith("-") else number for number in numbers)
    return f"({joined}) / {len(numbers)}" if name.lower() in ("average", "mean", "arithmetic mean") else joined


def _judged(formula: str, result: str, start: int, end: int) -> FalseEquation | None:
    left, right = _whole(formula), _whole(result)
    if left is None or right is None or agree(left, right):
        return None
    if "-" in left.operators and abs(exact(left)) == abs(exact(right)):  # a difference has no sign
        return None
    if len(left.leaves) > 2 and left.operators == {"-"}:
        return None
    return FalseEquation(start, end, exact(left), False, f"{formula} = {result}" if len(formula) < 60 else "")


def _whole(text: str) -> Parsed | None:
    tokens = tokens_of(text)
    parsed = parse(tokens, 0, len(tokens), implied=True)
    return parsed if parsed and parsed.after == len(tokens) else None


def _asked(answer: str, question: str, context: str) -> Iterator[FalseEquation]:
    """A bare result to `Calculate 3 * (4 + 5)`, or to `Find the sum of 3, 4 and 5`."""
    bare = _BARE.fullmatch(answer)
    task = f"{question}\n{context}".strip()
    if bare is None or not _VERB.search(question):
        return
    named = _NAMED_ASK.search(task)
    if not (named or _OPERATION.search(task)) or _OTHER_TASK.search(task):
        return
    if named and not _NOT_PLAIN.search(task[max(named.start() - 12, 0) : named.start()]):
        formula = _formula(named[1], named[2]) if not re.search(r"\d", task[: named.start()]) else ""
    else:
        formula = _only_expression(task)
    found = _judged(formula, bare[1], bare.start(1), bare.end(1)) if formula else None
    if found:
        yield found


def _only_expression(task: str) -> str:
    """The one full expression of the task, if all numbers of the task are in it; else an empty string."""
    if not _OPERATION.search(task):
        return ""
    tokens = [token for token in tokens_of(task) if token.value not in ("=", "?", "==")]
    for first, token in enumerate(tokens):
        if token.kind not in ("num", "lp", "frac", "cur") and token.value != "-":
            continue
        parsed = parse(tokens, first, len(tokens), implied=True)
        if parsed is None or not parsed.operators or not _is_all(tokens, first, parsed):
            return ""
        formula = task[tokens[first].start : end_of(tokens, parsed)]
        return formula if _one_reading(formula, parsed, task) else ""
    return ""


def _is_all(tokens: list[Token], first: int, parsed: Parsed) -> bool:
    """Whether nothing else in the task is a part of the calculation."""
    rest = [*tokens[:first], *tokens[parsed.after :]]
    strange = any(token.kind in ("num", "op", "pow", "sup", "other", "frac", "pct", "eq", "approx") for token in rest)
    variable = any(token.kind == "word" and len(token.value) == 1 and token.value != "a" for token in rest)
    return (
        not strange
        and not variable
        and stands_alone(tokens, first)
        and not goes_on(tokens, parsed)
        and not parsed.chains
    )


def _one_reading(formula: str, parsed: Parsed, task: str) -> bool:
    """Not a range, a date or a share (5-7, 3/4), and not words whose order may be meant as they are said."""
    if len(parsed.leaves) < 2 or (_MIXED_WORDS.search(formula) and len(parsed.operators) > 1):
        return False
    if parsed.operators <= {"-"} or parsed.operators <= {"/"}:
        return bool(_EXACT_VERB.search(task)) and len(parsed.leaves) == 2
    return True
