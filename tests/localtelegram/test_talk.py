"""What officers and citizens send one another: every kind, albums, replies and edits."""

import base64
import io

import aiohttp
import pytest

from .conftest import LAYLA, OMAR, RIMA, TOKEN, Clock, Json, People, Raw, Refused

ME = LAYLA["id"]
FILE: Json = {"file_name": "ورقة.bin", "data": base64.b64encode(b"x").decode()}
KINDS: list[Json] = [
    {"text": "مرحباً"},
    {"photo": FILE, "caption": "الهوية"},
    {"document": FILE, "caption": "العقد"},
    {"voice": FILE | {"duration": 4}, "caption": "سؤال"},
    {"video": FILE | {"duration": 9}, "caption": "المحل"},
    {"audio": FILE | {"title": "تسجيل", "performer": "ليلى"}, "caption": "مكالمة"},
    {"location": {"latitude": 34.73, "longitude": 36.71}},
    {"venue": {"latitude": 34.73, "longitude": 36.71, "title": "المكتب", "address": "حمص"}},
    {"contact": {"phone_number": "+963000000000", "first_name": "ليلى", "user_id": ME}},
    {"poll": {"question": "متى؟", "options": ["اليوم", "غداً"]}},
    {"sticker": {"emoji": "🌹"}},
]


async def edit(people: People, user: Json, message: Json, **what: str) -> Json:
    where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
    edited: Json = await people.post("edit", **where, **{"from": user}, **what)
    return edited


@pytest.mark.parametrize("content", KINDS, ids=[next(iter(kind)) for kind in KINDS])
async def test_whatever_a_citizen_sends_the_bot_hears_and_copies(
    raw: Raw, people: People, content: Json
) -> None:
    first = await people.say(LAYLA, "/start")
    office = await people.group(bot_admin=True)
    sent = await people.send(LAYLA, reply_to_message_id=first["message_id"], **content)
    kind = next(iter(content))
    heard = (await raw.updates())[-1]["message"]
    assert heard == sent
    assert heard["reply_to_message"]["text"] == "/start"
    assert heard.get("caption") == content.get("caption")

    where = {"chat_id": office["id"], "from_chat_id": ME, "message_id": sent["message_id"]}
    copy = (await raw("copyMessage", **where))["result"]["message_id"]
    stands = (await people.get("messages", chat_id=office["id"]))[-1]
    assert stands["message_id"] == copy
    assert stands[kind] == sent[kind]
    assert stands.get("caption") == content.get("caption")
    assert not {"reply_to_message", "forward_origin", "media_group_id"} & stands.keys()


async def test_what_sounds_and_films_say_of_themselves(people: People) -> None:
    sent = [await people.send(LAYLA, **kind) for kind in KINDS[3:6]]
    voice, video, audio = sent[0]["voice"], sent[1]["video"], sent[2]["audio"]
    assert (voice["duration"], voice["mime_type"]) == (4, "audio/ogg")
    assert "file_name" not in voice
    assert (video["duration"], video["mime_type"]) == (9, "video/mp4")
    assert (audio["title"], audio["performer"], audio["duration"]) == ("تسجيل", "ليلى", 1)
    assert audio["file_name"] == "ورقة.bin"


async def test_an_album_is_one_update_for_each_of_its_parts(raw: Raw, people: People) -> None:
    await people.send(LAYLA, photo=FILE, caption="وجهان", media_group_id="13377")
    await people.send(LAYLA, photo=FILE, media_group_id="13377")
    front, back = [update["message"] for update in await raw.updates()]
    assert (front["media_group_id"], back["media_group_id"]) == ("13377", "13377")
    assert (front["caption"], "caption" in back) == ("وجهان", False)
    assert front["message_id"] != back["message_id"]
    with pytest.raises(Refused, match="make an album"):
        await people.send(LAYLA, text="x", media_group_id="13377")


async def test_people_edit_what_they_wrote(raw: Raw, people: People) -> None:
    said = await people.say(LAYLA, "قبل")
    photo = await people.send(LAYLA, photo=FILE, caption="قبل")
    await edit(people, LAYLA, said, text="بعد")
    await edit(people, LAYLA, photo, caption="بعد")
    await edit(people, LAYLA, photo, caption="")
    one, two, three = [update["edited_message"] for update in (await raw.updates())[2:]]
    assert (one["text"], one["message_id"], one["date"]) == (
        "بعد",
        said["message_id"],
        said["date"],
    )
    assert (two["caption"], two["photo"]) == ("بعد", photo["photo"])
    assert "caption" not in three
    assert all("edit_date" in message for message in (one, two, three))


async def test_what_nobody_can_edit(people: People, clock: Clock) -> None:
    group = await people.group(bot_admin=True)
    said = await people.say(OMAR, "x", group["id"])
    place = await people.send(OMAR, group["id"], location={"latitude": 1, "longitude": 2})
    photo = await people.send(OMAR, group["id"], photo=FILE)
    for user, message, what, why in (
        (LAYLA, said, {"text": "y"}, "can't be edited"),
        (OMAR, place, {"caption": "y"}, "can't be edited"),
        (OMAR, photo, {"caption": "y" * 1025}, "caption is too long"),
        (OMAR, photo, {"text": "y"}, "caption is missing"),
        (RIMA, said, {"text": "y"}, "you are not a member"),
    ):
        with pytest.raises(Refused, match=why):
            await edit(people, user, message, **what)
    clock.now += 48 * 60 * 60
    with pytest.raises(Refused, match="can't be edited"):
        await edit(people, OMAR, said, text="y")


async def test_a_bot_answers_some_words_of_a_message(raw: Raw, people: People) -> None:
    said = await people.say(LAYLA, "😀 كم الرسم؟ ومتى؟")
    answered = {"message_id": said["message_id"], "quote": "كم الرسم؟"}
    sent = await raw("sendMessage", chat_id=ME, text="لا نعرف بعد", reply_parameters=answered)
    quote = {"text": "كم الرسم؟", "position": 3, "is_manual": True}
    assert sent["result"]["quote"] == quote
    wrong = answered | {"quote": "غير ذلك"}
    refused = await raw("sendMessage", chat_id=ME, text="x", reply_parameters=wrong)
    assert refused["description"] == "Bad Request: QUOTE_TEXT_INVALID"


async def test_a_bot_changes_a_caption(raw: Raw, people: People) -> None:
    photo = (await people.send(LAYLA, photo=FILE))["photo"][0]["file_id"]
    sent = (await raw("sendPhoto", chat_id=ME, photo=photo, caption="قبل"))["result"]
    where = {"chat_id": ME, "message_id": sent["message_id"]}
    edited = await raw("editMessageCaption", **where, caption="<b>بعد</b>", parse_mode="HTML")
    assert edited["result"]["caption"] == "بعد"
    assert edited["result"]["caption_entities"][0]["type"] == "bold"
    same = await raw("editMessageCaption", **where, caption="<b>بعد</b>", parse_mode="HTML")
    assert same["description"].startswith("Bad Request: message is not modified")
    assert "caption" not in (await raw("editMessageCaption", **where))["result"]
    plain = (await raw("sendMessage", chat_id=ME, text="x"))["result"]["message_id"]
    refused = await raw("editMessageCaption", chat_id=ME, message_id=plain, caption="y")
    assert refused["description"] == "Bad Request: there is no caption in the message to edit"


async def test_a_file_too_large_to_fetch(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    form = aiohttp.FormData({"chat_id": str(ME)})
    form.add_field("document", io.BytesIO(bytes(20 * 1024 * 1024 + 1)), filename="فيلم.bin")
    async with people.session.post(f"/bot{TOKEN}/sendDocument", data=form) as answer:
        file_id = (await answer.json())["result"]["document"]["file_id"]
    refused = await raw("getFile", file_id=file_id)
    assert refused["description"] == "Bad Request: file is too big"
