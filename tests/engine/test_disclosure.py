"""Stories of what may be published: no small group shows, neither by itself nor by difference."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.disclosure import LEAST, Published, publish

PATHS = [("tax", "file", g, k) for g, k in product(("homs", "hama"), ("paper", "money"))] + [
    ("tax", "card", "homs", "paper"),
    ("trade", "register", "homs", "paper"),
]


def groups(counts: dict[tuple[str, ...], int]) -> list[tuple[Published, set[tuple[str, ...]]]]:
    """Each published line with the cells of the table that it sums up."""
    lines = publish(counts)
    alone = {line.path for line in lines if not line.rest}
    found = []
    taken: set[tuple[str, ...]] = set()
    for line in sorted(lines, key=lambda line: -len(line.path)):
        inside = {key for key in counts if key[: len(line.path)] == line.path}
        cells = {line.path} if not line.rest else inside - taken - alone
        taken |= cells
        found.append((line, cells))
    return found


def test_a_group_of_four_is_not_shown_and_one_of_five_is() -> None:
    assert publish({("tax", "file", "homs", "paper"): 4}) == []
    assert publish({("tax", "file", "homs", "paper"): 5}) == [
        Published(("tax", "file", "homs", "paper"), 5)
    ]


def test_small_groups_are_pooled_with_their_neighbours() -> None:
    counts = {("tax", "file", "homs", "paper"): 3, ("tax", "file", "homs", "money"): 4}
    assert publish(counts) == [Published(("tax", "file", "homs"), 5, rest=True)]


def test_what_is_left_over_shows_nowhere() -> None:
    counts = {("tax", "file", "homs", "paper"): 12, ("tax", "file", "hama", "paper"): 3}
    assert publish(counts) == [Published(("tax", "file", "homs", "paper"), 10)]


def test_one_more_report_is_not_seen_the_next_day() -> None:
    path = ("tax", "file", "homs", "paper")
    assert publish({path: 11}) == publish({path: 12})


@given(st.lists(st.sampled_from(PATHS), max_size=60))
def test_no_sum_or_difference_isolates_a_small_group(reported: list[tuple[str, ...]]) -> None:
    counts = dict(Counter(reported))
    found = groups(counts)
    for line, cells in found:
        assert sum(counts[cell] for cell in cells) >= LEAST
        assert line.count % LEAST == 0
        assert 0 <= sum(counts[cell] for cell in cells) - line.count < LEAST
    for (_, first), (_, second) in combinations(found, 2):
        assert first.isdisjoint(second)
