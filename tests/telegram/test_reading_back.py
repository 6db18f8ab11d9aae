"""The reading back of requests notices what it is there for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.reading_back import problems

BUTTON = {"text": "x", "callback_data": "1:x"}
SEND = {"chat_id": 1, "text": "hello"}


@pytest.mark.parametrize(
    ("method", "params", "expected"),
    [
        ("sendMesage", SEND, "is no method"),
        ("sendMessage", {"chat_id": 1}, "'text' is missing"),
        ("sendMessage", SEND | {"parsemode": "HTML"}, "unknown parameter 'parsemode'"),
        (
            "sendMessage",
            SEND | {"reply_markup": {"inline_keyboard": [[BUTTON | {"colour": 1}]]}},
            "unknown colour",
        ),
        ("sendMessage", SEND | {"reply_markup": {"buttons": []}}, "cannot be read"),
        ("sendMessage", SEND | {"link_preview_options": {"disabled": True}}, "unknown disabled"),
        ("setMyCommands", {"commands": [{"name": "start"}]}, "cannot be read"),
    ],
)
def test_a_mistake_is_named(method: str, params: dict[str, Any], expected: str) -> None:
    [problem, *_] = problems([{"method": method, "params": params}])
    assert expected in problem


def test_what_is_right_passes() -> None:
    keyboard = {"keyboard": [[{"text": "Share", "request_contact": True}]]}
    calls = [
        {"method": "sendMessage", "params": SEND | {"reply_markup": keyboard}},
        {"method": "sendMessage", "params": SEND | {"reply_markup": {"remove_keyboard": True}}},
        {"method": "getUpdates", "params": {"offset": 1, "timeout": 25, "allowed_updates": []}},
        {"method": "getMe", "params": {}},
    ]
    assert problems(calls) == []
