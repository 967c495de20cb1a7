"""The chain as plain rows: it holds as written, and whatever is done to it is found and named."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dotpha.core.audit import body_of
from dotpha.core.chain import FIELDS, GENESIS, SEPARATOR, Break, Fault, Row, digest_of, explain, walk
from dotpha.core.models import AuditEvent

few = settings(max_examples=30, deadline=None)  # a busy machine is no failure


def body(number: int, said: str) -> bytes:
    return f"{number}{SEPARATOR}{said}".encode()


def chain(length: int) -> list[Row]:
    rows: list[Row] = []
    before = GENESIS
    for number in range(1, length + 1):
        before = digest_of(before.encode(), body(number, f"việc {number}"))
        rows.append((number, before.encode(), body(number, f"việc {number}")))
    return rows


def renumbered(row: Row, number: int) -> Row:
    return number, row[1], str(number).encode() + row[2][len(str(row[0])) :]


def verdict(rows: list[Row]) -> Break | None:
    rows = sorted(rows, key=lambda row: row[0])
    walked = walk(rows, before=GENESIS.encode(), number=0)
    if not walked.is_broken:
        return None
    return explain(walked, lambda first: (row for row in rows if row[0] >= first or first <= 1))


@few
@given(st.integers(0, 30))
def test_a_trail_as_written_holds_to_its_end(length) -> None:
    walked = walk(chain(length), before=GENESIS.encode(), number=0)
    assert (walked.number, walked.is_broken) == (length, False)


@few
@given(st.data())
def test_a_changed_row_is_named(data) -> None:
    rows = chain(data.draw(st.integers(1, 20)))
    at = data.draw(st.integers(1, len(rows)))
    rows[at - 1] = (at, rows[at - 1][1], body(at, "việc khác"))
    assert verdict(rows) == Break(Fault.CHANGED, at, at)


@few
@given(st.data())
def test_a_changed_digest_is_named(data) -> None:
    rows = chain(data.draw(st.integers(2, 20)))
    at = data.draw(st.integers(1, len(rows) - 1))
    rows[at - 1] = (at, b"f" * 64, rows[at - 1][2])
    assert verdict(rows) == Break(Fault.DIGEST, at, at)


@few
@given(st.data())
def test_a_row_rewritten_with_a_digest_that_fits_it_is_named(data) -> None:
    rows = chain(data.draw(st.integers(2, 20)))
    at = data.draw(st.integers(1, len(rows) - 1))
    before = rows[at - 2][1] if at > 1 else GENESIS.encode()
    said = body(at, "việc khác")
    rows[at - 1] = (at, digest_of(before, said).encode(), said)
    found = verdict(rows)
    assert found is not None and found.number in (at, at + 1)


@few
@given(st.data())
def test_removed_rows_are_named_by_their_numbers(data) -> None:
    rows = chain(data.draw(st.integers(2, 20)))
    first = data.draw(st.integers(1, len(rows) - 1))
    last = data.draw(st.integers(first, len(rows) - 1))
    assert verdict(rows[: first - 1] + rows[last:]) == Break(Fault.MISSING, first, last)


@few
@given(st.data())
def test_removed_rows_are_named_even_when_the_rest_is_numbered_again(data) -> None:
    rows = chain(data.draw(st.integers(4, 20)))
    first = data.draw(st.integers(1, len(rows) - 2))
    last = data.draw(st.integers(first, len(rows) - 2))
    closed = [renumbered(row, row[0] - (last - first + 1)) for row in rows[last:]]
    assert verdict(rows[: first - 1] + closed) == Break(Fault.MISSING, first, last)


@few
@given(st.data())
def test_an_inserted_row_is_named(data) -> None:
    rows = chain(data.draw(st.integers(1, 20)))
    at = data.draw(st.integers(1, len(rows)))
    pushed = [renumbered(row, row[0] + 1) for row in rows[at - 1 :]]
    assert verdict([*rows[: at - 1], (at, b"e" * 64, body(at, "việc thêm")), *pushed]) == Break(Fault.INSERTED, at, at)


@few
@given(st.data())
def test_an_inserted_row_with_a_digest_that_fits_is_named(data) -> None:
    rows = chain(data.draw(st.integers(2, 20)))
    at = data.draw(st.integers(1, len(rows) - 1))
    before = rows[at - 2][1] if at > 1 else GENESIS.encode()
    said = body(at, "việc thêm")
    pushed = [renumbered(row, row[0] + 1) for row in rows[at - 1 :]]
    assert verdict([*rows[: at - 1], (at, digest_of(before, said).encode(), said), *pushed]) == Break(
        Fault.INSERTED, at, at
    )


@few
@given(st.data())
def test_an_inserted_row_that_carries_its_neighbours_digest_is_named_and_not_the_neighbour(data) -> None:
    rows = chain(data.draw(st.integers(3, 20)))
    at = data.draw(st.integers(2, len(rows) - 1))
    pushed = [renumbered(row, row[0] + 1) for row in rows[at - 1 :]]
    false = (at, rows[at - 2][1], body(at, "việc thêm"))
    assert verdict([*rows[: at - 1], false, *pushed]) == Break(Fault.INSERTED, at, at)


@few
@given(st.data())
def test_rows_that_changed_places_are_named(data) -> None:
    rows = chain(data.draw(st.integers(2, 20)))
    one = data.draw(st.integers(1, len(rows) - 1))
    other = data.draw(st.integers(one + 1, len(rows)))
    rows[one - 1], rows[other - 1] = renumbered(rows[other - 1], one), renumbered(rows[one - 1], other)
    assert verdict(rows) == Break(Fault.REORDERED, one, other)


def test_a_row_before_the_first_is_named() -> None:
    assert verdict([(0, b"0" * 64, body(0, "việc thêm")), *chain(3)]) == Break(Fault.INSERTED, 0, 0)


def test_a_number_that_stands_twice_is_named() -> None:
    rows = chain(3)
    assert verdict([*rows, rows[1]]) == Break(Fault.INSERTED, 2, 2)


@pytest.mark.parametrize("nothing", [b"", b"0" * 64])
def test_an_empty_digest_is_named(nothing) -> None:
    rows = chain(4)
    rows[1] = (2, nothing, rows[1][2])
    assert verdict(rows) == Break(Fault.DIGEST, 2, 2)


SAID = st.text(st.characters(exclude_characters=SEPARATOR, codec="utf-8"), max_size=8)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def events(draw) -> AuditEvent:
    texts = {name: draw(SAID) for name in FIELDS if name not in ("number", "at", "actor_id", "scope")}
    ids = {name: draw(st.none() | st.integers(1, 99)) for name in ("actor_id", "scope")}
    return AuditEvent(number=draw(st.integers(1, 99)), at=draw(INSTANTS), **texts, **ids)


@few
@given(events(), events())
def test_no_two_events_read_alike(one, other) -> None:
    alike = all(getattr(one, name) == getattr(other, name) for name in FIELDS)
    assert (body_of(one) == body_of(other)) is alike


@few
@given(events(), st.sampled_from([name for name in FIELDS if name not in ("number", "at", "actor_id", "scope")]))
def test_moving_a_letter_from_one_field_to_the_next_changes_what_is_hashed(event, name) -> None:
    before = body_of(event)
    following = FIELDS[(FIELDS.index(name) + 1) % len(FIELDS)]
    if following in ("number", "at", "actor_id", "scope"):
        following = "reason" if name != "reason" else "frm"
    setattr(event, name, getattr(event, name) + "x")
    assert body_of(event) != before
    setattr(event, name, getattr(event, name)[:-1])
    setattr(event, following, "x" + getattr(event, following))
    assert body_of(event) != before


def test_an_instant_is_hashed_in_universal_time() -> None:
    noon = datetime(2027, 3, 15, 12, tzinfo=UTC)
    there = noon.astimezone(datetime.now().astimezone().tzinfo) + timedelta(0)
    assert body_of(AuditEvent(number=1, at=noon)) == body_of(AuditEvent(number=1, at=there))
