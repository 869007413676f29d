"""No filter of ours waits for a thread."""

import asyncio

from aiogram import F, Router

from handlers.filtering import answer_at_once


async def test_a_message_is_handled_without_a_thread_for_its_filters(dialog, anna, monkeypatch):
    asked = []
    to_thread = asyncio.to_thread

    async def counted(act, *args, **kwargs):
        asked.append(act)
        return await to_thread(act, *args, **kwargs)

    monkeypatch.setattr(asyncio, "to_thread", counted)
    dialog.telegram.send_text(anna, "hello there")
    await dialog.hear()

    assert not [act for act in asked if "resolve" in repr(act)]


async def test_a_filter_says_what_it_said_before():
    router, below = Router(), Router()
    router.include_router(below)

    @below.message(F.text == "yes", F.text.regexp(r"y(?P<rest>.*)").as_("found"))
    async def heard():
        """Never called here."""

    answer_at_once(router)
    equal, found = below.message.handlers[0].filters

    class Message:
        text = "yes"

    assert equal.awaitable
    assert await equal.call(Message()) is True
    assert (await found.call(Message()))["found"]["rest"] == "es"
