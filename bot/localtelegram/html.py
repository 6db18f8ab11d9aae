"""Telegram's HTML: a small subset, read byte by byte so that errors name the same offsets."""

from dataclasses import dataclass
from typing import Any

_SPACE = frozenset(b" \t\r\n\0\v")
_END = 0
_NAME_TOKEN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
_NOT_IN_ATTRIBUTE_NAME = _SPACE | frozenset(b"=>/\"'")
_LITERALS = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_LINK_SCHEMES = ("http://", "https://", "tg://", "tel:", "mailto:")


class HtmlError(ValueError):
    """The markup is broken; the message is Telegram's."""


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    length_before: int


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities of a text in Telegram's HTML; raises HtmlError."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        # The closing zero plays the part of the end of a C string: no bounds to check.
        self._bytes = source.encode("utf-8", "surrogatepass") + b"\0"
        self._size = len(self._bytes) - 1
        self._at = 0
        self._out: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        """The whole source, once."""
        while self._at < self._size:
            byte = self._bytes[self._at]
            if byte == ord("<"):
                self._tag()
            elif byte == ord("&") and (char := self._character_reference()):
                self._write(char)
            else:
                self._plain(byte)
        if self._open:
            raise HtmlError(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"'
            )
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return "".join(self._out), self._entities

    def _plain(self, byte: int) -> None:
        width = 1 if byte < 0xC0 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
        char = self._bytes[self._at : self._at + width].decode("utf-8", "surrogatepass")
        self._at += width
        self._write(char)

    def _write(self, char: str) -> None:
        self._out.append(char)
        self._offset += 1 + (ord(char) > 0xFFFF)

    def _skip_space(self) -> None:
        while self._bytes[self._at] in _SPACE and self._at < self._size:
            self._at += 1

    def _take(self, first: int) -> str:
        return self._bytes[first : self._at].decode("utf-8", "replace")

    def _character_reference(self) -> str | None:
        """`&lt;` and the like, or None: then the ampersand is itself."""
        start = self._at
        end = start + 1
        if self._bytes[end] == ord("#"):
            hexadecimal = self._bytes[end + 1] in b"xX"
            end += 2 if hexadecimal else 1
            digits = b"0123456789abcdefABCDEF" if hexadecimal else b"0123456789"
            first = end
            while self._bytes[end] in digits:
                end += 1
            number = int(self._bytes[first:end] or b"0", 16 if hexadecimal else 10)
            if number == 0 or number >= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
                return None
            char: str | None = chr(number)
        else:
            while chr(self._bytes[end]).isascii() and chr(self._bytes[end]).isalpha():
                end += 1
            char = _LITERALS.get(self._bytes[start + 1 : end])
        if char is not None:
            self._at = end + (self._bytes[end] == ord(";"))
        return char

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._bytes[self._at] == ord("/"):
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        self._to_end_of_name()
        if self._at >= self._size:
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        tag = self._take(begin + 1).lower()
        if tag not in _TYPES:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while self._bytes[self._at] != ord(">"):
            self._skip_space()
            if self._bytes[self._at] == ord(">"):
                break
            argument = self._attribute(tag, begin) or argument
        self._at += 1
        if tag == "span" and argument != "spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._open.append(_Open(tag, argument, self._offset, len(self._out)))

    def _to_end_of_name(self) -> None:
        while self._bytes[self._at] not in _SPACE and self._bytes[self._at] != ord(">"):
            self._at += 1

    def _attribute(self, tag: str, begin: int) -> str:
        """Reads one attribute; its meaning for the entity, or an empty string."""
        first = self._at
        while self._bytes[self._at] not in _NOT_IN_ATTRIBUTE_NAME:
            self._at += 1
        name = self._take(first).lower()
        if not name:
            raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_space()
        if self._bytes[self._at] != ord("="):
            if tag == "blockquote" and name == "expandable":
                return "expandable"
            raise HtmlError(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
                f" at byte offset {begin}"
            )
        self._at += 1
        self._skip_space()
        if self._at >= self._size:
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._attribute_value()
        if self._at >= self._size:
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        return _argument(tag, name, value)

    def _attribute_value(self) -> str:
        quote = self._bytes[self._at]
        first = self._at
        if quote not in b"\"'":
            while self._bytes[self._at] in _NAME_TOKEN:
                self._at += 1
            if self._bytes[self._at] not in _SPACE and self._bytes[self._at] != ord(">"):
                raise HtmlError(f"Unexpected end of name token at byte offset {first}")
            return self._take(first).lower()
        self._at += 1
        value = bytearray()
        while self._bytes[self._at] != quote and self._at < self._size:
            if self._bytes[self._at] == ord("&") and (char := self._character_reference()):
                value += char.encode()
                continue
            value.append(self._bytes[self._at])
            self._at += 1
        if self._at < self._size:
            self._at += 1
        return value.decode("utf-8", "replace")

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise HtmlError(f"Unexpected end tag at byte offset {begin}")
        self._to_end_of_name()
        tag = self._take(begin + 2).lower()
        self._skip_space()
        if self._bytes[self._at] != ord(">"):
            raise HtmlError(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise HtmlError(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>",'
                f' found "</{tag}>"'
            )
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        """Makes the entity of a tag that has just ended."""
        span = {"offset": opened.offset, "length": self._offset - opened.offset}
        entity: dict[str, Any] = {"type": _TYPES[opened.tag], **span}
        inner = self._entities[-1] if self._entities else {}
        same_span = all(inner.get(key) == value for key, value in span.items())
        if opened.tag == "a":
            link = _link(opened.argument or "".join(self._out[opened.length_before :]))
            if link is None:
                return
            entity["url"] = link
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit() or int(opened.argument) == 0:
                raise HtmlError("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre" and same_span and inner["type"] == "code" and "language" in inner:
            inner["type"] = "pre"
            return
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        self._entities.append(entity)


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return ""


def _link(target: str) -> str | None:
    """The address as Telegram keeps it, or None: then the words stay without a link."""
    if target.lower().startswith(_LINK_SCHEMES):
        return target if target.count("/") > 2 or not target.startswith("http") else f"{target}/"
    host, _, path = target.partition("/")
    return f"http://{host}/{path}" if "." in host and " " not in host else None
