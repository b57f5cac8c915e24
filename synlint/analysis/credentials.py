"""Values that are assigned to a name such as password or api_key, and that look drawn at random."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from synlint.analysis.random_strings import looks_random
from synlint.model import Span

LITERALS = (
    *("password", "passwd", "passphrase", "pass phrase", "pwd", "secret", "token", "api_key", "apikey", "api-key"),
    *("api key", "access_key", "access key", "accesskey", "access-key", "auth_key", "authkey", "private_key"),
    *("encryption_key", "encryption key", "signing_key", "account_key", "accountkey", "license_key", "license key"),
    *("credential", "bearer ", "authorization", "密码", "密钥"),
)
_NAME = (
    r"(?:api|access|auth|private|encryption|signing|account|license)[ _-]?key|secret|token|passw(?:or)?d|passwd|pwd"
    r"|pass ?phrase|credential|bearer|authorization|密码|密钥"
)
# name, up to a few more letters of it (password1, secret_key_base), a sign of assignment, and perhaps quotes.
_ASSIGNED = re.compile(
    rf"(?:{_NAME})(?P<rest>[\w-]{{0,16}})[\"'`\])]{{0,2}}[ \t]{{0,3}}(?::=|=>|={{1,3}}|:|：|\bis\b|[ \t])[ \t]{{0,3}}"
    r"(?:(?:bearer|basic|token)[ \t]{1,3})?[\"'`]?"
    r"(?P<value>[!#-&*-+./0-9:=?@A-Z\\^_a-z|~-]{8,200})(?P<after>.?)",
    re.IGNORECASE,
)
_CHECKED = 2_000  # values of one text that are looked at; further ones count by their form alone
_HASHED = re.compile(
    r"hash|digest|checksum|md5|sha\d|salt|enc(?:rypted)?_|encrypted|label|placeholder|field|input|length|count", re.I
)
_CODE = re.compile(r"://|^[/.~$%@#\\]|\.(?:get|env|environ|value|password|config|com|org|json|txt|py|js)\b|->|::|==|\(")


def assigned_secrets(text: str) -> Iterator[Span]:
    """Spans of the values, without quotes: long enough, with letters and digits, and random by `looks_random`.

    Hashes, UUIDs, placeholders, expressions and links are left out.
    """
    for number, found in enumerate(_ASSIGNED.finditer(text)):
        if found["after"] in ("(", "[", "{", "<"):  # a call, an index, a template
            continue
        value = found["value"].rstrip(".!?:*_|\\&")
        named = text[max(found.start() - 12, 0) : found.start()] + found["rest"]
        if _HASHED.search(named) or _CODE.search(value):
            continue
        if number > _CHECKED or _looks_random(value):
            yield Span(found.start("value"), found.start("value") + len(value))


_looks_random = lru_cache(maxsize=4096)(looks_random)
