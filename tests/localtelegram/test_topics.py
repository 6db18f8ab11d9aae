"""Topics of a forum: what officers do to them by hand, and what stands in them."""

import pytest
import pytest_asyncio

from .conftest import LAYLA, OMAR, RIMA, Json, People, Raw, Refused


@pytest_asyncio.fixture(loop_scope="session")
async def forum(people: People) -> Json:
    """Layla founded it and Omar is a member; the bot administers it."""
    return await people.group(forum=True, bot_admin=True)


@pytest_asyncio.fixture(loop_scope="session")
async def case(raw: Raw, forum: Json) -> Json:
    """A topic that the bot opened: where to find it."""
    topic = (await raw("createForumTopic", chat_id=forum["id"], name="قضية 7"))["result"]
    return {"chat_id": forum["id"], "message_thread_id": topic["message_thread_id"]}


async def by_hand(people: People, user: Json, case: Json, deed: str, **more: str) -> Json:
    where = {"chat_id": case["chat_id"], "thread_id": case.get("message_thread_id")}
    done: Json = await people.post("topics", **where, **{"from": user}, do=deed, **more)
    return done


async def heard(raw: Raw) -> list[Json]:
    """The messages that the bot has not confirmed yet; confirms them."""
    updates = await raw.updates()
    await raw.updates(offset=updates[-1]["update_id"] + 1 if updates else 0)
    return [update["message"] for update in updates if "message" in update]


async def test_an_officer_closes_and_opens_a_topic(raw: Raw, people: People, case: Json) -> None:
    await heard(raw)
    await by_hand(people, LAYLA, case, "close")
    await by_hand(people, LAYLA, case, "reopen")
    await by_hand(people, LAYLA, case, "edit", name="قضية 8")
    closed, reopened, renamed = await heard(raw)
    for message in (closed, reopened, renamed):
        assert message["message_thread_id"] == case["message_thread_id"]
        assert message["is_topic_message"]
        assert message["from"]["id"] == LAYLA["id"]
    assert (closed["forum_topic_closed"], reopened["forum_topic_reopened"]) == ({}, {})
    assert renamed["forum_topic_edited"] == {"name": "قضية 8"}
    with pytest.raises(Refused, match="TOPIC_NOT_MODIFIED"):
        await by_hand(people, LAYLA, case, "reopen")


async def test_the_bot_hears_nothing_of_a_deleted_topic(
    raw: Raw, people: People, case: Json
) -> None:
    card = (await raw("sendMessage", **case, text="بطاقة"))["result"]["message_id"]
    await heard(raw)
    await by_hand(people, LAYLA, case, "delete")
    assert await raw.updates() == []
    chat = {"chat_id": case["chat_id"]}
    for method, params, words in (
        ("sendMessage", case | {"text": "x"}, "message thread not found"),
        ("closeForumTopic", case, "TOPIC_ID_INVALID"),
        ("editMessageText", chat | {"message_id": card, "text": "x"}, "message to edit not found"),
        ("sendMessage", chat | {"text": "x", "reply_parameters": {"message_id": card}},
         "message to be replied not found"),
    ):  # fmt: skip
        assert (await raw(method, **params))["description"] == f"Bad Request: {words}"
    lenient = {"message_id": card, "allow_sending_without_reply": True}
    sent = await raw("sendMessage", **chat, text="x", reply_parameters=lenient)
    assert "reply_to_message" not in sent["result"]


async def test_a_topic_opened_by_hand(raw: Raw, people: People, forum: Json) -> None:
    await heard(raw)
    opened = await by_hand(people, LAYLA, {"chat_id": forum["id"]}, "create", name=" مشورة ")
    (message,) = await heard(raw)
    thread = opened["message_thread_id"]
    assert message["message_id"] == message["message_thread_id"] == thread
    assert message["forum_topic_created"]["name"] == "مشورة"
    (topic,) = (await people.chat(forum["id"]))["topics"]
    assert topic == {"message_thread_id": thread, "name": "مشورة", "is_closed": False}


async def test_what_stands_in_a_topic_answers_its_opening(
    raw: Raw, people: People, case: Json
) -> None:
    chat_id, thread = case["chat_id"], case["message_thread_id"]
    card = (await raw("sendMessage", **case, text="بطاقة"))["result"]
    await heard(raw)
    await people.say(OMAR, "بين الموظفين", chat_id, thread_id=thread)
    await people.say(OMAR, "للمواطن", chat_id, reply_to_message_id=card["message_id"])
    await people.say(OMAR, "في العام", chat_id)
    plain, reply, general = await heard(raw)
    assert plain["reply_to_message"]["message_id"] == thread
    assert plain["reply_to_message"]["forum_topic_created"]["name"] == "قضية 7"
    assert reply["reply_to_message"]["message_id"] == card["message_id"]
    for message in (plain, reply):
        assert (message["message_thread_id"], message["is_topic_message"]) == (thread, True)
    assert not {"reply_to_message", "message_thread_id", "is_topic_message"} & general.keys()


async def test_a_guest_sees_no_talk_in_a_topic_that_it_opened(
    raw: Raw, people: People, forum: Json, case: Json
) -> None:
    card = (await raw("sendMessage", **case, text="بطاقة"))["result"]
    await people.member(forum, "demote_bot")
    await heard(raw)
    thread = case["message_thread_id"]
    await people.say(OMAR, "بين الموظفين", forum["id"], thread_id=thread)
    await people.say(OMAR, "رد", forum["id"], reply_to_message_id=card["message_id"])
    assert [message["text"] for message in await heard(raw)] == ["رد"]


async def test_a_right_that_an_administrator_lacks(
    raw: Raw, people: People, forum: Json, case: Json
) -> None:
    bot = 4200
    await by_hand(people, LAYLA, case, "close")
    assert (await raw("sendMessage", **case, text="x"))["ok"]
    rights = {"can_manage_topics": False}
    await people.post("members", chat_id=forum["id"], do="promote_bot", rights=rights)
    member = (await raw("getChatMember", chat_id=forum["id"], user_id=bot))["result"]
    assert (member["status"], member["can_manage_topics"]) == ("administrator", False)
    assert member["can_pin_messages"]
    for method, params, words in (
        ("sendMessage", case | {"text": "x"}, "TOPIC_CLOSED"),
        ("reopenForumTopic", case, "not enough rights to reopen the topic"),
        ("createForumTopic", {"chat_id": forum["id"], "name": "x"},
         "not enough rights to create a topic"),
    ):  # fmt: skip
        assert (await raw(method, **params))["description"] == f"Bad Request: {words}"


async def test_who_may_not_touch_topics(people: People, forum: Json, case: Json) -> None:
    for user, deed, why in (
        (OMAR, "close", "not enough rights to close the topic"),
        (OMAR, "delete", "not enough rights to delete the topic"),
        (RIMA, "close", "you are not a member"),
        (LAYLA, "fly", "unknown deed"),
    ):
        with pytest.raises(Refused, match=why):
            await by_hand(people, user, case, deed)
    small = await people.group()
    with pytest.raises(Refused, match="not a forum"):
        await by_hand(people, LAYLA, {"chat_id": small["id"]}, "create", name="x")
    await by_hand(people, LAYLA, case, "close")
    with pytest.raises(Refused, match="TOPIC_CLOSED"):
        await people.say(OMAR, "x", forum["id"], thread_id=case["message_thread_id"])


async def test_an_anonymous_administrator_closes_a_topic(
    raw: Raw, people: People, forum: Json, case: Json
) -> None:
    await people.member(forum, "anonymous", LAYLA)
    await heard(raw)
    await by_hand(people, LAYLA, case, "close")
    (message,) = await heard(raw)
    assert (message["from"]["id"], message["sender_chat"]["id"]) == (1087968824, forum["id"])
