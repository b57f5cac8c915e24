from __future__ import annotations

from pathlib import Path

import pytest

from synlint.review.journal import Decision, Journal
from synlint.review.queue import Queue
from synlint.review.walk import Walk
from tests.synlint.review.test_queue import finding, queue


@pytest.fixture
def places(tmp_path: Path) -> Queue:
    """Six places of one rule in two files, then two of another."""
    found = [finding(n, "LEX001", 1 - n / 10, "ab"[n % 2] + ".jsonl") for n in range(6)]
    return queue(tmp_path, [*found, finding(6, "LEX002", 0.2), finding(7, "LEX002", 0.1, "c.jsonl")])


def walk(places: Queue, folder: Path, ignored: set[tuple[str, str]] | None = None) -> Walk:
    return Walk(places, Journal(folder / "review.jsonl"), ignored or set())


def test_deciding_goes_on_and_is_counted(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    made.decide("accept")
    made.skip()
    made.decide("ignore")
    assert made.at == 3 and made.counts() == {"accept": 1, "ignore": 1, "open": 6}
    assert [made.settled(at) for at in range(4)] == ["accept", "", "ignore", ""]


def test_the_next_review_goes_on_where_this_one_stopped(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    made.decide("accept")
    made.skip()
    again = walk(places, tmp_path)
    assert again.at == 2 and again.settled(0) == "accept" and again.settled(1) == ""
    made.decide("ignore")
    assert walk(places, tmp_path).at == 3
    assert walk(places, tmp_path, {made.queue.key(3)}).at == 4  # ignored by hand meanwhile


def test_what_is_taken_out_of_the_ignore_file_is_open_again(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    key = made.key
    made.decide("ignore", "no")
    assert walk(places, tmp_path, {key}).settled(0) == "ignore"
    assert walk(places, tmp_path).settled(0) == ""


def test_a_note_in_the_row_counts_for_the_run_that_found_it(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    made.decide("ignore-row", "", "a.jsonl", 1)
    assert walk(places, tmp_path).settled(0) == "ignore-row"
    places.run = "the next one"
    assert walk(places, tmp_path).settled(0) == ""


def test_back_is_the_way_one_came(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    made.decide("accept")
    made.next_rule()
    assert made.at == 6
    assert made.back() and made.at == 1
    assert made.back() and made.at == 0 and made.settled() == "accept"
    assert not made.back()
    fresh = walk(places, tmp_path)  # a new process knows no way: the place before in order
    fresh.go(4)
    fresh._been.clear()
    assert fresh.back() and fresh.at == 3


def test_back_after_taking_back_goes_on_backwards(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    for _ in range(3):
        made.decide("accept")
    last = made.last()
    assert made.at == 3 and last is not None
    made.reopen(last.key)
    assert made.at == 2
    assert made.back() and made.at == 1


def test_next_rule_and_next_file(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    assert made.next_file() and made.at == 1
    assert made.next_file() and made.at == 2
    made.next_rule()
    assert made.at == 6
    assert made.next_file() and made.at == 7
    assert not made.next_file() and made.at == 7
    made.next_rule()
    assert made.done and made.open_places() == 8
    assert not made.next_file()
    made.next_rule()
    assert made.to_first_open() and made.at == 0


def test_undo_goes_back_through_the_decisions(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    first = made.key
    made.decide("accept")
    made.decide("ignore")
    last = made.last()
    assert last is not None and last.what == "ignore"
    made.reopen(last.key)
    assert made.at == 1 and made.settled() == ""
    again = walk(places, tmp_path)  # also in the next process
    assert again.last() == Decision(first, "accept")
    again.reopen(first)
    assert again.at == 0 and again.last() is None
    assert walk(places, tmp_path).counts()["open"] == 8


def test_decisions_on_findings_that_are_gone_are_kept(places: Queue, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "review.jsonl")
    journal.decide(Decision(("LEX001", "f" * 16), "accept"))
    journal.stopped_at(("LEX001", "f" * 16))
    made = walk(places, tmp_path)
    assert made.at == 0 and made.last() is None and made.counts()["open"] == 8
    made.decide("accept")
    assert set(Journal(tmp_path / "review.jsonl").decided) == {("LEX001", "f" * 16), places.key(0)}


def test_the_end(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    for _ in range(8):
        assert not made.done
        made.decide("accept")
    assert made.done and not made.to_first_open()
    assert made.back() and made.at == 7
    assert walk(places, tmp_path).done


def test_the_list_of_rules_leads_to_what_is_open(places: Queue, tmp_path: Path) -> None:
    made = walk(places, tmp_path)
    first, second = places.stretches
    made.decide("accept")
    assert made.first_open(first) == 1
    made.go(6)
    made.decide("accept")
    made.decide("accept")
    assert made.first_open(second) == 6  # nothing is open: its beginning
