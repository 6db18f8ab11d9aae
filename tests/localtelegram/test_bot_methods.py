"""python-telegram-bot drives every method and reads every answer."""

from datetime import timedelta

import aiohttp
import pytest
import telegram
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.localtelegram.methods import METHODS
from tests.telegram.reading_back import problems

from .conftest import LAYLA, OMAR, TOKEN, People
from .test_update_kinds import unknown_to_ptb

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("نعم", callback_data="yes")]])


async def test_messages(bot: telegram.Bot, people: People) -> None:
    asked = await people.say(LAYLA, "/start")
    sent = await bot.send_message(
        LAYLA["id"],
        "<b>أهلاً</b> ليلى",
        parse_mode="HTML",
        reply_markup=BUTTONS,
        reply_parameters=ReplyParameters(asked["message_id"]),
    )
    assert (sent.text, sent.reply_markup) == ("أهلاً ليلى", BUTTONS)
    assert sent.parse_entities() == {sent.entities[0]: "أهلاً"}
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"

    edited = await sent.edit_text("كم عاملاً؟", reply_markup=BUTTONS)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.entities, edited.message_id) == ("كم عاملاً؟", (), sent.message_id)
    assert edited.edit_date is not None
    bare = await sent.edit_reply_markup(None)
    assert isinstance(bare, telegram.Message)
    assert bare.reply_markup is None

    copy = await bot.copy_message(LAYLA["id"], LAYLA["id"], sent.message_id)
    assert copy.message_id == sent.message_id + 1
    assert await bot.set_message_reaction(LAYLA["id"], asked["message_id"], "👍")
    assert await bot.send_chat_action(LAYLA["id"], "typing")
    assert await bot.pin_chat_message(LAYLA["id"], sent.message_id)
    assert await bot.delete_message(LAYLA["id"], sent.message_id)

    stands = await people.get("messages", chat_id=LAYLA["id"])
    assert [m["message_id"] for m in stands] == [asked["message_id"], copy.message_id, 4]
    assert stands[0]["reactions"] == [{"type": "emoji", "emoji": "👍"}]
    assert stands[1]["text"] == "كم عاملاً؟"
    assert stands[2]["pinned_message"]["message_id"] == sent.message_id


async def test_keyboards_in_place_of_typing(bot: telegram.Bot, people: People) -> None:
    await people.say(LAYLA, "/start")
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("رقمي", request_contact=True)]])
    asked = await bot.send_message(LAYLA["id"], "رقمك؟", reply_markup=keyboard)
    assert asked.reply_markup is None
    assert (await people.chat(LAYLA["id"]))["keyboard"]["keyboard"] == [
        [{"text": "رقمي", "request_contact": True}]
    ]
    await bot.send_message(LAYLA["id"], "شكراً", reply_markup=ReplyKeyboardRemove())
    assert (await people.chat(LAYLA["id"]))["keyboard"] is None


async def test_files_go_out_and_come_back(bot: telegram.Bot, people: People) -> None:
    await people.say(LAYLA, "/start")
    document = await bot.send_document(
        LAYLA["id"], b"%PDF-1.7", filename="خارطة.pdf", caption="<i>خارطة</i>", parse_mode="HTML"
    )
    assert document.document is not None
    assert (document.document.file_name, document.document.file_size) == ("خارطة.pdf", 8)
    assert (document.caption, document.caption_entities[0].type) == ("خارطة", "italic")
    photo = await bot.send_photo(LAYLA["id"], b"\x89PNG", filename="a.png")
    voice = await bot.send_voice(LAYLA["id"], b"OggS", duration=3)
    assert voice.voice is not None
    assert voice.voice.to_dict()["duration"] == 3

    again = await bot.send_document(LAYLA["id"], document.document.file_id)
    assert again.document == document.document
    file = await bot.get_file(photo.photo[-1].file_id)
    assert await file.download_as_bytearray() == b"\x89PNG"
    url = f"/client/file?file_id={document.document.file_id}"
    async with people.session.get(url) as answer:
        assert (await answer.read(), answer.content_type) == (b"%PDF-1.7", "application/pdf")


async def test_films_sounds_and_places(bot: telegram.Bot, people: People) -> None:
    await people.say(LAYLA, "/start")
    video = await bot.send_video(LAYLA["id"], b"film", duration=7, filename="محل.mp4", caption="ا")
    assert video.video is not None
    assert (video.video.duration, video.video.file_name) == (timedelta(seconds=7), "محل.mp4")
    audio = await bot.send_audio(
        LAYLA["id"], b"sound", duration=2, title="مقابلة", performer="المكتب"
    )
    assert audio.audio is not None
    assert (audio.audio.title, audio.audio.performer) == ("مقابلة", "المكتب")
    again = await bot.send_video(LAYLA["id"], video.video.file_id)
    assert again.video == video.video
    assert await (await bot.get_file(audio.audio.file_id)).download_as_bytearray() == b"sound"
    edited = await bot.edit_message_caption(LAYLA["id"], video.message_id, caption="ب")
    assert isinstance(edited, telegram.Message)
    assert (edited.caption, edited.video) == ("ب", video.video)

    pin = await bot.send_location(LAYLA["id"], 34.7324, 36.7137)
    assert pin.location is not None
    assert (pin.location.latitude, pin.location.longitude) == (34.7324, 36.7137)
    card = await bot.send_venue(LAYLA["id"], 34.7324, 36.7137, "مكتب حمص", "شارع تجريبي")
    assert card.venue is not None
    assert (card.venue.title, card.venue.location) == ("مكتب حمص", pin.location)
    with pytest.raises(telegram.error.BadRequest, match="Wrong location specified"):
        await bot.send_location(LAYLA["id"], 91, 0)
    for answer in (video, audio, again, edited, pin, card):
        assert list(unknown_to_ptb(answer)) == []
    assert problems(await people.get("calls")) == []


async def test_the_bot_describes_itself(bot: telegram.Bot, people: People) -> None:
    await people.say(LAYLA, "/start")
    commands = [BotCommand("start", "البداية")]
    private = BotCommandScopeAllPrivateChats()
    assert await bot.set_my_commands(commands, private, "ar")
    assert await bot.get_my_commands(private, "ar") == tuple(commands)
    assert await bot.get_my_commands() == ()
    assert await bot.set_my_commands(commands)
    assert await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    assert await bot.set_my_name("دليل", "ar")
    assert await bot.set_my_name("Dalil")
    assert (await bot.get_my_name("ar")).name == "دليل"
    assert (await bot.get_my_name("fr")).name == "Dalil"
    assert (await bot.get_me()).first_name == "Dalil"
    assert await bot.set_my_description("من الفكرة إلى الترخيص", "ar")
    assert (await bot.get_my_description("ar")).description == "من الفكرة إلى الترخيص"
    assert (await bot.get_my_description()).description == ""
    assert await bot.set_my_short_description("Licences, step by step")
    assert (await bot.get_my_short_description("ar")).short_description == "Licences, step by step"
    assert await bot.set_chat_menu_button(LAYLA["id"], MenuButtonCommands())
    assert await bot.get_chat_menu_button(LAYLA["id"]) == MenuButtonCommands()
    shown = (await people.get("chats"))["bot"]
    assert shown["commands"] == {"ar": [{"command": "start", "description": "البداية"}]}
    assert shown["short_description"] == "Licences, step by step"


async def test_groups_and_topics(bot: telegram.Bot, people: People) -> None:
    group = await people.group(forum=True, bot_admin=True)
    chat = await bot.get_chat(group["id"])
    assert (chat.title, chat.type, chat.is_forum) == ("مكتب حلب", "supergroup", True)
    admins = await bot.get_chat_administrators(group["id"])
    assert [(a.user.id, a.status) for a in admins] == [
        (LAYLA["id"], "creator"),
        (bot.id, "administrator"),
    ]
    assert (await bot.get_chat_member(group["id"], OMAR["id"])).status == "member"
    assert await bot.get_chat_member_count(group["id"]) == 3

    topic = await bot.create_forum_topic(group["id"], "قضية 7")
    thread = topic.message_thread_id
    sent = await bot.send_message(group["id"], "بطاقة", message_thread_id=thread)
    assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
    assert await bot.edit_forum_topic(group["id"], thread, name="قضية 8")
    assert await bot.close_forum_topic(group["id"], thread)
    shown = (await people.chat(group["id"]))["topics"]
    assert shown == [{"message_thread_id": thread, "name": "قضية 8", "is_closed": True}]
    assert await bot.reopen_forum_topic(group["id"], thread)
    assert await bot.delete_forum_topic(group["id"], thread)
    assert (await people.chat(group["id"]))["topics"] == []
    assert await people.get("messages", chat_id=group["id"], thread_id=thread) == []
    assert await bot.leave_chat(group["id"])


async def test_receiving(bot: telegram.Bot, people: People) -> None:
    await people.say(LAYLA, "/start")
    (update,) = await bot.get_updates(timeout=0)
    assert update.message is not None
    reply = await update.message.reply_text("؟", reply_markup=BUTTONS)
    await people.press(LAYLA, reply, "yes")
    (update,) = await bot.get_updates(offset=update.update_id + 1)
    assert update.callback_query is not None
    assert await update.callback_query.answer("حسناً", show_alert=True)
    assert await bot.set_webhook("http://127.0.0.1:9/hook", max_connections=5, secret_token="s")
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections) == ("http://127.0.0.1:9/hook", 5)
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


def test_no_method_goes_untried() -> None:
    """Every method in the table is one that the stories above call by its library name."""
    with open(__file__, encoding="utf-8") as source:
        story = source.read().replace("_", "").lower()
    by_shortcut = {"getme", "editmessagetext", "editmessagereplymarkup", "answercallbackquery"}
    assert {name for name in METHODS if f"bot.{name}(" not in story} <= by_shortcut


async def test_parameters_come_in_every_way(people: People) -> None:
    """Query, JSON, form and both at once, with the method in any case."""
    await people.say(LAYLA, "/start")
    url, me = f"/bot{TOKEN}/sendMessage", str(LAYLA["id"])
    markup = '{"inline_keyboard":[[{"text":"نعم","callback_data":"yes"}]]}'
    post = people.session.post
    ways = (
        people.session.get(
            url.lower(), params={"chat_id": me, "text": "1", "reply_markup": markup}
        ),
        post(url, json={"chat_id": me, "text": "2", "reply_markup": BUTTONS.to_dict()}),
        post(url, data={"chat_id": me, "text": "3", "reply_markup": markup}),
        post(url, params={"chat_id": me}, json={"text": "4", "reply_markup": markup}),
    )
    for number, way in enumerate(ways, 1):
        async with way as answer:
            message = (await answer.json())["result"]
            assert (message["text"], message["reply_markup"]) == (str(number), BUTTONS.to_dict())


async def test_the_name_of_a_file_tells_its_type(people: People) -> None:
    await people.say(LAYLA, "/start")
    form = aiohttp.FormData({"chat_id": str(LAYLA["id"]), "document": "attach://one"})
    form.add_field("one", b"a", filename="a.pdf", content_type="application/octet-stream")
    async with people.session.post(f"/bot{TOKEN}/sendDocument", data=form) as answer:
        document = (await answer.json())["result"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("a.pdf", "application/pdf")


async def test_the_token_names_the_bot(people: People) -> None:
    for token, status in ((TOKEN, 200), ("4200:other", 401), ("nonsense", 404)):
        async with people.session.get(f"/bot{token}/getMe") as answer:
            assert answer.status == status
    async with people.session.get(f"/bot{TOKEN}/flyToTheMoon") as answer:
        assert (await answer.json())["description"] == "Not Found: method not found"
