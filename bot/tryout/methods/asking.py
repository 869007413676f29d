"""Asking: polls and quizzes, how they are refused and how they are stopped.

The words of refusals are TDLib's where TDLib checks; what only Telegram's servers check (the
explanation, how long a poll stays open) has words of ours.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from bot.tryout.chats import Chat
from bot.tryout.messages import Body
from bot.tryout.methods.sending import post
from bot.tryout.methods.targets import Params, open_chat
from bot.tryout.polls import Poll
from bot.tryout.refusals import bad_request
from bot.tryout.words import read_words
from bot.tryout.world import World

LONGEST_QUESTION = 300
MOST_OPTIONS = 12
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
MOST_LINE_FEEDS = 2
SHORTEST_OPEN, LONGEST_OPEN = timedelta(seconds=5), timedelta(seconds=2_628_000)
"""Lengths are counted in characters (code points), unlike those of messages."""


def send_poll(world: World, params: Params) -> Body:
    """sendPoll, regular or quiz."""
    chat = open_chat(world, params)
    poll = _poll(world, chat, params)
    world.state.polls[poll.id] = poll
    sent = post(world, chat, params, {"poll": poll.card()})
    poll.message_id = sent["message_id"]
    return sent


def stop_poll(world: World, params: Params) -> Body:
    """stopPoll, of a poll the bot sent and not of one it forwarded."""
    chat = open_chat(world, params)
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message with poll to stop not found")
    if "poll" not in message.body:
        raise bad_request("message is not a poll")
    world.close_polls()
    poll = world.state.polls[message.body["poll"]["id"]]
    if poll.closed:
        raise bad_request("poll has already been closed")
    if (poll.chat, poll.message_id) != (chat.id, message.id):
        raise bad_request("poll can't be stopped")
    markup = params.get("reply_markup")
    if markup != message.keyboard:
        message.keyboard = markup
        message.body.pop("reply_markup", None)
        if markup:
            message.body["reply_markup"] = markup
        world.changed(chat, message)
    world.close_poll(poll)
    return poll.card()


def _poll(world: World, chat: Chat, params: Params) -> Poll:
    question = _question(params)
    options = _options(params["options"])
    kind = params.get("type") or "regular"
    if kind not in {"quiz", "regular"}:
        raise bad_request("Unsupported poll type specified")
    quiz = kind == "quiz"
    period, ends = _ends(world, params)
    return Poll(
        id=str(world.state.next_id() + 5 * 10**18),
        chat=chat.id,
        message_id=0,
        question=question,
        options=options,
        quiz=quiz,
        anonymous=params.get("is_anonymous", True),
        several=params.get("allows_multiple_answers", False),
        revoting=params.get("allows_revoting", not quiz),
        hidden=params.get("hide_results_until_closes", False),
        correct=_correct(params, len(options)) if quiz else [],
        explanation=_explanation(params) if quiz else {},
        open_period=period,
        closes_at=ends,
        closed=params.get("is_closed", False),
    )


def _question(params: Params) -> str:
    question = params["question"].strip()
    if not question:
        raise bad_request("text must be non-empty")
    if len(question) > LONGEST_QUESTION:
        raise bad_request(f"poll question length must not exceed {LONGEST_QUESTION}")
    return question


def _options(given: list[dict[str, Any]]) -> list[str]:
    if not given:
        raise bad_request("poll must have at least one answer option")
    if len(given) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    options = [option["text"].strip() for option in given]
    if not all(options):
        raise bad_request("text must be non-empty")
    if any(len(option) > LONGEST_OPTION for option in options):
        raise bad_request(f"poll options length must not exceed {LONGEST_OPTION}")
    return options


def _correct(params: Params, options: int) -> list[int]:
    """The right options: the list of Bot API 9.6, or the single one of before."""
    correct: list[int] = params.get("correct_option_ids") or []
    if "correct_option_ids" not in params and "correct_option_id" in params:
        correct = [params["correct_option_id"]]
    if not correct:
        raise bad_request("correct quiz option list must be non-empty")
    if any(later <= before for before, later in pairwise(correct)):
        raise bad_request("correct quiz option list must be increasing")
    if correct[0] < 0 or correct[-1] >= options:
        raise bad_request("wrong quiz correct_option_id")
    return correct


def _explanation(params: Params) -> Body:
    mode = {"parse_mode": params.get("explanation_parse_mode")}
    words = read_words(params | mode, "explanation", "explanation_entities")
    if len(words.text) > LONGEST_EXPLANATION:
        raise bad_request("explanation is too long")
    if words.text.count("\n") > MOST_LINE_FEEDS:
        raise bad_request("explanation has too many line feeds")
    return words.content("explanation", "explanation_entities")


def _ends(world: World, params: Params) -> tuple[int | None, datetime | None]:
    """How many seconds a poll stays open and until when; open_period goes before close_date."""
    if seconds := params.get("open_period"):
        left = timedelta(seconds=seconds)
    elif date := params.get("close_date"):
        left = timedelta(seconds=date - world.unix_time)
    else:
        return None, None
    if not SHORTEST_OPEN <= left <= LONGEST_OPEN:
        raise bad_request("a poll stays open for 5 to 2628000 seconds")
    return int(left.total_seconds()), world.now + left
