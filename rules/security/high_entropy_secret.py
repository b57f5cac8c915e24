"""The text gives a password, token or key that looks drawn at random.

A secret that somebody uses has leaked; revoke it.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.credentials import LITERALS, assigned_secrets
from synlint.analysis.field_hits import field_hits
from synlint.model import TEXT_FIELDS, Example, Hit, Rule, Span

RULE = Rule(
    code="SEC008",
    name="high-entropy-secret",
    summary="text gives a password, token or key that looks random",
    message="password, token or key that looks random",
    description=(
        "A value that looks drawn at random is given to a name such as password, token, secret or api_key: letters and "
        "digits without words, with nearly the entropy that its length allows. Words and names with digits, "
        "placeholders, expressions, hashes, UUIDs and links are not meant, nor random strings without such a name."
    ),
    rationale=(
        "A secret that reached a training corpus has leaked, and models repeat rare strings word for word. If somebody "
        "uses it, revoke it; if it was invented, the model learns to invent credentials."
    ),
    severity="warning",
    confidence="medium",
    stability="preview",
    fields=TEXT_FIELDS,
    mask=True,
    examples_match=(
        Example(fields={"answer": 'api_key = "f7Kq29ZtX0mWc4RbJ81v"'}, span=Span(11, 31)),
        Example(fields={"context": "Wi-Fi password: vX7#q2Lm9!tK", "answer": "Use it."}, span=Span(16, 28)),
        Example(fields={"answer": "Authorization: Bearer 8d1fa0c37be94e62a5b0"}, span=Span(22, 42)),
    ),
    examples_no_match=(
        Example(fields={"answer": 'password = "Sunshine2020!" and password: pa$$w0rd1'}, note="words"),
        Example(fields={"answer": "api_key = 'YOUR_API_KEY_1234' # or os.environ['KEY'], token=xxxxxxxxxxxx1"}),
        Example(fields={"answer": "password_hash = '5f4dcc3b5aa765d61d8327deb882cf99'"}, note="a hash"),
        Example(fields={"answer": "token: 3f2a9c10-7b4e-4d21-9c3f-0a1b2c3d4e5f"}, note="a UUID"),
        Example(fields={"answer": "let token = response.data.accessToken2; password = generate_password(8)"}),
        Example(fields={"answer": "The secret is to knead it for 10 minutes."}),
    ),
    references=(
        ("Yelp/detect-secrets: high entropy strings and keyword detector", "https://github.com/Yelp/detect-secrets"),
    ),
)
KEYWORDS = dict.fromkeys(TEXT_FIELDS, LITERALS)


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    return field_hits(batch, RULE.fields, assigned_secrets)
