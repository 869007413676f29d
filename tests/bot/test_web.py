"""The web server: the webhook stores before it says yes; health and metrics tell the truth."""

import pytest
from aiohttp import ClientSession

from bot.front import Front
from bot.metrics import Metrics
from bot.web import SECRET_HEADER, WEBHOOK_PATH, serve, web_app
from storage import StoreUnavailable, jobs

SECRET = "hush"


class Bot:
    """Takes updates, or can't; ready, or not."""

    def __init__(self, store, clock):
        self.taken, self.error, self.trouble = [], None, None
        self._store, self._clock, self._metrics = store, clock, Metrics()

    async def take(self, updates):
        if self.error:
            raise self.error
        self.taken.extend(updates)

    async def problem(self):
        return self.trouble

    async def metrics(self):
        await self._store.read(self._metrics.look, self._clock.now())
        return self._metrics.text()


@pytest.fixture
def post(store, clock):
    return Bot(store, clock)


@pytest.fixture
def front(post):
    front = Front(Metrics(), lambda: "full")
    front.bot = post
    return front


@pytest.fixture
async def ask(front):
    app = web_app(front, secret=SECRET, path=WEBHOOK_PATH)
    runner, port = await serve(app, "127.0.0.1", 0)
    async with ClientSession(f"http://127.0.0.1:{port}") as session:

        async def request(method, path, **options):
            async with session.request(method, path, **options) as response:
                return response.status, await response.text()

        yield request
    await runner.cleanup()


async def test_an_update_is_taken_once_it_is_stored(ask, post):
    headers = {SECRET_HEADER: SECRET}
    update = {"update_id": 3, "message": {}}
    assert (await ask("POST", WEBHOOK_PATH, json=update, headers=headers))[0] == 200
    assert post.taken == [update]


async def test_while_the_store_is_down_telegram_is_asked_to_come_again(ask, post):
    post.error = StoreUnavailable("full")
    headers = {SECRET_HEADER: SECRET}
    assert (await ask("POST", WEBHOOK_PATH, json={"update_id": 3}, headers=headers))[0] == 503


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "other"}, {SECRET_HEADER: "хм"}])
async def test_who_does_not_know_the_secret_is_refused(ask, post, headers):
    assert (await ask("POST", WEBHOOK_PATH, json={"update_id": 3}, headers=headers))[0] == 403
    assert post.taken == []


@pytest.mark.parametrize("body", ["not json", "[]", "{}", '{"update_id": "x"}', "\udcff"])
async def test_what_is_no_update_is_refused(ask, post, body):
    data = body.encode("utf-8", "surrogateescape")
    assert (await ask("POST", WEBHOOK_PATH, data=data, headers={SECRET_HEADER: SECRET}))[0] == 400
    assert post.taken == []


async def test_it_is_up(ask):
    assert await ask("GET", "/healthz") == (200, "ok\n")


async def test_it_is_ready_when_the_bot_says_so(ask, post):
    assert await ask("GET", "/readyz") == (200, "ok\n")
    post.trouble = "telegram: token_refused"
    assert await ask("GET", "/readyz") == (503, "telegram: token_refused\n")


async def test_while_there_is_no_store_it_is_up_and_says_why_it_isnt_ready(ask, front):
    front.bot = None
    assert await ask("GET", "/healthz") == (200, "ok\n")
    assert await ask("GET", "/readyz") == (503, "database: full\n")
    assert (await ask("GET", "/metrics"))[0] == 200
    headers = {SECRET_HEADER: SECRET}
    assert (await ask("POST", WEBHOOK_PATH, json={"update_id": 3}, headers=headers))[0] == 503


async def test_metrics_show_the_queue(ask, store, clock):
    await store.write(jobs.add, kind="send", key="a", payload={}, due_at=clock.now())
    clock.move(clock.now() - clock.now().replace(hour=clock.now().hour - 1))
    status, text = await ask("GET", "/metrics")
    assert status == 200
    assert 'sogood_jobs{kind="send",state="waiting"} 1.0' in text
    assert 'sogood_oldest_due_seconds{kind="send"} 3600.0' in text
