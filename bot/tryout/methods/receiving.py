"""How the bot receives: long polling, or a webhook."""

import re

from bot.tryout.messages import Body
from bot.tryout.methods.targets import Params
from bot.tryout.refusals import bad_request, conflict
from bot.tryout.updates import KINDS, WEBHOOK_ACTIVE, WEBHOOK_SET, Webhook
from bot.tryout.world import World

LONGEST_WAIT = 50
SECRET = re.compile(r"[A-Za-z0-9_-]*")


async def get_updates(world: World, params: Params) -> list[Body]:
    """getUpdates: an update comes again until a later offset confirms it."""
    queue = world.state.queue
    if queue.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    _choose(world, params)
    _confirm(world, params.get("offset", 0))
    world.close_polls()
    limit = min(max(params.get("limit", 100), 1), 100)
    wait = min(max(params.get("timeout", 0), 0), LONGEST_WAIT)
    if not queue.pending and wait:
        await world.poller.wait(wait)
    else:
        world.poller.end_other()
    return queue.pending[:limit]


def set_webhook(world: World, params: Params) -> bool:
    """setWebhook; an empty url takes it away. Plain http is taken for this machine only."""
    queue = world.state.queue
    if params.get("drop_pending_updates"):
        queue.pending = []
    if not params.get("url"):
        queue.webhook = None
        return True
    _check_webhook(params["url"], params.get("secret_token") or "")
    _choose(world, params)
    most = min(max(params.get("max_connections", 40), 1), 100)
    queue.webhook = Webhook(params["url"], params.get("secret_token") or "", most)
    world.poller.end(WEBHOOK_SET)
    world.events.ring()
    return True


def delete_webhook(world: World, params: Params) -> bool:
    """deleteWebhook."""
    world.state.queue.webhook = None
    if params.get("drop_pending_updates"):
        world.state.queue.pending = []
    return True


def get_webhook_info(world: World, params: Params) -> Body:
    """getWebhookInfo."""
    queue = world.state.queue
    info: Body = {"url": "", "has_custom_certificate": False}
    info["pending_update_count"] = len(queue.pending)
    if queue.allowed:
        info["allowed_updates"] = queue.allowed
    if queue.webhook is not None:
        info |= {"url": queue.webhook.url, "max_connections": queue.webhook.max_connections}
        if queue.webhook.last_error is not None:
            info["last_error_date"] = queue.webhook.last_error_at
            info["last_error_message"] = queue.webhook.last_error
    return info


def _choose(world: World, params: Params) -> None:
    """Remember which kinds are wanted; when nothing is said, what was said before holds."""
    if (wanted := params.get("allowed_updates")) is not None:
        world.state.queue.allowed = [kind for kind in wanted if kind in KINDS]


def _confirm(world: World, offset: int) -> None:
    queue = world.state.queue
    before = queue.pending
    queue.confirm(offset)
    confirmed = before[: len(before) - len(queue.pending)]
    if confirmed and world.faults.take_duplicate():
        queue.pending.insert(0, confirmed[-1])


def _check_webhook(url: str, secret: str) -> None:
    at_home = url.startswith(("http://127.0.0.1", "http://localhost"))
    if not url.startswith("https://") and not at_home:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
