"""What a bot sees of a group: everything if it administers it, otherwise little."""

from bot.localtelegram.chats import Chat, Json, Post


def bot_sees(bot: Json | None, chat: Chat, post: Post) -> bool:
    """Whether Telegram shows the message to the bot (a User).

    A bot that is no administrator works in privacy mode: it sees commands, replies to itself and
    service messages.
    """
    if chat.private:
        return True
    if bot is None or chat.member(bot["id"]) is None:
        return False
    if chat.is_admin(bot["id"]) or post.is_service:
        return True
    return _answers(bot["id"], post) or _commands(bot["username"], post.message)


def _answers(bot_id: int, post: Post) -> bool:
    """Whether a message is a reply to the bot: standing in a topic that it opened is none."""
    answered: Json = post.message.get("reply_to_message", {})
    opening = answered.get("message_id") == post.thread
    return bool(answered.get("from", {}).get("id") == bot_id) and not opening


def _commands(username: str, message: Json) -> bool:
    """Whether a message holds a command for this bot, or for nobody in particular."""
    text: bytes = message.get("text", "").encode("utf-16-le")
    for entity in message.get("entities", ()):
        if entity["type"] == "bot_command":
            first, length = entity["offset"] * 2, entity["length"] * 2
            _, _, whom = text[first : first + length].decode("utf-16-le").partition("@")
            if not whom or whom.lower() == username.lower():
                return True
    return False
