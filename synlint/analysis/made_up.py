"""Numbers that nobody has: counted up or down, or of one repeated digit, as people write them in examples."""

from __future__ import annotations

from itertools import pairwise

_RUN = 5  # digits in a row that no number assigned by chance has often: 2 in 10,000 places
_FEW = 3  # different digits


def is_made_up(digits: str) -> bool:
    """Whether a number looks typed along the keyboard: 123-456-7890, 555-55-5555, 4321 0987, 1212 1212.

    >>> is_made_up("1234567890"), is_made_up("2126844700")
    (True, False)
    """
    if len(set(digits)) <= _FEW:
        return True
    steps = [(int(b) - int(a)) % 10 for a, b in pairwise(digits)]
    walked = sum(step in (1, 9) for step in steps)
    return walked >= 0.6 * len(steps) or _longest_run(steps) >= _RUN


def _longest_run(steps: list[int]) -> int:
    """The number of digits in the longest stretch that counts up, counts down or stands still."""
    longest, run, last = 1, 1, -1
    for step in steps:
        run = run + 1 if step == last else 2
        if step in (0, 1, 9):
            longest = max(longest, run)
        last = step
    return longest
