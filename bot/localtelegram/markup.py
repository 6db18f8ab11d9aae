"""Keyboards under a message and in place of the typing keyboard."""

from dataclasses import dataclass
from typing import Any

from bot.localtelegram.chats import Chat, Json
from bot.localtelegram.errors import ApiError, bad_request
from bot.localtelegram.wire import Params

_MOST_BUTTONS = 100
_MOST_DATA_BYTES = 64
_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "pay",
    "callback_game",
)
_SCHEMES = ("http://", "https://", "tg://")


@dataclass(frozen=True)
class Markup:
    """What a call wants to stand under or beside its message."""

    inline: Json | None = None
    keyboard: Json | None = None
    removes_keyboard: bool = False

    def check_for(self, chat: Chat) -> None:
        """Raises ApiError if a button asks for what only a private chat may give."""
        rows = (self.keyboard or {}).get("keyboard", ())
        for button in (button for row in rows for button in row if not chat.private):
            if button.get("request_contact"):
                raise bad_request("phone number can be requested in private chats only")
            if button.get("request_location"):
                raise bad_request("location can be requested in private chats only")


def read_markup(params: Params, *, inline_only: bool = False) -> Markup:
    """The `reply_markup` of a call; raises ApiError in Telegram's words."""
    raw = params.structure("reply_markup", "reply keyboard markup")
    if raw is None:
        return Markup()
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in raw:
        return Markup(inline=_inline(raw))
    if inline_only and raw:
        raise bad_request("inline keyboard expected")
    if "keyboard" in raw:
        return Markup(keyboard=_reply_keyboard(raw))
    return Markup(removes_keyboard=bool(raw.get("remove_keyboard")))


def _rows(raw: Json, field: str) -> list[list[Any]]:
    rows = raw[field]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" must be of type Array')
    return [row for row in rows if row]


def _inline(raw: Json) -> Json | None:
    rows = [[_inline_button(button) for button in row] for row in _rows(raw, "inline_keyboard")]
    if sum(map(len, rows)) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _unreadable(
            'Field "text" must be of type String'
            if "text" in button
            else 'Can\'t find field "text"'
        )
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if not any(button.get(action) for action in _ACTIONS):
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data", "")).encode()) > _MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return button | {"url": _button_url(button["url"])} if button.get("url") else button


def _button_url(url: str) -> str:
    if url.startswith(_SCHEMES):
        return url
    why = "Unsupported URL protocol" if "://" in url else "Wrong HTTP URL"
    if "://" in url or "." not in url:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {why}")
    return f"http://{url}"


def _unreadable(why: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {why}")


def _reply_keyboard(raw: Json) -> Json:
    rows = [
        [{"text": button} if isinstance(button, str) else button for button in row]
        for row in _rows(raw, "keyboard")
    ]
    for row in rows:
        for button in row:
            if not isinstance(button, dict) or not isinstance(button.get("text"), str):
                raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return raw | {"keyboard": rows}
