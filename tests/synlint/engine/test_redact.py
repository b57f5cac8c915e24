from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.engine.redact import BULLET, Needles, hide, lower, merged
from tests.guard import bounded

KEY = "sk-Zq81Xw72Ue63Rt54"
letters = st.text(alphabet="abcAB-İß", max_size=24)


def plainly(text: str, secrets: Sequence[str]) -> str:
    """What redacting means, secret by secret: slow, and easy to believe."""
    low = lower(text)
    shown = list(text)
    for start, end in (span for secret in {lower(s) for s in secrets if s} for span in _spans(low, secret)):
        shown[start:end] = BULLET * (end - start)
    return "".join(shown)


def _spans(text: str, secret: str) -> Iterator[tuple[int, int]]:
    keep = 2 if len(secret) >= 10 else 0
    yield from ((at + keep, at + len(secret)) for at in range(len(text)) if text.startswith(secret, at))
    if len(text) >= 6 and text != secret and text in secret:
        yield 0, len(text)
        return
    for length in range(6, min(len(secret), len(text))):
        if text.endswith(secret[:length]):
            yield len(text) - length + 2, len(text)
        if text.startswith(secret[-length:]):
            yield 0, length


@settings(max_examples=500, deadline=None)
@given(letters, st.lists(letters, max_size=4), st.data())
def test_it_is_the_plain_meaning(text: str, secrets: list[str], data: st.DataObject) -> None:
    for secret in [*secrets]:  # pieces of secrets at both ends, and inside
        cut = data.draw(st.integers(0, len(secret)))
        text = secret[cut:] + text + secret[:cut]
    assert Needles.of(secrets).redact(text) == plainly(text, secrets)


def test_whole_secrets_and_pieces_at_the_ends() -> None:
    needles = Needles.of([KEY])
    hidden = "sk" + BULLET * 17
    assert needles.redact(f"my {KEY}, {KEY.upper()}.") == f"my {hidden}, SK{BULLET * 17}."
    assert needles.redact(f"my {KEY[:9]}") == f"my sk{BULLET * 7}"
    assert needles.redact(f"{KEY[9:]} is it") == f"{BULLET * 10} is it"
    assert needles.redact(KEY[3:12]) == BULLET * 9
    assert needles.redact("nothing here") == "nothing here"


def test_no_secrets_and_empty_ones() -> None:
    assert Needles.of([]).redact("text") == "text"
    assert Needles.of([""]).redact("text") == "text"


def test_ten_thousands_of_secrets_that_begin_alike() -> None:
    """A row may hold so many, and each of its findings is searched for all of them."""
    text = "see AKIA2E0A8F3B20012345 and AKIA2E0A8F3B99999999 " * 16
    with bounded():  # to try each secret on each text would be 250 million searches: minutes
        needles = Needles.of(f"AKIA2E0A8F3B2{n:07d}" for n in range(50_000))
        for _ in range(5_000):
            shown = needles.redact(text)
    assert shown == f"see AK{BULLET * 18} and AKIA2E0A8F3B99999999 " * 16


def test_intervals_are_joined_and_cut_to_the_text() -> None:
    assert merged([(5, 9), (0, 2), (8, 12), (3, 3), (2, 4)]) == [(0, 4), (5, 12)]
    assert hide("0123456789", [(12, 14), (17, 40)], offset=10) == f"01{BULLET * 2}456{BULLET * 3}"
    assert hide("0123", [(0, 2), (90, 95)], offset=50) == "0123"
    assert hide("0123", [(0, 52)], offset=50) == f"{BULLET * 2}23"


def test_lower_case_keeps_the_length() -> None:
    assert lower("İX") == "İx"
