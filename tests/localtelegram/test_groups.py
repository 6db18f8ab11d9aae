"""Groups: what a bot sees of them, who comes and goes, and where they move to."""

import asyncio

import pytest

from .conftest import LAYLA, OMAR, RIMA, Json, People, Raw, Refused


async def seen(raw: Raw) -> list[str]:
    """What the bot has seen in groups, in a word each; confirms it."""
    updates = await raw.updates()
    await raw("getUpdates", offset=updates[-1]["update_id"] + 1 if updates else 0)
    return [in_a_word(update) for update in updates]


def in_a_word(update: Json) -> str:
    if change := update.get("my_chat_member") or update.get("chat_member"):
        before, after = change["old_chat_member"]["status"], change["new_chat_member"]["status"]
        return f"{change['new_chat_member']['user']['first_name']}: {before} → {after}"
    message = update.get("message") or update["callback_query"]["message"]
    if "callback_query" in update:
        return f"press {update['callback_query']['data']}"
    known = {"message_id", "from", "chat", "date", "sender_chat", "reply_to_message", "entities"}
    topic = {"message_thread_id", "is_topic_message"}
    content = next(key for key in message if key not in known | topic)
    return str(message["text"]) if content == "text" else content


async def test_a_guest_sees_commands_replies_and_events_only(raw: Raw, people: People) -> None:
    group = await people.group()
    assert await seen(raw) == ["دليل: left → member", "group_chat_created"]
    sent = (await raw("sendMessage", chat_id=group["id"], text="سلام"))["result"]
    for text in (
        "hello",
        "@dalil_demo_bot hello",
        "/bind X",
        "/bind@dalil_demo_bot",
        "/x@other_bot",
    ):
        await people.say(OMAR, text, group["id"])
    await people.say(OMAR, "a reply", group["id"], reply_to_message_id=sent["message_id"])
    await people.say(OMAR, "😀 /deep", group["id"])
    await people.member(group, "join", RIMA)
    assert await seen(raw) == [
        "/bind X", "/bind@dalil_demo_bot", "a reply", "😀 /deep", "new_chat_members",
    ]  # fmt: skip


async def test_an_administrator_sees_everything(raw: Raw, people: People) -> None:
    group = await people.group(bot_admin=True)
    await people.say(OMAR, "hello", group["id"])
    await people.member(group, "demote_bot")
    await people.say(OMAR, "secret", group["id"])
    await people.member(group, "promote_bot")
    await people.member(group, "remove_bot")
    await people.say(OMAR, "/gone", group["id"])
    assert await seen(raw) == [
        "دليل: left → administrator",
        "group_chat_created",
        "hello",
        "دليل: administrator → member",
        "دليل: member → administrator",
        "دليل: administrator → kicked",
    ]


async def test_coming_and_going(raw: Raw, people: People) -> None:
    await raw("getUpdates", allowed_updates=["message", "chat_member"])
    group = await people.group(type="supergroup", bot_admin=True)
    await people.member(group, "join", RIMA)
    await people.member(group, "promote", RIMA)
    await people.member(group, "leave", RIMA)
    assert await seen(raw) == [
        "new_chat_members",
        "ريما: left → member",
        "new_chat_members",
        "ريما: member → administrator",
        "ريما: administrator → left",
        "left_chat_member",
    ]
    with pytest.raises(Refused, match="you are not a member"):
        await people.say(RIMA, "hello?", group["id"])


async def test_an_anonymous_administrator_hides(raw: Raw, people: People) -> None:
    group = await people.group(type="supergroup", bot_admin=True, admins=[OMAR["id"]])
    member = await people.member(group, "anonymous", OMAR)
    assert (member["status"], member["is_anonymous"]) == ("administrator", True)
    buttons = {"inline_keyboard": [[{"text": "أخذ", "callback_data": "take"}]]}
    card = {"chat_id": group["id"], "text": "بطاقة", "reply_markup": buttons}
    sent = (await raw("sendMessage", **card))["result"]
    await people.say(OMAR, "باسم المكتب", group["id"])
    wish = {"chat_id": group["id"], "message_id": sent["message_id"], "data": "take"}
    await people.post("press", **wish, **{"from": OMAR})
    written, pressed = (await raw.updates())[-2:]
    assert written["message"]["from"]["username"] == "GroupAnonymousBot"
    assert written["message"]["sender_chat"]["id"] == group["id"]
    assert pressed["callback_query"]["from"]["id"] == 1087968824
    await people.member(group, "anonymous", OMAR)
    await people.say(OMAR, "باسمي", group["id"])
    assert (await raw.updates())[-1]["message"]["from"]["id"] == OMAR["id"]
    with pytest.raises(Refused, match="only an administrator"):
        await people.member(await people.group(), "anonymous", OMAR)


async def test_a_group_moves(raw: Raw, people: People) -> None:
    old = await people.group(bot_admin=True)
    assert old["id"] > -(10**12)
    await people.say(OMAR, "before", old["id"])
    new = await people.post("migrate", chat_id=old["id"])
    assert str(new["id"]).startswith("-100")
    assert new["type"] == "supergroup"
    assert await raw("sendMessage", chat_id=old["id"], text="x") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new["id"]},
    }
    assert (await raw("sendMessage", chat_id=new["id"], text="x"))["result"]["message_id"] == 2
    assert (await seen(raw))[-4:] == [
        "before",
        "migrate_to_chat_id",
        "دليل: left → administrator",
        "migrate_from_chat_id",
    ]
    members = (await raw("getChatAdministrators", chat_id=new["id"]))["result"]
    assert [m["status"] for m in members] == ["creator", "administrator"]
    assert [chat["id"] for chat in (await people.get("chats"))["chats"]] == [new["id"]]
    for late in (people.say(OMAR, "late", old["id"]), people.post("migrate", chat_id=old["id"])):
        with pytest.raises(Refused, match="upgraded"):
            await late
    with pytest.raises(Refused, match="only a basic group"):
        await people.post("migrate", chat_id=new["id"])


async def test_the_new_group_may_be_heard_first(raw: Raw, people: People) -> None:
    old = await people.group()
    await seen(raw)
    new = await people.post("migrate", chat_id=old["id"], first="from")
    joined, arrived, left = await raw.updates()
    assert joined["my_chat_member"]["chat"]["id"] == new["id"]
    assert arrived["message"]["migrate_from_chat_id"] == old["id"]
    assert arrived["message"]["sender_chat"]["id"] == new["id"]
    assert arrived["message"]["from"]["username"] == "GroupAnonymousBot"
    assert left["message"]["migrate_to_chat_id"] == new["id"]
    assert left["message"]["from"]["id"] == LAYLA["id"]


async def test_a_group_is_made_public(raw: Raw, people: People) -> None:
    group = await people.group(type="supergroup")
    await seen(raw)
    await people.post("public", chat_id=group["id"], username="homs_office")
    assert await seen(raw) == []
    assert (await raw("getChat", chat_id="@homs_office"))["result"]["username"] == "homs_office"
    small = await people.group()
    for username, why in (("homs_Office", "OCCUPIED"), ("7", "INVALID"), ("مكتب_حمص", "INVALID")):
        with pytest.raises(Refused, match=f"USERNAME_{why}"):
            await people.post("public", chat_id=small["id"], username=username)
    moved = await people.post("public", chat_id=small["id"], username="aleppo_office")
    assert (moved["type"], moved["username"]) == ("supergroup", "aleppo_office")
    assert (await seen(raw))[-1] == "migrate_from_chat_id"
    hidden = await people.post("public", chat_id=group["id"], username=None)
    assert "username" not in hidden


async def test_an_officer_is_removed_by_another(raw: Raw, people: People) -> None:
    await raw("getUpdates", allowed_updates=["message", "chat_member"])
    group = await people.group(members=[LAYLA, OMAR, RIMA], bot_admin=True, admins=[OMAR["id"]])
    await seen(raw)
    await people.post("members", chat_id=group["id"], user=RIMA, do="remove", **{"from": OMAR})
    change, left = await raw.updates()
    assert change["chat_member"]["from"]["id"] == OMAR["id"]
    assert change["chat_member"]["new_chat_member"]["status"] == "kicked"
    assert left["message"]["left_chat_member"]["id"] == RIMA["id"]
    assert left["message"]["from"]["id"] == OMAR["id"]
    with pytest.raises(Refused, match="you are not a member"):
        await people.say(RIMA, "x", group["id"])
    with pytest.raises(Refused, match="nobody removes the creator"):
        await people.member(group, "remove", LAYLA)
    await people.member(group, "leave", LAYLA)
    await people.member(group, "promote", OMAR)
    assert (await raw.updates())[-1]["chat_member"]["from"]["id"] == LAYLA["id"]


async def test_a_stranger_adds_the_bot(raw: Raw, people: People) -> None:
    group = await people.group(with_bot=False)
    wish = {"chat_id": group["id"], "do": "add_bot"}
    with pytest.raises(Refused, match="you are not a member"):
        await people.post("members", **wish, **{"from": RIMA})
    await people.post("members", **wish, **{"from": OMAR})
    change, joined = await raw.updates()
    assert change["my_chat_member"]["from"]["id"] == OMAR["id"]
    assert joined["message"]["from"]["id"] == OMAR["id"]


async def test_people_write_in_topics(raw: Raw, people: People) -> None:
    forum = await people.group(forum=True, bot_admin=True)
    topic = (await raw("createForumTopic", chat_id=forum["id"], name="قضية"))["result"]
    thread = topic["message_thread_id"]
    await people.say(OMAR, "عام", forum["id"])
    said = await people.say(OMAR, "في القضية", forum["id"], thread_id=thread)
    answer = await people.say(LAYLA, "نعم", forum["id"], reply_to_message_id=said["message_id"])
    assert answer["message_thread_id"] == thread
    general, inside, reply = (update["message"] for update in (await raw.updates())[-3:])
    assert "message_thread_id" not in general
    assert inside["reply_to_message"]["forum_topic_created"]["name"] == "قضية"
    assert reply["reply_to_message"]["text"] == "في القضية"
    where = {"chat_id": forum["id"], "message_thread_id": thread}
    await raw("closeForumTopic", **where)
    assert await people.say(LAYLA, "الختام", forum["id"], thread_id=thread)
    with pytest.raises(Refused, match="TOPIC_CLOSED"):
        await people.say(OMAR, "متأخر", forum["id"], thread_id=thread)
    await raw("deleteForumTopic", **where)
    with pytest.raises(Refused, match="message thread not found"):
        await people.say(LAYLA, "أين؟", forum["id"], thread_id=thread)
    gone = await raw("sendMessage", **where, text="x")
    assert gone["description"] == "Bad Request: message thread not found"


async def test_numbers_of_messages(people: People) -> None:
    """Private chats and basic groups count together, as on Telegram; a supergroup by itself."""
    await people.say(LAYLA, "a")
    small, large = await people.group(), await people.group(type="supergroup")
    await people.say(LAYLA, "b", large["id"])
    said = [await people.say(LAYLA, "c", chat["id"]) for chat in (small, large)]
    assert [message["message_id"] for message in said] == [3, 3]
    assert (await people.say(OMAR, "d"))["message_id"] == 4


@pytest.mark.parametrize(
    ("deed", "user", "why"),
    [
        ("remove", RIMA, "not in the group"),
        ("join", OMAR, "in the group already"),
        ("leave", RIMA, "not in the group"),
        ("promote", RIMA, "not in the group"),
        ("add_bot", None, "in the group already"),
        ("fly", None, "unknown deed"),
    ],
)
async def test_deeds_that_make_no_sense(
    people: People, deed: str, user: Json | None, why: str
) -> None:
    group = await people.group()
    with pytest.raises(Refused, match=why):
        await people.member(group, deed, user)


async def test_a_group_needs_a_creator(people: People) -> None:
    with pytest.raises(Refused, match="a first member"):
        await people.group(members=[])
    with pytest.raises(Refused, match="title is missing"):
        await people.post("groups", members=[LAYLA])
    await people.say(LAYLA, "/start")
    with pytest.raises(Refused, match="this is not a group"):
        await people.post("migrate", chat_id=LAYLA["id"])


async def test_others_write_while_nobody_waits(raw: Raw, people: People) -> None:
    """Fifty people at once: every message arrives once, in its own chat."""
    crowd = [{"id": 1000 + n, "first_name": f"P{n}"} for n in range(50)]
    await asyncio.gather(*(people.say(user, f"hello {user['id']}") for user in crowd))
    heard = [update["message"] for update in await raw.updates()]
    assert {m["chat"]["id"]: m["text"] for m in heard} == {
        user["id"]: f"hello {user['id']}" for user in crowd
    }
    assert len({m["message_id"] for m in heard}) == len(crowd)
