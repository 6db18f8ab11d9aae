"""Bot API methods about receiving updates, and getMe."""

import re
from urllib.parse import urlsplit

from bot.localtelegram.chats import Json
from bot.localtelegram.errors import bad_request, conflict
from bot.localtelegram.webhook import Webhook
from bot.localtelegram.wire import Params
from bot.localtelegram.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_LONGEST_POLL = 50


def get_me(world: World, _: Params) -> Json:
    """getMe"""
    return world.known_bot.user | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, params: Params) -> list[Json]:
    """getUpdates"""
    if world.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first"
        )
    _take_allowed(world, params)
    timeout = min(params.number("timeout"), _LONGEST_POLL)
    return await world.updates.poll(params.number("offset"), params.number("limit", 100), timeout)


def set_webhook(world: World, params: Params) -> bool:
    """setWebhook"""
    url = params.text("url") or ""
    secret = params.text("secret_token") or ""
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    address = urlsplit(url)
    # Telegram itself insists on https; its local Bot API server, like this one, takes http too.
    if url and (address.scheme not in ("http", "https") or not address.hostname):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _take_allowed(world, params)
    if params.flag("drop_pending_updates"):
        world.updates.forget()
    world.updates.end_poll(conflict("terminated by setWebhook request"))
    world.webhook = Webhook(url, secret, params.number("max_connections", 40)) if url else None
    return True


def delete_webhook(world: World, params: Params) -> bool:
    """deleteWebhook"""
    if params.flag("drop_pending_updates"):
        world.updates.forget()
    world.webhook = None
    return True


def get_webhook_info(world: World, _: Params) -> Json:
    """getWebhookInfo"""
    info: Json = {"url": "", "has_custom_certificate": False}
    if world.webhook is not None:
        info |= world.webhook.as_json()
    info["pending_update_count"] = len(world.updates.pending())
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


def _take_allowed(world: World, params: Params) -> None:
    """The list holds until another is given; an empty one means the usual kinds."""
    if params.has("allowed_updates"):
        world.updates.allowed = params.structure("allowed_updates", "allowed_updates") or None
