"""What Telegram refuses, in Telegram's words."""

from typing import Any

import pytest
import pytest_asyncio

from .conftest import LAYLA, OMAR, RIMA, Clock, Json, People, Raw

ME = LAYLA["id"]


@pytest_asyncio.fixture(loop_scope="session")
async def office(people: People) -> Json:
    """Layla talks with the bot; Omar is only in the group, where the bot is no administrator."""
    await people.say(LAYLA, "/start")
    return await people.group(forum=True)


def keyboard(*buttons: Any) -> Json:
    return {"inline_keyboard": [list(buttons)]}


BAD_REQUESTS: list[tuple[str, Json, str]] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": ME}, "message text is empty"),
    ("sendMessage", {"chat_id": ME, "text": "  "}, "text must be non-empty"),
    ("sendMessage", {"chat_id": 999, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": ME, "text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": ME, "text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": ME, "text": "x", "parse_mode": "X"}, "unsupported parse_mode"),
    ("sendMessage", {"chat_id": ME, "text": "<b>x", "parse_mode": "HTML"},
     'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
    ("sendMessage", {"chat_id": ME, "text": "x", "message_thread_id": 999},
     "message thread not found"),
    ("sendMessage", {"chat_id": ME, "text": "x", "reply_parameters": {"message_id": 999}},
     "message to be replied not found"),
    ("sendMessage", {"chat_id": ME, "text": "x", "reply_parameters": {}},
     'can\'t find field "message_id"'),
    ("sendMessage", {"chat_id": ME, "text": "x", "reply_markup": "{"},
     "can't parse reply keyboard markup JSON object"),
    ("sendMessage", {"chat_id": ME, "text": "x", "reply_markup": []},
     "object expected as reply markup"),
    ("sendMessage", {"chat_id": ME, "text": "x", "reply_markup": {"inline_keyboard": "x"}},
     'field "inline_keyboard" must be of type Array'),
    ("sendMessage",
     {"chat_id": ME, "text": "x",
      "reply_markup": keyboard({"text": "b", "callback_data": "س" * 33})},
     "BUTTON_DATA_INVALID"),
    ("sendMessage",
     {"chat_id": ME, "text": "x", "reply_markup": keyboard({"text": "b", "callback_data": ""})},
     "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ("sendMessage",
     {"chat_id": ME, "text": "x", "reply_markup": keyboard({"callback_data": "x"})},
     'can\'t parse inline keyboard button: Can\'t find field "text"'),
    ("sendMessage",
     {"chat_id": ME, "text": "x", "reply_markup": keyboard({"text": "b", "url": "nowhere"})},
     "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
    ("sendMessage",
     {"chat_id": ME, "text": "x", "reply_markup": keyboard({"text": "b", "url": "ftp://a.b"})},
     "inline keyboard button URL 'ftp://a.b' is invalid: Unsupported URL protocol"),
    ("sendMessage",
     {"chat_id": ME, "text": "x",
      "reply_markup": keyboard(*[{"text": "b", "callback_data": "x"}] * 101)},
     "reply markup is too long"),
    ("sendMessage",
     {"chat_id": ME, "text": "x", "reply_markup": {"keyboard": [[{"request_contact": True}]]}},
     'can\'t parse keyboard button: Can\'t find field "text"'),
    ("sendDocument", {"chat_id": ME}, "there is no document in the request"),
    ("sendPhoto", {"chat_id": ME, "photo": "nonsense"},
     "wrong file identifier/HTTP URL specified"),
    ("getFile", {}, "file_id not specified"),
    ("sendVideo", {"chat_id": ME}, "there is no video in the request"),
    ("sendLocation", {"chat_id": ME, "longitude": 36.7}, "latitude is empty"),
    ("sendLocation", {"chat_id": ME, "latitude": 34.7}, "longitude is empty"),
    ("sendVenue", {"chat_id": ME, "latitude": 34.7, "longitude": "شرق", "title": "x"},
     "wrong location specified"),
    ("editMessageCaption", {"chat_id": ME, "message_id": 999}, "message to edit not found"),
    ("editMessageText", {"chat_id": ME, "message_id": 999, "text": "x"},
     "message to edit not found"),
    ("editMessageText", {"chat_id": ME, "text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": ME, "message_id": 1, "text": "x"}, "message can't be edited"),
    ("deleteMessage", {"chat_id": ME, "message_id": 999}, "message to delete not found"),
    ("copyMessage", {"chat_id": ME, "from_chat_id": ME, "message_id": 999},
     "message to copy not found"),
    ("pinChatMessage", {"chat_id": ME, "message_id": 999}, "message to pin not found"),
    ("setMessageReaction", {"chat_id": ME, "message_id": 999}, "message to react not found"),
    ("setMessageReaction",
     {"chat_id": ME, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "🐪"}]},
     "REACTION_INVALID"),
    ("setMessageReaction",
     {"chat_id": ME, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
     "REACTIONS_TOO_MANY"),
    ("sendChatAction", {"chat_id": ME, "action": "dancing"},
     "wrong parameter action in request"),
    ("answerCallbackQuery", {"callback_query_id": "1"},
     "query is too old and response timeout expired or query ID is invalid"),
    ("getChatAdministrators", {"chat_id": ME}, "there are no administrators in the private chat"),
    ("getChatMember", {"chat_id": ME, "user_id": 999}, "user not found"),
    ("getChatMember", {"chat_id": ME}, "invalid user_id specified"),
    ("leaveChat", {"chat_id": ME}, "chat member status can't be changed in private chats"),
    ("createForumTopic", {"chat_id": ME, "name": "x"}, "the chat is not a forum"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]},
     "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "start", "description": ""}]},
     "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [{"command": "start", "description": "x"}] * 101},
     "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [], "scope": {"type": "everywhere"}},
     "can't parse BotCommandScope: Unsupported type specified"),
    ("setMyCommands", {}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": ["start"]}, "expected an Array of BotCommand"),
    ("setMyName", {"name": "x" * 65}, "name is too long"),
    ("setMyDescription", {"description": "x" * 513}, "description is too long"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "short description is too long"),
    ("getMyName", {"language_code": "arabic"}, "invalid language code specified"),
    ("setWebhook", {"url": "ftp://a"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "https://a.sy", "secret_token": "ا"},
     "secret token contains unallowed characters"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "params", "words"), BAD_REQUESTS)
@pytest.mark.usefixtures("office")
async def test_bad_requests(raw: Raw, method: str, params: Json, words: str) -> None:
    body = await raw(method, **params)
    assert body == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


IN_A_FORUM: list[tuple[str, Json, str]] = [
    ("createForumTopic", {"name": "x"}, "not enough rights to create a topic"),
    ("pinChatMessage", {"message_id": 1},
     "not enough rights to manage pinned messages in the chat"),
    ("deleteMessage", {"message_id": 1}, "message can't be deleted"),
    ("sendMessage",
     {"text": "x", "reply_markup": {"keyboard": [[{"text": "b", "request_contact": True}]]}},
     "phone number can be requested in private chats only"),
    ("sendMessage",
     {"text": "x", "reply_markup": {"keyboard": [[{"text": "b", "request_location": True}]]}},
     "location can be requested in private chats only"),
    ("copyMessage", {"from_chat_id": "@open_forum", "message_id": 1}, "message can't be copied"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "params", "words"), IN_A_FORUM)
async def test_a_guest_in_a_forum(
    raw: Raw, people: People, method: str, params: Json, words: str
) -> None:
    forum = await people.group(forum=True, username="open_forum")
    body = await raw(method, **params | {"chat_id": forum["id"]})
    assert body["description"] == f"Bad Request: {words}"


OF_TOPICS: list[tuple[str, Json, str]] = [
    ("closeForumTopic", {"message_thread_id": 999}, "TOPIC_ID_INVALID"),
    ("reopenForumTopic", {}, "TOPIC_NOT_MODIFIED"),
    ("editForumTopic", {"name": "قضية"}, "TOPIC_NOT_MODIFIED"),
    ("createForumTopic", {"name": " "}, "topic name must be non-empty"),
    ("createForumTopic", {"name": "x" * 129}, "TOPIC_TITLE_INVALID"),
    ("createForumTopic", {"name": "x", "icon_color": 1}, "TOPIC_ICON_COLOR_INVALID"),
]


@pytest.mark.parametrize(("method", "params", "words"), OF_TOPICS)
async def test_topics(raw: Raw, people: People, method: str, params: Json, words: str) -> None:
    forum = await people.group(forum=True, bot_admin=True)
    topic = (await raw("createForumTopic", chat_id=forum["id"], name="قضية"))["result"]
    where = {"chat_id": forum["id"], "message_thread_id": topic["message_thread_id"]}
    body = await raw(method, **where | params)
    assert body["description"] == f"Bad Request: {words}"


async def test_a_closed_topic_takes_nothing_from_a_guest(raw: Raw, people: People) -> None:
    forum = await people.group(forum=True, bot_admin=True)
    topic = (await raw("createForumTopic", chat_id=forum["id"], name="قضية"))["result"]
    where = {"chat_id": forum["id"], "message_thread_id": topic["message_thread_id"]}
    await raw("closeForumTopic", **where)
    assert (await raw("sendMessage", **where, text="x"))["ok"]
    await people.member(forum, "demote_bot")
    body = await raw("sendMessage", **where, text="x")
    assert body["description"] == "Bad Request: TOPIC_CLOSED"


async def test_an_edit_must_change_something(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    buttons = keyboard({"text": "b", "callback_data": "x"})
    sent = (await raw("sendMessage", chat_id=ME, text="x", reply_markup=buttons))["result"]
    same = {"chat_id": ME, "message_id": sent["message_id"]}
    words = (
        "Bad Request: message is not modified: specified new message content and reply markup are"
        " exactly the same as a current content and reply markup of the message"
    )
    for method, params in (
        ("editMessageText", {"text": " x", "reply_markup": buttons}),
        ("editMessageReplyMarkup", {"reply_markup": buttons}),
    ):
        assert (await raw(method, **same, **params))["description"] == words
    too_long = await raw("editMessageText", **same, text="x" * 4097)
    assert too_long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    wrong = await raw("editMessageReplyMarkup", **same, reply_markup={"keyboard": [["a"]]})
    assert wrong["description"] == "Bad Request: inline keyboard expected"


async def test_some_messages_cannot_be_edited(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    asked = await raw("sendMessage", chat_id=ME, text="x", reply_markup={"keyboard": [["a"]]})
    number = asked["result"]["message_id"]
    body = await raw("editMessageText", chat_id=ME, message_id=number, text="y")
    assert body["description"] == "Bad Request: message can't be edited"
    file = await people.send(LAYLA, document={"file_name": "a.txt", "data": "YQ=="})
    file_id = file["document"]["file_id"]
    sent = (await raw("sendDocument", chat_id=ME, document=file_id))["result"]
    body = await raw("editMessageText", chat_id=ME, message_id=sent["message_id"], text="y")
    assert body["description"] == "Bad Request: there is no text in the message to edit"
    body = await raw("sendDocument", chat_id=ME, document=file_id, caption="x" * 1025)
    assert body["description"] == "Bad Request: message caption is too long"


async def test_a_picture_is_no_document(raw: Raw, people: People) -> None:
    picture = await people.send(LAYLA, photo={"data": "YQ=="})
    paper = await people.send(LAYLA, document={"file_name": "a.txt", "data": "YQ=="})
    photo, document = picture["photo"][0]["file_id"], paper["document"]["file_id"]
    body = await raw("sendDocument", chat_id=ME, document=photo)
    assert body["description"] == "Bad Request: can't use file of type Photo as Document"
    body = await raw("sendPhoto", chat_id=ME, photo=document)
    assert body["description"] == "Bad Request: can't use file of type Document as Photo"


async def test_two_days_later_nothing_can_be_deleted(
    raw: Raw, people: People, clock: Clock
) -> None:
    await people.say(LAYLA, "/start")
    sent = (await raw("sendMessage", chat_id=ME, text="x"))["result"]
    clock.now += 48 * 60 * 60
    body = await raw("deleteMessage", chat_id=ME, message_id=sent["message_id"])
    assert body["description"] == "Bad Request: message can't be deleted for everyone"


async def test_a_press_waits_fifteen_seconds(raw: Raw, people: People, clock: Clock) -> None:
    await people.say(LAYLA, "/start")
    buttons = keyboard({"text": "b", "callback_data": "x"})
    sent = (await raw("sendMessage", chat_id=ME, text="x", reply_markup=buttons))["result"]
    wish = {"chat_id": ME, "from": LAYLA, "message_id": sent["message_id"], "data": "x"}
    number = (await people.post("press", **wish))["callback_query_id"]
    long = await raw("answerCallbackQuery", callback_query_id=number, text="x" * 201)
    assert long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    clock.now += 16
    late = await raw("answerCallbackQuery", callback_query_id=number)
    assert late["description"] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_forbidden(raw: Raw, people: People, office: Json) -> None:
    async def refusal(chat_id: int) -> str:
        body = await raw("sendMessage", chat_id=chat_id, text="x")
        assert body["error_code"] == 403
        return str(body["description"])

    assert await refusal(OMAR["id"]) == "Forbidden: bot can't initiate conversation with a user"
    await people.post("block", user_id=ME)
    assert await refusal(ME) == "Forbidden: bot was blocked by the user"
    assert (await raw("getChat", chat_id=ME))["ok"]
    await people.post("block", user_id=ME, blocked=False)
    assert (await raw("sendMessage", chat_id=ME, text="x"))["ok"]

    await people.member(office, "remove_bot")
    assert await refusal(office["id"]) == "Forbidden: bot was kicked from the supergroup chat"
    small = await people.group(with_bot=False)
    assert await refusal(small["id"]) == "Forbidden: bot is not a member of the group chat"
    await people.member(small, "add_bot")
    await people.member(small, "remove_bot")
    assert await refusal(small["id"]) == "Forbidden: bot was kicked from the group chat"


async def test_a_stranger_is_known_but_not_in_the_group(raw: Raw, people: People) -> None:
    await people.say(RIMA, "/start")
    group = await people.group()
    member = (await raw("getChatMember", chat_id=group["id"], user_id=RIMA["id"]))["result"]
    assert member["status"] == "left"


async def test_unreadable_bodies(people: People) -> None:
    headers = {"Content-Type": "application/json"}
    for data in (b"{", b"[]"):
        url = "/bot4200:local/sendMessage"
        async with people.session.post(url, data=data, headers=headers) as answer:
            assert answer.status == 400
