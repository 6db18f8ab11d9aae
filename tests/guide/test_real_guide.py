"""The guide and the catalogs that are served: without a fault, and without a message too many."""

from __future__ import annotations

from bot.guide.check.messages import missing_messages, unused_messages
from bot.guide.load import load
from tests.guide.small import CHECKOUT


def test_the_guide_in_service_has_no_fault() -> None:
    loaded = load(CHECKOUT)
    assert [(p.file, p.line, p.code, dict(p.values)) for p in loaded.problems] == []
    assert loaded.guide is not None


def test_every_message_has_words_and_every_word_is_said() -> None:
    code, locales = CHECKOUT / "bot", CHECKOUT / "locales"
    found = [*missing_messages(code, locales), *unused_messages(code, locales)]
    assert [(p.file, p.line, p.code, dict(p.values)) for p in found] == []
