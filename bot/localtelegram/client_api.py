"""The people's side over HTTP, for the page, the terminal and tests."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

from aiohttp import web

from bot.localtelegram import groups, people, topics
from bot.localtelegram.chats import Json
from bot.localtelegram.errors import ApiError, bad_request
from bot.localtelegram.faults import Fault, Kind
from bot.localtelegram.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Wish(dict[str, Any]):
    """A JSON object from a client; asking it for what it lacks is the client's fault."""

    def __missing__(self, name: str) -> Any:
        raise bad_request(f"{name} is missing")


class ClientApi:
    """Routes under /client."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """What an application adds to its router."""
        posts: dict[str, Callable[[World, Json], Any]] = {
            "send": people.send,
            "edit": people.edit,
            "press": people.press,
            "block": people.block,
            "banner": people.set_banner,
            "groups": groups.create,
            "members": groups.change_member,
            "migrate": groups.migrate,
            "public": groups.make_public,
            "topics": topics.by_hand,
            "faults": _order_fault,
        }
        return [
            *(web.post(f"/client/{name}", self._deed(deed)) for name, deed in posts.items()),
            web.get("/client/chats", self._reading(lambda _: people.chats(self._world))),
            web.get("/client/messages", self._reading(self._messages)),
            web.get("/client/calls", self._reading(self._calls)),
            web.get("/client/events", self._events),
            web.get("/client/file", self._file),
        ]

    def _deed(self, deed: Callable[[World, Json], Any]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                wish = json.loads(await request.text(), object_hook=Wish)
            except ValueError:
                return _refusal("the body must be JSON")
            return _answer(lambda: deed(self._world, wish))

        return handle

    def _reading(self, read: Callable[[web.Request], Any]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            return _answer(lambda: read(request))

        return handle

    def _messages(self, request: web.Request) -> list[Json]:
        chat_id, thread = _number(request, "chat_id"), _number(request, "thread_id")
        return people.messages(self._world, chat_id, thread or None)

    def _calls(self, request: web.Request) -> list[Json]:
        since = _number(request, "since")
        return [call for call in self._world.calls if call["n"] > since]

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            file = self._world.files.by_id(request.query.get("file_id", ""))
        except ApiError as error:
            return _refusal(error.description)
        return web.Response(body=file.upload.data, content_type=file.upload.mime_type)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        with self._world.events.listening() as queue:
            await response.prepare(request)
            try:
                await response.write(b": welcome\n\n")
                while (event := await queue.get()) is not None:
                    line = json.dumps(event, ensure_ascii=False)
                    await response.write(f"data: {line}\n\n".encode())
            except ConnectionResetError:
                return response  # The listener went away.
        return response


def _order_fault(world: World, wish: Json) -> Json:
    if wish["kind"] not in set(Kind):
        raise bad_request(f"unknown kind of fault {wish['kind']!r}")
    known = {field.name for field in fields(Fault)}
    order = {name: value for name, value in wish.items() if name in known}
    world.faults.order(Fault(**order | {"kind": Kind(wish["kind"])}))
    return {}


def _number(request: web.Request, name: str) -> int:
    """A whole number from the query string, 0 if absent."""
    text = request.query.get(name, "0")
    if not text.removeprefix("-").isdigit():
        raise bad_request(f"{name} must be a number")
    return int(text)


def _answer(make: Callable[[], Any]) -> web.Response:
    try:
        result = make()
    except ApiError as error:
        return _refusal(error.description, error.parameters)
    return web.json_response({"ok": True, "result": result}, dumps=_dumps)


def _refusal(description: str, parameters: Json | None = None) -> web.Response:
    body: Json = {"ok": False, "description": description}
    body |= {"parameters": parameters} if parameters else {}
    return web.json_response(body, status=400, dumps=_dumps)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
