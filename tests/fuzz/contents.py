"""What people put into messages and buttons: the usual, the odd, and the hostile."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.fuzz.crowd import Json

PRETENCE = "Traceback (most recent call last):"
"""People write what looks like our insides, and see it again where their words are repeated."""
TEXTS = (
    "5",
    "٥ ملايين",
    "خمسين ألف ليرة",
    "5000000 ليرة قديمة",
    "100,000",
    "3 / 4 / 5",
    "نعم",
    "لا أعرف",
    "none",
    "all",
    "22/11/2026",
    "31/02/2027",
    "0944123456",
    "+963 (11) 234-5678",
    "تجارة",
    "حرفة و غذاء",
    "مرحبا، كيف أفتح مطعماً؟",
    "/start",
    "/start licence",
    "/start ../../etc/passwd",
    "/menu",
    "/roadmap",
    "/language",
    "/privacy",
    "/help",
    "/delete",
    "/bind HOMS-AAAA-BBBB",
    "/" + "x" * 60,
    "/start@another_bot",
    "/",
    "9" * 4096,
    "⑳" * 4096,
    "ﷺ" * 4096,
    "(" * 4096,
    "1(2)" * 1024,
    "مليون و" * 500,
    "\n" * 4096,
    " ",
    "a" + "\u0301" * 5000,
    "<b>not closed &lt; &bogus; <a href='javascript:1'>",
    "{amount} {0} %s %(x)d",
    "\u202e\u2066reversed\u2069 \u200b\u200d\ufeff",
    "\x00\x01\x1b[2J",
    "👩‍👩‍👧‍👦🇸🇾" * 200,
    "½ ² ٪ − ∞ NaN 1e309 0x10",
    PRETENCE,
)


def a_text(random: Random) -> str:
    """One of the texts above, or a heap of any letters there are."""
    if random.random() < 0.85:
        return random.choice(TEXTS)
    letters = [chr(random.choice((0x20, 0x600, 0x2000, 0x1F600)) + random.randrange(256))]
    return "".join(random.choices([*letters, "1", " ", "ا"], k=random.randrange(1, 80)))


def _file(kind: str) -> Json:
    return {"file_id": "f", "file_unique_id": "u", "file_size": 5, "mime_type": kind}


# What else a message can hold. Telegram adds kinds every few months: unknown ones come too.
CONTENTS: dict[str, Callable[[Random], Json]] = {
    "sticker": lambda _: {"sticker": _file("image/webp") | {"type": "regular", "emoji": "🙂"}},
    "voice": lambda _: {"voice": _file("audio/ogg") | {"duration": 1}},
    "photo": lambda _: {"photo": [_file("image/jpeg")], "caption": "<b>x"},
    "album": lambda r: {"photo": [_file("image/jpeg")], "media_group_id": str(r.randrange(9))},
    "document": lambda _: {"document": _file("x/y") | {"file_name": "../../\u202egpj.exe"}},
    "animation": lambda _: {"animation": _file("video/mp4"), "document": _file("video/mp4")},
    "location": lambda r: {"location": {"latitude": r.uniform(-90, 90), "longitude": 36.3}},
    "venue": lambda _: {"venue": {"title": "x"}, "location": {"latitude": 1, "longitude": 1}},
    "poll": lambda _: {"poll": {"id": "1", "question": "?", "options": []}},
    "dice": lambda r: {"dice": {"emoji": "🎲", "value": r.randrange(1, 7)}},
    "game": lambda _: {"game": {"title": "x", "description": "x", "photo": []}},
    "story": lambda _: {"story": {"id": 1, "chat": {"id": 5, "type": "private"}}},
    "forward": lambda r: {
        "text": a_text(r),
        "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1},
    },
    "reply": lambda r: {"text": a_text(r), "reply_to_message": {"message_id": 1, "date": 0}},
    "quote": lambda r: {"text": a_text(r), "quote": {"text": "x", "position": 0}},
    "web_app_data": lambda _: {"web_app_data": {"data": "{}", "button_text": "x"}},
    "users_shared": lambda _: {"users_shared": {"request_id": 1, "users": []}},
    "successful_payment": lambda _: {"successful_payment": {"currency": "XTR"}},
    "something_new": lambda _: {"something_new": {"x": 1}},
    "nothing": lambda _: {},
}

PHONES = ("+963944123456", "963944123456", "0944123456", "+4915112345678", "", "+", "x" * 200)

FORGED = (
    "",
    "1",
    "1:",
    ":",
    "1::",
    "1:erase",
    "1:here:licensing",
    "1:agree:licensing",
    "1:agree:nothing",
    "1:go:consent:nothing",
    "1:go:reach:nothing",
    "1:go:case:D-AAAAAA",
    "1:go:case:D-222222",
    "1:go:step:tax-file",
    "1:go:step:nothing",
    "1:go:change:capital",
    "1:go:question:governorate",
    "1:go:welcome",
    "1:go:menu:elsewhere",
    "1:go:language:language:language:case:D-AAAAAA",
    "1:go:summary:x",
    "1:go:roadmap:x",
    "1:n:roadmap",
    "1:n:case:D-AAAAAA",
    "1:n:",
    "1:flow:licence",
    "1:flow:nothing",
    "1:language:",
    "1:language:zz",
    "1:language:__class__",
    "1:answer:sector:nothing",
    "1:answer:workers:5",
    "1:answer:governorate:",
    "1:unsure:sector",
    "1:unsure:governorate",
    "1:toggle:sector:trade",
    "1:toggle:workers:5",
    "1:toggle:papers-held:nothing",
    "1:enough:sector",
    "1:enough:governorate",
    "1:enough:workers",
    "1:unit:capital:old",
    "1:unit:sector:new",
    "1:done:tax-file",
    "1:done:nothing",
    "1:undone:",
    "0:answer:sector:trade",
    "2:answer:sector:trade",
    "o:take:1",
    "o:phone:1",
    "o:begin:1",
    "o:wait:1",
    "o:resolve:1",
    "o:card:1",
    "o:reopen:1",
    "o:end:2",
    "o:end:2:advised",
    "o:end:2:withdrawn",
    "o:end:2:" + "x" * 40,
    "o:done:2",
    "o:take:999999999999999",
    "o:take:9999999999999999999999",
    "o:confirm:1",
    "o:confirm:999999999999999",
    "\x00" * 64,
    "é" * 32,
    "x" * 64,
    "1:go:question:" + "x" * 50,
)
"""Callback data that nobody was shown, or not in this state: any client can send any."""

ONWARD = (
    "1:flow:",
    "1:answer:",
    "1:unsure:",
    "1:enough:",
    "1:go:question",
    "1:go:roadmap",
    "1:go:consent",
    "1:agree:",
    "1:here:",
)
"""What leads towards the office: pressed more often, so that many get there."""
