"""Bot API methods that write, change and remove messages."""

from bot.localtelegram.chats import Chat, Json, Post
from bot.localtelegram.composing import CAPTIONED, LONGEST_TEXT, deliver, read_caption, read_text
from bot.localtelegram.errors import bad_request
from bot.localtelegram.markup import Markup, read_markup
from bot.localtelegram.text import utf16_length
from bot.localtelegram.wire import Params
from bot.localtelegram.world import World

_LONGEST_ANSWER = 200
_DELETABLE = 48 * 60 * 60
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def send_message(world: World, params: Params) -> Json:
    """sendMessage"""
    text = read_text(world, params)
    chat = world.reachable(params.address())
    if utf16_length(text.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return deliver(world, chat, params, text.fields())


def copy_message(world: World, params: Params) -> Json:
    """copyMessage"""
    chat = world.reachable(params.address())
    source = world.reachable(params.address("from_chat_id"))
    post = _post(source, params, "message to copy not found")
    if post.is_service:
        raise bad_request("message can't be copied")
    content = post.content
    if params.has("caption") and "text" not in content:
        content = {k: v for k, v in content.items() if not k.startswith("caption")}
        content |= read_caption(world, params)
    return {"message_id": deliver(world, chat, params, content)["message_id"]}


def edit_message_text(world: World, params: Params) -> Json:
    """editMessageText"""
    text = read_text(world, params)
    chat, post = _editable(world, params)
    if "text" not in post.message:
        raise bad_request("there is no text in the message to edit")
    if utf16_length(text.text) > LONGEST_TEXT:
        # For an edit the servers' own word comes through, unlike for a new message.
        raise bad_request("MESSAGE_TOO_LONG")
    kept = {k: v for k, v in post.message.items() if k not in ("text", "entities")}
    return _replace(world, chat, post, kept | text.fields(), read_markup(params, inline_only=True))


def edit_message_caption(world: World, params: Params) -> Json:
    """editMessageCaption; without a caption the old one goes"""
    chat, post = _editable(world, params)
    if not CAPTIONED & post.message.keys():
        raise bad_request("there is no caption in the message to edit")
    caption = read_caption(world, params)
    kept = {k: v for k, v in post.message.items() if k not in ("caption", "caption_entities")}
    return _replace(world, chat, post, kept | caption, read_markup(params, inline_only=True))


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """editMessageReplyMarkup"""
    chat, post = _editable(world, params)
    return _replace(world, chat, post, post.message, read_markup(params, inline_only=True))


def delete_message(world: World, params: Params) -> bool:
    """deleteMessage"""
    chat = world.reachable(params.address())
    post = _post(chat, params, "message to delete not found")
    if world.clock() - post.message["date"] >= _DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    if not (post.by_bot or chat.private or world.bot_manages(chat)):
        raise bad_request("message can't be deleted")
    number = post.message["message_id"]
    del chat.posts[number]
    world.events.tell("deleted", chat.id, message_ids=[number])
    return True


def pin_chat_message(world: World, params: Params) -> bool:
    """pinChatMessage"""
    chat = world.reachable(params.address())
    post = _post(chat, params, "message to pin not found")
    if not (chat.private or world.bot_manages(chat)):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    number = post.message["message_id"]
    if chat.pinned == number:
        return True
    chat.pinned = number
    content = {"pinned_message": world.quoted(post)}
    notice = world.post(chat, world.known_bot.user, content, thread=post.thread)
    world.inform(chat, notice)
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """setMessageReaction"""
    chat = world.reachable(params.address())
    post = _post(chat, params, "message to react not found")
    reaction = params.structure("reaction", "reaction types") or []
    if len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(r.get("type") != "emoji" or r.get("emoji") not in REACTIONS for r in reaction):
        raise bad_request("REACTION_INVALID")
    post.reactions = reaction
    number = post.message["message_id"]
    world.events.tell("reaction", chat.id, message_id=number, reaction=reaction)
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    """answerCallbackQuery"""
    number = params.text("callback_query_id") or ""
    chat_id = world.presses.chat_of(number)
    text = params.text("text") or ""
    if utf16_length(text) > _LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    world.events.tell(
        "callback_answer",
        chat_id,
        callback_query_id=number,
        text=text,
        show_alert=params.flag("show_alert"),
    )
    return True


def send_chat_action(world: World, params: Params) -> bool:
    """sendChatAction"""
    chat = world.reachable(params.address())
    action = params.text("action")
    if action not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.tell("action", chat.id, action=action)
    return True


def _post(chat: Chat, params: Params, missing: str) -> Post:
    if not params.has("message_id"):
        raise bad_request("message identifier is not specified")
    post = chat.posts.get(params.number("message_id"))
    if post is None:
        raise bad_request(missing)
    return post


def _editable(world: World, params: Params) -> tuple[Chat, Post]:
    chat = world.reachable(params.address())
    post = _post(chat, params, "message to edit not found")
    if not post.by_bot or post.reply_keyboard or post.is_service:
        raise bad_request("message can't be edited")
    return chat, post


def _replace(world: World, chat: Chat, post: Post, content: Json, markup: Markup) -> Json:
    """Puts the content in the message's place; without markup the buttons go."""
    new = {name: value for name, value in content.items() if name != "reply_markup"}
    if markup.inline is not None:
        new["reply_markup"] = markup.inline
    if new == post.message:
        raise bad_request(_NOT_MODIFIED)
    post.message = new | {"edit_date": int(world.clock())}
    world.events.tell("edited", chat.id, message=post.message)
    return post.message


_CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)

#: The emoji with which Telegram lets anyone react.
REACTIONS = frozenset(
    [
        "👍",
        "👎",
        "❤",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)
