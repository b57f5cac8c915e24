"""What stands around a row on the screen: the bar above it, the note below it, and what is shown at the end."""

from __future__ import annotations

from synlint.reports.escape import visible
from synlint.review.desk import Desk
from synlint.review.layout import PLAIN, Line, clipped
from synlint.review.page import Subject

LOW = 16  # lines of a screen that has room for the most needful only
_NARROW = 64  # columns of a bar that has room for one count only
_SETTLED = {"accept": "you accepted it", "ignore": "you ignored it", "ignore-row": "you ignored it in its row"}


def bar(desk: Desk, subject: Subject | None, width: int) -> str:
    """`LEX014 sign-off  warning     3 of 210 of the rule   12 of 1,204`; without a subject it is the end."""
    if subject is None:
        return f"{' the end':<{width}}"
    walk, first = desk.walk, subject.first
    part = walk.stretch()
    left = f" {first['rule']} {first['name']}  {first['severity']}"
    right = f" {walk.at + 1:,} of {len(walk):,} "
    if width >= _NARROW:
        right = f"  {walk.at - part.start + 1:,} of {part.stop - part.start:,} of the rule  {right}"
    room = max(width - len(right), 0)
    return f"{left[:room]:<{room}}{right}"


def standing(desk: Desk, subject: Subject) -> str:
    """What is already known of the finding that is shown."""
    settled = desk.walk.settled()
    if settled:
        return _SETTLED[settled]
    if subject.texts is not None and desk.rows.changed(subject.first["path"]):
        return f"{visible(subject.first['path'])} has changed since the check; this row is as it was"
    counts = desk.walk.counts()
    return f"{counts['accept']:,} accepted, {counts['ignore']:,} ignored, {counts['open']:,} to go"


def end_lines(desk: Desk, width: int) -> list[Line]:
    """What came of it, and how to go on."""
    skipped = desk.walk.open_places()
    lines: list[Line] = [[(PLAIN, line)] for line in desk.summary().split("\n")]
    if skipped:
        lines += [[], [(PLAIN, f"{skipped:,} not decided on: s goes through them again")]]
    lines += [[], [(PLAIN, "b goes back, u takes the last decision back, q ends")]]
    return [clipped(line, width) for line in lines]


def body_height(height: int, head: int) -> int:
    """Lines for the row on a screen with a head of so many lines: known before the screen is laid out anew."""
    low = height < LOW
    head = min(head + (not low), int(height * 0.4))
    return max(height - 2 - head - (1 if low else 2), 1)
