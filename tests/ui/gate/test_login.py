"""Who is let in, how often one may guess, how long a session lasts."""

from __future__ import annotations

import pytest

from rag.ui.gate.sessions import IDLE, MOST, Credentials, Sessions, basic
from rag.ui.gate.throttle import FREE, LONGEST, PAUSE, REMEMBERED, TOGETHER, Throttle
from tests.helpers.servers import basic as header


@pytest.mark.parametrize(
    ("user", "password", "right"),
    [
        ("anne", "mot de: passe é", True),
        ("anne", "mot de: passe", False),
        ("Anne", "mot de: passe é", False),
        ("personne", "mot de: passe é", False),
        ("", "", False),
        ("anne", "\ud800", False),
    ],
)
def test_user_and_password_are_both_compared(user: str, password: str, right: bool) -> None:
    assert Credentials(("anne", "mot de: passe é")).right(user, password) is right


@pytest.mark.parametrize("given", ["", "Bearer x", "Basic", "Basic é", "Basic YW5uZQ==", "Basic /w=="])
def test_what_is_no_login_is_none(given: str) -> None:
    assert basic(given) is None
    assert basic(header("anne:a:b é")) == ("anne", "a:b é")


def test_each_wrong_password_more_costs_longer() -> None:
    throttle, now, waits = Throttle(), 1000.0, []
    for _ in range(FREE + 12):
        now += throttle.wait("10.0.0.1", now)
        throttle.failed("10.0.0.1", now)
        waits.append(throttle.wait("10.0.0.1", now))
    assert waits[: FREE - 1] == [0.0] * (FREE - 1)
    assert waits[FREE - 1 : FREE + 3] == [2.0, 4.0, 8.0, 16.0]
    assert waits[-1] == LONGEST
    assert throttle.wait("10.0.0.2", now) == 0.0
    assert throttle.wait("10.0.0.1", now + LONGEST) == 0.0


def test_one_machine_has_many_addresses_of_ipv6() -> None:
    throttle = Throttle()
    for number in range(FREE):
        throttle.failed(f"2001:db8::{number}", 0.0)
    assert throttle.wait("2001:db8::ffff", 0.0) > 0.0
    assert throttle.wait("2001:db8:0:1::1", 0.0) == 0.0


def test_who_was_in_does_not_wait_for_those_who_guess_from_everywhere() -> None:
    throttle = Throttle()
    throttle.passed("10.0.0.1")
    for number in range(REMEMBERED + TOGETHER):
        throttle.failed(f"10.{number // 65536 + 1}.{number // 256 % 256}.{number % 256}", 0.0)
    assert throttle.wait("10.0.0.1", 0.0) == 0.0
    assert throttle.wait("10.200.0.1", 0.0) == PAUSE
    assert throttle.wait("10.200.0.1", PAUSE) == 0.0
    assert len(throttle._missed) == REMEMBERED


def test_a_session_ends_when_it_is_closed_or_not_used() -> None:
    sessions = Sessions()
    one, other = sessions.open(0.0), sessions.open(0.0)
    assert sessions.knows(one, IDLE)
    assert sessions.knows(one, 2 * IDLE)
    assert not sessions.knows(other, 2 * IDLE)
    sessions.close(one)
    assert not sessions.knows(one, 2 * IDLE)
    assert not sessions.knows("", 0.0)


def test_there_are_so_many_sessions_and_no_more() -> None:
    sessions = Sessions()
    first, second = sessions.open(0.0), sessions.open(0.0)
    assert sessions.knows(first, 1.0)
    for _ in range(MOST - 1):
        sessions.open(2.0)
    assert sessions.knows(first, 3.0)
    assert not sessions.knows(second, 3.0)
