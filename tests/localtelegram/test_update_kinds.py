"""python-telegram-bot and aiogram understand every kind of update, without unknown fields."""

from collections.abc import Iterator
from typing import Any

import aiogram
import telegram
from pydantic import BaseModel

from .conftest import LAYLA, OMAR, RIMA, Json, People, Raw

ALL_KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]

#: What the Bot API has and this python-telegram-bot does not know yet; aiogram does.
NEWER_THAN_PTB = {
    "can_send_welcome_messages",
    "persistent_id",
    "allows_revoting",
    "members_only",
}


def unknown_to_ptb(value: Any) -> Iterator[str]:
    """Fields that python-telegram-bot kept aside because it does not know them."""
    if isinstance(value, telegram.TelegramObject):
        yield from set(value.api_kwargs) - NEWER_THAN_PTB
        for cls in type(value).__mro__:
            for name in getattr(cls, "__slots__", ()):
                if not name.startswith("_"):
                    yield from unknown_to_ptb(getattr(value, name, None))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from unknown_to_ptb(item)


def unknown_to_aiogram(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from value.model_extra or ()
        for _, item in value:
            yield from unknown_to_aiogram(item)
    elif isinstance(value, list):
        for item in value:
            yield from unknown_to_aiogram(item)


async def private_chat(raw: Raw, people: People) -> None:
    me = LAYLA["id"]
    sent = await people.say(LAYLA, "/start ref_7 https://example.org @layla #حلب")
    await people.say(LAYLA, "جواب", reply_to_message_id=sent["message_id"])
    await people.post(
        "edit", chat_id=me, message_id=sent["message_id"], text="b", **{"from": LAYLA}
    )
    contact = {"phone_number": "+963000000000", "first_name": "ليلى", "user_id": me}
    file = {"file_name": "a.txt", "mime_type": "text/plain", "data": "YQ=="}
    await people.send(LAYLA, contact=contact)
    await people.send(LAYLA, location={"latitude": 36.2, "longitude": 37.1})
    await people.send(LAYLA, document=file, caption="ورقة")
    await people.send(LAYLA, photo=file)
    await people.send(LAYLA, voice=file)
    await people.send(LAYLA, video=file, media_group_id="1")
    await people.send(LAYLA, audio=file)
    await people.send(LAYLA, poll={"question": "متى؟", "options": ["اليوم", "غداً"]})
    place = {"latitude": 36.2, "longitude": 37.1, "title": "المكتب", "address": "حلب"}
    await people.send(LAYLA, venue=place)
    await people.send(LAYLA, sticker={"emoji": "🌹"})
    await people.post("block", user_id=me)
    await people.post("block", user_id=me, blocked=False)
    buttons = {"inline_keyboard": [[{"text": "نعم", "callback_data": "yes"}]]}
    asked = (await raw("sendMessage", chat_id=me, text="؟", reply_markup=buttons))["result"]
    wish = {"chat_id": me, "message_id": asked["message_id"], "data": "yes"}
    await people.post("press", **wish, **{"from": LAYLA})


async def group_life(raw: Raw, people: People) -> None:
    forum = await people.group(forum=True, bot_admin=True, username="aleppo_office")
    topic = (await raw("createForumTopic", chat_id=forum["id"], name="قضية"))["result"]
    where = {"chat_id": forum["id"], "message_thread_id": topic["message_thread_id"]}
    await raw("editForumTopic", **where, name="قضية 7")
    await people.say(OMAR, "رد", forum["id"], thread_id=topic["message_thread_id"])
    await raw("closeForumTopic", **where)
    await raw("reopenForumTopic", **where)
    await raw("pinChatMessage", chat_id=forum["id"], message_id=1)
    await people.member(forum, "join", RIMA)
    await people.member(forum, "promote", RIMA)
    await people.member(forum, "anonymous", RIMA)
    await people.say(RIMA, "باسم المكتب", forum["id"])
    await people.member(forum, "demote", RIMA)
    await people.member(forum, "leave", RIMA)
    await people.member(forum, "remove_bot")
    small = await people.group()
    await people.member(small, "promote_bot")
    await people.post("migrate", chat_id=small["id"])


async def everything_that_happens(raw: Raw, people: People) -> list[Json]:
    await raw.updates(allowed_updates=ALL_KINDS)
    await private_chat(raw, people)
    await group_life(raw, people)
    return await raw.updates()


async def test_every_kind_of_update(raw: Raw, people: People, bot: telegram.Bot) -> None:
    updates = await everything_that_happens(raw, people)
    assert {key for update in updates for key in update} == {"update_id", *ALL_KINDS}
    seen = {key for update in updates for key in update.get("message", ())}
    assert seen >= {
        "text", "entities", "contact", "location", "document", "caption", "photo", "voice",
        "sticker", "video", "audio", "poll", "venue", "media_group_id", "reply_to_message", "new_chat_members", "left_chat_member", "sender_chat",
        "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
        "pinned_message", "group_chat_created", "migrate_to_chat_id", "migrate_from_chat_id",
        "is_topic_message",
    }  # fmt: skip
    for update in updates:
        theirs = telegram.Update.de_json(update, bot)
        assert list(unknown_to_ptb(theirs)) == []
        ours = aiogram.types.Update.model_validate(update, context={"bot": None})
        assert list(unknown_to_aiogram(ours)) == []
        if "message" in update:
            assert theirs.effective_message is not None
            assert ours.message is not None
            assert ours.message.content_type != aiogram.enums.ContentType.UNKNOWN


async def test_answers_have_no_unknown_fields(raw: Raw, people: People, bot: telegram.Bot) -> None:
    group = await people.group(forum=True, bot_admin=True)
    await people.say(LAYLA, "/start")
    for chat_id in (group["id"], LAYLA["id"]):
        assert list(unknown_to_ptb(await bot.get_chat(chat_id))) == []
        full = (await raw("getChat", chat_id=chat_id))["result"]
        assert list(unknown_to_aiogram(aiogram.types.ChatFullInfo.model_validate(full))) == []
    members = await bot.get_chat_administrators(group["id"])
    assert list(unknown_to_ptb(members)) == []
    assert list(unknown_to_ptb(await bot.get_me())) == []
