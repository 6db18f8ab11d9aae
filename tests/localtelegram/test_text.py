"""What Telegram makes of a text: the same entities, the same errors, the same offsets."""

from typing import Any

import pytest

from bot.localtelegram.errors import ApiError
from bot.localtelegram.text import formatted, utf16_length


def spans(text: str, mode: str | None = "HTML") -> tuple[str, list[tuple[Any, ...]]]:
    result = formatted(text, mode)
    named = [
        (e["type"], e["offset"], e["length"], *[v for k, v in e.items() if k not in _PLACE])
        for e in result.entities
    ]
    return result.text, named


_PLACE = {"type", "offset", "length"}


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>ا</b>", "ا", [("bold", 0, 1)]),
        ("😀<i>x</i>", "😀x", [("italic", 2, 1)]),
        ("<B>x</b >", "x", [("bold", 0, 1)]),
        ("<strong><em>x</em></strong>", "x", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<u>a</u><s>b</s>", "ab", [("underline", 0, 1), ("strikethrough", 1, 1)]),
        ("<b></b>x", "x", []),
        ("a &lt; b &amp; c &quot;d&quot; &#1587;", 'a < b & c "d" س', []),
        ("&nbsp;&lt", "&nbsp;<", []),
        ('<a href="https://a.sy/x?a=1&amp;b=2">x</a>', "x",
         [("text_link", 0, 1, "https://a.sy/x?a=1&b=2")]),
        ("<a href='a.sy'>x</a>", "x", [("text_link", 0, 1, "http://a.sy/")]),
        ("<a href='nowhere'>x</a>", "x", []),
        ("<code>a</code>", "a", [("code", 0, 1)]),
        ("<pre>a</pre>", "a", [("pre", 0, 1)]),
        ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1, "py")]),
        ('<code class="language-py">a</code>', "a", [("code", 0, 1)]),
        ("<span class='tg-spoiler'>a</span>", "a", [("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="536">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2, "536")]),
        ("\n <b> x </b>\n", "x", [("bold", 0, 1)]),
        ("<code>/start</code> /go", "/start /go", [("code", 0, 6), ("bot_command", 7, 3)]),
    ],
)  # fmt: skip
def test_html(html: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    assert spans(html) == (text, entities)


@pytest.mark.parametrize(
    ("html", "error"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>",
         'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("ليلى <c>", 'Unsupported start tag "c" at byte offset 9'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>",
         'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)  # fmt: skip
def test_broken_html(html: str, error: str) -> None:
    with pytest.raises(ApiError) as caught:
        formatted(html, "HTML")
    assert caught.value.status == 400
    assert caught.value.description == f"Bad Request: can't parse entities: {error}"


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("😀 /bind@dalil_demo_bot X", [("bot_command", 3, 20)]),
        ("a/b", []),
        ("see https://example.org/a, www.a.sy", [("url", 4, 21), ("url", 27, 8)]),
        ("a@b.sy @layla", [("email", 0, 6), ("mention", 7, 6)]),
        ("#حلب #12", [("hashtag", 0, 4)]),
    ],
)
def test_what_telegram_finds_by_itself(text: str, entities: list[tuple[Any, ...]]) -> None:
    assert spans(text, None)[1] == entities


@pytest.mark.parametrize(
    ("entity", "error"),
    [
        ({"type": "loud", "offset": 0, "length": 1},
         "can't parse MessageEntity: Unsupported type specified"),
        ({"type": "text_link", "offset": 0, "length": 1},
         'can\'t parse MessageEntity: Can\'t find field "url"'),
        ({"type": "bold", "offset": -1, "length": 1},
         "receive an entity with incorrect offset -1"),
        ({"type": "bold", "offset": 9, "length": 1},
         "entity begins after the end of the text at UTF-16 offset 9"),
        ({"type": "bold", "offset": 0, "length": 9},
         "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9"),
    ],
)  # fmt: skip
def test_entities_that_cannot_be(entity: dict[str, Any], error: str) -> None:
    with pytest.raises(ApiError) as caught:
        formatted("hello", None, [entity])
    assert caught.value.description == f"Bad Request: {error}"


def test_given_entities_move_with_the_text() -> None:
    assert spans("  x", None) == ("x", [])
    moved = formatted("  xy ", None, [{"type": "bold", "offset": 3, "length": 2}])
    assert moved.entities == [{"type": "bold", "offset": 1, "length": 1}]


def test_length_counts_utf16_units() -> None:
    assert utf16_length("سوريا 🇸🇾") == 10
