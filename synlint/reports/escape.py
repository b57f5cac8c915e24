"""Make text from a corpus safe for a terminal: nothing invisible, nothing that moves the cursor or reorders letters."""

from __future__ import annotations

import re

_MARK = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # combining in any script

# What may not reach a terminal as it is. Joiners stay between characters of scripts (and emoji) that need them;
# variation selectors stay unless stacked, and so do combining marks up to six on one letter.
HOSTILE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls: ESC, BEL, BS, CR, CSI ...
    "\u00ad\u034f\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0"  # invisible: soft hyphen, zero-width space, fillers ...
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidirectional controls
    "\u2028\u2029\ufff9-\ufffb"  # line and paragraph separators, interlinear marks
    "\ud800-\udfff"  # lone surrogates (file names that are not UTF-8)
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: no agreed width
    "\U000e0000-\U000e0fff"  # tags and supplementary variation selectors: they can smuggle text
    "]"
    "|(?<![^\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff])"
    "|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]"
    f"|(?<=[{_MARK}]{{6}})[{_MARK}]"
)

_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def spell(character: str) -> str:
    """The escape that stands for one hostile character, as Python would write it."""
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    """`text` on one line, every hostile character spelt out."""
    if text.isascii() and text.isprintable():  # most messages: a tenth of the time
        return text
    return HOSTILE.sub(lambda match: spell(match.group()), text)


# Inside JSON the C0 controls are escaped already; these are legal there, yet a terminal would act on them.
_JSON_HOSTILE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def _json_escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD800 + ((code - 0x10000) >> 10):04x}\\u{0xDC00 + ((code - 0x10000) & 0x3FF):04x}"


def quiet_json(document: str) -> str:
    """The same JSON, with the characters a terminal would act on as `\\u` escapes (they only occur in strings)."""
    if document.isascii() and "\x7f" not in document:
        return document
    return _JSON_HOSTILE.sub(_json_escape, document)
