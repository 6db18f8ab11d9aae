"""Bot API methods that send files and places."""

from bot.localtelegram.chats import Json
from bot.localtelegram.composing import deliver, read_caption, read_file
from bot.localtelegram.errors import bad_request
from bot.localtelegram.wire import Params
from bot.localtelegram.world import World


def send_document(world: World, params: Params) -> Json:
    """sendDocument"""
    return _send_file(world, params, "document")


def send_photo(world: World, params: Params) -> Json:
    """sendPhoto"""
    return _send_file(world, params, "photo")


def send_voice(world: World, params: Params) -> Json:
    """sendVoice"""
    return _send_file(world, params, "voice")


def send_video(world: World, params: Params) -> Json:
    """sendVideo"""
    return _send_file(world, params, "video")


def send_audio(world: World, params: Params) -> Json:
    """sendAudio"""
    return _send_file(world, params, "audio")


def send_location(world: World, params: Params) -> Json:
    """sendLocation"""
    chat = world.reachable(params.address())
    return deliver(world, chat, params, {"location": _location(params)})


def send_venue(world: World, params: Params) -> Json:
    """sendVenue"""
    chat = world.reachable(params.address())
    location = _location(params)
    names = {name: params.text(name) or "" for name in ("title", "address")}
    return deliver(
        world, chat, params, {"location": location, "venue": {"location": location} | names}
    )


def _send_file(world: World, params: Params, kind: str) -> Json:
    chat = world.reachable(params.address())
    content = read_file(world, params, kind).as_content()
    return deliver(world, chat, params, content | read_caption(world, params))


def _location(params: Params) -> Json:
    place = {name: _degrees(params, name) for name in ("latitude", "longitude")}
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise bad_request("wrong location specified")
    return place


def _degrees(params: Params, name: str) -> float:
    text = params.text(name)
    if not text:
        raise bad_request(f"{name} is empty")
    try:
        return float(text)
    except ValueError as error:
        raise bad_request("wrong location specified") from error
