"""The doctor: what is missing is said with how to mend it, and nothing secret is."""

import json
from dataclasses import replace

import pytest
from aiohttp import web

from bot.clock import Clock
from bot.doctor import examine
from bot.settings import load_settings
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram
from coach.cards import Card, Grade, rebuild
from coach.memory import Rating
from coach.notes import NoteKind
from coach.scheduling import Wishes
from storage import Store, cards, grades, notes, people
from storage.notes import NewNote

KEY = "sk-abcdefghijkl"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def choose(**given):
        return load_settings(database_url=f"sqlite:///{tmp_path}/data/bot.db", **given)

    return choose


async def looked_at(settings):
    return {check.what: check for check in await examine(settings)}


@pytest.fixture
async def endpoint():
    """A model's endpoint that knows one model and one key."""

    async def models(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.Response(status=401)
        return web.json_response({"data": [{"id": "llama"}]})

    app = web.Application()
    app.router.add_get("/v1/models", models)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    await runner.cleanup()


async def test_without_a_token_only_telegram_is_missing(settings):
    checks = await looked_at(settings())
    needed = {what for what, check in checks.items() if check.needed and not check.ok}
    assert needed == {"Telegram"}
    assert "@BotFather" in checks["Telegram"].mend
    assert "house rules" in checks["Model"].note


async def test_a_good_token_is_found_good(settings):
    telegram = await serve(LocalTelegram(Clock()))
    try:
        good = settings(bot_token=telegram.telegram.token, telegram_api_url=telegram.address)
        wrong = settings(bot_token="1:wrong", telegram_api_url=telegram.address)
        assert (await looked_at(good))["Telegram"].ok
        refused = (await looked_at(wrong))["Telegram"]
    finally:
        await telegram.close()
    assert not refused.ok
    assert "refuses" in refused.problem


async def test_a_server_that_does_not_answer_is_named(settings, free_port):
    away = f"http://127.0.0.1:{free_port}"
    checks = await looked_at(
        settings(bot_token="1:x", telegram_api_url=away, openai_base_url=f"{away}/v1")
    )
    for what in ("Telegram", "Model"):
        assert checks[what].problem == f"127.0.0.1:{free_port} doesn't answer"


async def test_the_models_key_and_name_are_checked(settings, endpoint):
    right = settings(openai_base_url=endpoint, openai_api_key=KEY, openai_model="llama")
    other = settings(openai_base_url=endpoint, openai_api_key=KEY, openai_model="gpt")
    wrong = settings(openai_base_url=endpoint, openai_api_key="sk-other")
    assert (await looked_at(right))["Model"].ok
    assert "llama" in (await looked_at(other))["Model"].mend
    assert "OPENAI_API_KEY" in (await looked_at(wrong))["Model"].mend


async def test_a_folder_that_is_a_file_cannot_hold_the_database(settings, tmp_path):
    (tmp_path / "data").write_text("in the way")
    database = (await looked_at(settings()))["Database"]
    assert not database.ok
    assert database.problem


async def test_pictures_are_really_drawn_with_the_fonts_of_the_package(
    settings, tmp_path, monkeypatch
):
    assert "Inter draws pictures" in (await looked_at(settings()))["Fonts"].note
    monkeypatch.setattr("bot.drawing.file_of", lambda weight: tmp_path / f"inter-{weight}.ttf")
    gone = (await looked_at(settings()))["Fonts"]
    assert not gone.ok
    assert not gone.needed
    assert gone.problem == "pictures can't be drawn"


async def test_cards_stand_where_their_grades_put_them(settings):
    chosen, now = settings(), Clock().now()
    assert "0 looked at" in (await looked_at(chosen))["Cards"].note
    entry = Grade("1", Rating.GOOD, now, now.date(), interval=3)
    state = rebuild([entry], Wishes())
    assert state

    def learn(db, card):
        people.seen(db, id=1, language="en", now=now)
        kept = [NewNote(NoteKind.BASIC, "recall", "TP / (TP + FN)")]
        notes.add(db, person_id=1, notes=kept, now=now)
        cards.save(db, 1, card)
        grades.add(db, person_id=1, grade=entry, session_id="s", position=0)

    store = await Store.open(chosen.database_url, now=now)
    await store.write(learn, Card("1", "1", state))
    await store.close()
    assert "1 looked at" in (await looked_at(chosen))["Cards"].note

    store = await Store.open(chosen.database_url, now=now)
    await store.write(learn, Card("1", "1", replace(state, interval=30)))
    await store.close()
    assert "1 of 1" in (await looked_at(chosen))["Cards"].problem


async def test_no_secret_is_said(settings, free_port):
    chosen = settings(
        bot_token="123456:hushhushhushhush",
        openai_api_key=KEY,
        telegram_api_url=f"http://127.0.0.1:{free_port}",
        default_language="ru",
    )
    said = json.dumps([str(check) for check in await examine(chosen)])
    assert "hush" not in said
    assert KEY not in said
