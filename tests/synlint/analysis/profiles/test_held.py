"""The profile of a rule: given, or made of the rows of its examples when it is asked for."""

from __future__ import annotations

from synlint.analysis.profiles.held import Held
from synlint.analysis.profiles.profile import Profile
from tests.synlint.analysis.profiles.made import state_of, texts


def test_a_profile_is_itself() -> None:
    profile = Profile.of(state_of(texts(1, 20)))
    assert Held(profile).profile is profile


def test_rows_are_a_profile_of_no_language_made_once() -> None:
    held = Held([{"question": "Who?", "answer": "Nobody."}, {"answer": "Somebody."}])
    assert held.profile is held.profile
    assert (held.profile.rows, held.profile.language) == (2, "")
    assert held.profile.fields["answer"].texts == 2 and held.profile.fields["question"].texts == 1
