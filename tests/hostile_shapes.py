"""Rows that nobody writes and somebody sends: each shape of text that has hung, crashed or misled a text tool before.

The laws that every rule must keep on them are in test_hostile_rows.py, and what each rule costs on a megabyte of
them in benchmarks/bench_hostile.py. All texts are made here, by arithmetic: nothing is random, nothing is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

Row = Mapping[str, str | None]
Shape = Callable[[int], str]  # number of characters -> a text of about as many

_WORDS = ("time", "year", "people", "way", "day", "man", "thing", "woman", "life", "child", "world", "school", "state")
_CODE = {
    "python": "def f{n}(a, b=None):\n    return [x for x in a if x != {n}]  # keep\n\n",
    "javascript": "const f{n} = async (a) => {{ const r = await fetch(`/api/${{a}}/{n}`); return r?.json() ?? [] }};\n",
    "c": '#define M{n}(x) ((x) << {n})\nint f{n}(char **p) {{ return *p && printf("%d\\n", M{n}(1)); }}\n',
    "html": '<div class="c{n}"><p>Text &amp; more &#8217; {n}</p><script>if (a < {n} && b) {{}}</script></div>\n',
    "sql": "SELECT a.id, COUNT(*) FROM t{n} AS a WHERE a.name LIKE '%x''{n}%' GROUP BY 1 HAVING COUNT(*) > {n};\n",
    "shell": "for i in $(seq 1 {n}); do echo \"${{i}}\" | sed 's/[0-9]*/{n}/g' >> out.txt 2>&1; done\n",
    "latex": "\\begin{{align}} \\frac{{{n}}}{{2}} + \\sum_{{i=0}}^{n} x_i &= \\text{{$y_{n}$}} \\\\ \\end{{align}}\n",
    "regex": "^(?:a+)+(?P<n{n}>[^\\]\\\\]*?)(?<!x)\\b{{1,{n}}}$|(.*)*\n",
    "css": ".a{n}::before {{ content: '\\201C'; margin: -{n}px; background: url(data:image/png;base64,iVBORw0) }}\n",
    "yaml": "- key{n}: &a{n}\n    <<: *a\n    list: [1, {n}, 'x: y']\n    text: |\n      line {n}\n",
}


def _tile(unit: str) -> Shape:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _count(frame: str) -> Shape:
    """`frame` with {n} = 1, 2, 3 ... until the size is reached."""

    def text(size: int) -> str:
        parts, length, n = [], 0, 0
        while length < size:
            n += 1
            parts.append(frame.format(n=n))
            length += len(parts[-1])
        return "".join(parts)[:size]

    return text


def _nested(opening: str, closing: str) -> Shape:
    return lambda size: (
        opening * (size // (len(opening) + len(closing))) + closing * (size // (len(opening) + len(closing)))
    )


def _noise(alphabet: str) -> Shape:
    """Characters of `alphabet` in an order without a period: a linear congruential generator (Numerical Recipes)."""

    def text(size: int) -> str:
        state, out = 1, []
        for _ in range(size):
            state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
            out.append(alphabet[(state >> 16) % len(alphabet)])
        return "".join(out)

    return text


def _prose(size: int) -> str:
    """Sentences of common words, none like another: what most rules take to be a real answer."""
    parts, length, n = [], 0, 0
    while length < size:
        n += 1
        words = [_WORDS[(n * k + n // k) % len(_WORDS)] for k in range(3, 12)]
        parts.append(f"The {' '.join(words)} of {n}{'.' if n % 3 else '?'}{' ' if n % 7 else chr(10) * 2}")
        length += len(parts[-1])
    return "".join(parts)[:size]


_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

SHAPES: dict[str, Shape] = {
    "one letter": _tile("a"),
    "one word without an end": _noise("abcdefghijklmnopqrstuvwxyz"),
    "base64": _noise(_BASE64),
    "hexadecimal": _noise("0123456789abcdef"),
    "digits": _noise("0123456789"),
    "zeros": _tile("0"),
    "blanks": _tile(" "),
    "line breaks": _tile("\n"),
    "blank lines of tabs": _tile(" \t\r\n"),
    "no-break spaces": _tile("\u00a0\u2003\u3000 "),
    "dots": _tile("."),
    "commas": _tile(", "),
    "dashes": _tile("-"),
    "underscores": _tile("_"),
    "asterisks": _tile("*"),
    "hash signs": _tile("#"),
    "straight quotes": _tile('"'),
    "apostrophes": _tile("'"),
    "curly quotes": _tile("“’”‘"),
    "backticks": _tile("`"),
    "backslashes": _tile("\\"),
    "less-than signs": _tile("<"),
    "greater-than signs": _tile(">"),
    "ampersands": _tile("&"),
    "dollar signs": _tile("$"),
    "at signs": _tile("@"),
    "colons and slashes": _tile("://"),
    "pipes": _tile("|"),
    "percent signs": _tile("%"),
    "equals signs": _tile("="),
    "opening braces": _tile("{"),
    "opening brackets": _tile("["),
    "opening parentheses": _tile("("),
    "nested brackets": _nested("[", "]"),
    "nested braces": _nested('{"a":', "}"),
    "nested parentheses": _nested("(", ")"),
    "nested tags": _nested("<b>", "</b>"),
    "nested quotes": _nested("> ", " "),
    "nested list": _nested("- ", ""),
    "tags that open": _count("<t{n} a='b'>"),
    "comments that open": _tile("<!-- "),
    "placeholders": _tile("{{name}} "),
    "placeholders that open": _tile("{{a"),
    "fences": _tile("```\n"),
    "fences in a line": _tile("``` "),
    "tilde fences": _tile("~~~x\n"),
    "mathematics that opens": _tile("$x "),
    "display mathematics": _tile("\\[ x \\( "),
    "LaTeX environments": _tile("\\begin{a} "),
    "sum": _tile("1+"),
    "products": _count("{n} * 2 = 4, "),
    "calculator notes": _count("<<{n}*2={n}>>{n} "),
    "equations in a row": _tile("= 1 "),
    "chain of one result": _tile("1+1="),
    "thousands": _tile("1,234,567.89 "),
    "decimal": _tile("0.1"),
    "list of 10,000 items": _count("{n}. item\n"),
    "bullets": _tile("* x\n"),
    "headers": _count("## Part {n}\n\n"),
    "table": _tile("| a | b |\n|---|---|\n"),
    "table row": _tile("| a "),
    "options": _count("A) {n}\nB) {n}\nC) yes\n"),
    "turns": _tile("User: hi\nAssistant: hi\n"),
    "questions": _tile("What? "),
    "e-mail addresses": _count("mk.olander{n}@gmail.com "),
    "almost e-mail addresses": _tile("a.b@c.d-"),
    "links": _count("https://example.org/a{n}?b=c&d={n} "),
    "IP addresses": _count("93.184.{n}.34 "),
    "almost IP addresses": _tile("1.2.3."),
    "colons and digits": _tile("1:2:"),
    "telephone numbers": _tile("(212) 684-4700 "),
    "almost telephone numbers": _tile("+1 "),
    "digit groups": _tile("4012 "),
    "account numbers": _count("DE{n} 3704 0044 0532 0130 00 "),
    "passwords": _count("password = 'q8#Zr{n}kX!t2' "),
    "almost passwords": _tile("password: "),
    "keys": _count("AKIA2E0A8F3B2{n:07d} "),
    "one word": _tile("word "),
    "words in turn": _tile("yes no "),
    "refusals": _tile("I'm sorry, but as an AI language model I cannot do that. "),
    "phrases": _tile("Certainly! I hope this helps. In conclusion, it is important to note that "),
    "capitals": _tile("NO "),
    "prose": _prose,
    "prose on one line": lambda size: _prose(size).replace("\n", " "),
    "short lines": _tile("a b\n"),
    "right to left": _tile("שלום עולם مرحبا "),
    "direction marks": _tile("\u202eabc\u202c\u200f"),
    "combining characters": _tile("e" + "\u0301" * 50),
    "zero-width characters": _tile("a\u200b\u200d\ufeff"),
    "emoji sequences": _tile("👩\u200d👩\u200d👧\u200d👦👍🏽🇩🇪"),
    "beyond the BMP": _tile("𝒳𐍈𠮷"),
    "Chinese": _tile("这家餐馆的菜很好吃，价格也不贵。"),
    "Thai": _tile("ภาษาไทยไม่มีช่องว่าง"),
    "scripts in turn": _tile("word слово 词 λέξη शब्द كلمة "),
    "scripts letter by letter": _tile("aбc中"),
    "replacement characters": _tile("\ufffd"),
    "mojibake": _tile("donâ€™t Ã© æ–‡ "),
    "escapes": _tile("\\n\\u00e9\\t"),
    "entities": _tile("&amp;lt;&#x27; "),
    "control characters": _tile("a\x07\x1b[0m\x00\x7f"),
    "noncharacters": _tile("\ufdd0\ufdd1\ufdd2\uffff"),
    "private use": _tile("\ue000\U000f0000"),
    "case that changes length": _tile("İßŉﬀǰ "),
    "special tokens": _tile("<|im_start|>[INST]</s><think>"),
    **{f"code in {language}": _count(frame) for language, frame in _CODE.items()},
}

# Questions that ask for things a rule can check, so that the rules which read a request look at the hostile answer.
REQUESTS = (
    "Answer with a JSON object in exactly 3 sentences, at most 50 words, with 5 bullet points and no commas.",
    "Write a Python function. Use all capital letters, wrap the answer in double quotation marks, end with P.S.",
    "Give 3 placeholders in square brackets, 2 paragraphs separated by ***, a title in <<double angular brackets>>, "
    "and mention the word cat at least 4 times; let the letter e appear less than 3 times.",
    "Which one is right? A) one B) two C) three D) four. Answer yes or no, in French, as an XML document or a table.",
    "Translate the passage above into German, list five reasons, and compute 12 * 31 + 4.",
)


def hostile_rows(name: str, size: int) -> list[Row]:
    """Two rows of `size` characters: one shape in every field at once, and as the answer to a question with wishes."""
    fields = ("question", "context", "answer", "system")
    everywhere: Row = dict.fromkeys(fields, SHAPES[name](size // len(fields)))
    request = REQUESTS[sorted(SHAPES).index(name) % len(REQUESTS)]
    return [everywhere, {"question": request, "context": None, "answer": SHAPES[name](size)}]


def tiled_rows(fields: Mapping[str, str | None], size: int) -> Iterator[Row]:
    """A row that a rule knows, grown: every field at once, and each by itself beside the others as they were."""
    texts = {name: text for name, text in fields.items() if text}
    grown = {name: f"{text}\n" * (size // (len(text) + 1) + 1) for name, text in texts.items()}
    yield {**fields, **{name: text[: size // len(grown)] for name, text in grown.items()}}
    for name in grown if len(grown) > 1 else ():
        yield {**fields, name: grown[name]}
