"""The model: any OpenAI-compatible endpoint, asked so that all ends in time and is paid for."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic

from bot.clock import Clock
from bot.hearing import Heard, tokens_of
from bot.ledger import Ledger
from bot.partials import Partials
from bot.settings import Settings
from coach.letters import Usage
from prompts.asking import Answer, Failure, Message, ModelFailed, OnPartial, Prompt, T
from prompts.dialects import NAMES_SHAPE, Dialect, parameters, worded
from prompts.fences import fence
from prompts.refusals import Refusal, retry_after
from prompts.replies import NO_JSON, Unusable, read, salvage
from storage.spending import ModelCall

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

log = logging.getLogger(__name__)

OPENAI = "https://api.openai.com/v1"

TIMEOUT = timedelta(seconds=60)
"""An answer with all its calls, pauses and repairs takes no longer."""

FIRST_TOKEN_TIMEOUT = timedelta(seconds=30)
"""A server that hasn't begun to answer by then won't; a local one reads 3,000 tokens in that."""

CONNECT_SECONDS = 5.0

RUNAWAY = 8
"""Characters for each token allowed; a server that sends more doesn't mind the limit."""


WORDS = 1_000
"""Characters of a refusal that are read; behind them some servers repeat the whole request."""


def model_of(settings: Settings, clock: Clock, ledger: Ledger) -> "Model | None":
    """The model that the settings name; None, and no client library read, when they name none."""
    if not settings.model_on:
        return None
    key = settings.openai_api_key
    return Model(
        settings.openai_base_url,
        key.get_secret_value() if key else None,
        settings.openai_model,
        clock=clock,
        ledger=ledger,
    )


@dataclass(slots=True)
class Asking(Generic[T]):
    """One question from its first call to its answer."""

    prompt: Prompt[T]
    person_id: int | None
    dialect: Dialect
    partials: Partials
    patience: asyncio.Timeout
    stop: asyncio.Event | None
    heard: Heard = field(default_factory=Heard)
    usage: Usage = field(default_factory=Usage)
    rest: T | None = None
    pauses: int = 0

    @property
    def stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()

    def keep(self) -> None:
        """Keeps what of an unusable reply can be used, for when nothing better comes."""
        self.rest = salvage(self.prompt.answer, self.heard.text, cut=self.heard.cut) or self.rest

    def has_time_for(self, pause: timedelta) -> bool:
        end = self.patience.when()
        now = asyncio.get_running_loop().time()
        return end is None or now + pause.total_seconds() < end


class Model:
    """Asks one endpoint. The client library is read at the first question, since it is slow.

    It learns the endpoint's dialect from its refusals and keeps to it. `timeout` is for a whole
    answer, `first_token_timeout` for the beginning of each call.
    """

    def __init__(
        self,
        base_url: str | None,
        api_key: str | None,
        model: str,
        *,
        clock: Clock,
        ledger: Ledger,
        timeout: timedelta = TIMEOUT,
        first_token_timeout: timedelta = FIRST_TOKEN_TIMEOUT,
        http_client: "httpx2.AsyncClient | None" = None,
    ) -> None:
        self.name = model
        self._base_url = base_url or OPENAI
        self._api_key = api_key or "none"
        self._clock = clock
        self._ledger = ledger
        self._timeout = timeout
        self._first_token_timeout = first_token_timeout
        self._http_client = http_client
        self._client: AsyncOpenAI | None = None
        self._connecting = asyncio.Lock()
        self._dialect = Dialect()

    async def __call__(
        self,
        prompt: Prompt[T],
        *,
        person_id: int | None,
        on_partial: OnPartial | None = None,
        stop: asyncio.Event | None = None,
        **inputs: object,
    ) -> Answer[T]:
        """The checked answer. Raises ModelFailed; see `prompts.asking.Ask`."""
        messages = prompt.render(delimiter=fence(inputs), **inputs)
        await self._afford(prompt, person_id, messages)
        await self._connect()
        partials = Partials(on_partial, self._clock)
        try:
            return await self._in_time(prompt, person_id, messages, partials, stop)
        except ModelFailed as failure:
            if failure.code is not Failure.STOPPED:
                log.warning("no answer for %s from the model: %s", prompt.id, failure)
            raise
        finally:
            await partials.end()

    async def close(self) -> None:
        """Lets go of the connections."""
        if self._client is not None:
            await self._client.close()

    async def _afford(
        self, prompt: Prompt[T], person_id: int | None, messages: Sequence[Message]
    ) -> None:
        estimate = tokens_of(messages) + prompt.max_output_tokens
        if not await self._ledger.allowed(person_id, estimate):
            raise ModelFailed(Failure.BUDGET)

    async def _connect(self) -> "AsyncOpenAI":
        """The client, made in a thread: reading the library takes seconds."""
        async with self._connecting:
            if self._client is None:
                self._client = await asyncio.to_thread(self._made)
        return self._client

    def _made(self) -> "AsyncOpenAI":
        from openai import AsyncOpenAI, Timeout

        return AsyncOpenAI(
            base_url=self._base_url,
            api_key=self._api_key,
            max_retries=0,
            timeout=Timeout(None, connect=CONNECT_SECONDS),
            http_client=self._http_client,
        )

    async def _in_time(
        self,
        prompt: Prompt[T],
        person_id: int | None,
        messages: Sequence[Message],
        partials: Partials,
        stop: asyncio.Event | None,
    ) -> Answer[T]:
        asking: Asking[T] | None = None
        try:
            async with _patience(self._timeout, stop) as patience:
                asking = Asking(prompt, person_id, self._dialect, partials, patience, stop)
                return self._answered(asking, await self._answer(asking, messages))
        except TimeoutError:
            if asking is not None and asking.stopped:
                raise ModelFailed(Failure.STOPPED) from None
            if asking is None or asking.rest is None:
                raise ModelFailed(Failure.TIMEOUT) from None
            return self._answered(asking, asking.rest)

    def _answered(self, asking: Asking[T], value: T) -> Answer[T]:
        return Answer(value, asking.usage, self.name)

    async def _answer(self, asking: Asking[T], messages: Sequence[Message]) -> T:
        """Asks, has the reply mended once, and keeps what holds of one that stays wrong."""
        try:
            return await self._ask(asking, messages)
        except Unusable as unusable:
            asking.keep()
            mending = unusable.mending(asking.heard.text)
        if not asking.heard.cut:
            try:
                self._dialect = asking.dialect = replace(asking.dialect, in_words=True)
                return await self._ask(asking, [*messages, *mending])
            except Unusable:
                asking.keep()
            except ModelFailed:
                if asking.rest is None:
                    raise
        if asking.rest is None:
            raise ModelFailed(Failure.RUBBISH)
        return asking.rest

    async def _ask(self, asking: Asking[T], messages: Sequence[Message]) -> T:
        """Calls until there is a reply or nothing more to try."""
        while True:
            try:
                return await self._call(asking, messages)
            except _Refused as refused:
                refusal = refused.refusal
            await self._prepare_another(asking, refusal)

    async def _prepare_another(self, asking: Asking[T], refusal: Refusal) -> None:
        """Puts the question otherwise, or waits; raises ModelFailed when neither would help."""
        if refusal.of_the_request and (other := asking.dialect.after(refusal.words)):
            log.info("asking the model otherwise after HTTP %s: %s", refusal.status, other)
            self._dialect = asking.dialect = other
            return
        choked = refusal.of_the_server and NAMES_SHAPE.search(refusal.words)
        if choked and (other := asking.dialect.lower()):
            asking.dialect = other
            return
        pause = refusal.pause(asking.pauses)
        if pause is None or not asking.has_time_for(pause):
            raise refusal.failure()
        asking.pauses += 1
        await self._clock.sleep(pause)

    async def _call(self, asking: Asking[T], messages: Sequence[Message]) -> T:
        """One call, written down however it ends. Raises Unusable, _Refused, ModelFailed."""
        started_at = self._clock.now()
        asking.heard = Heard()
        outcome: str = Failure.STOPPED
        try:
            await self._listen(asking, messages)
            value = read(asking.prompt.answer, asking.heard.text)
            outcome = "ok"
        except Unusable:
            outcome = Failure.RUBBISH
            raise
        except _Refused as refused:
            outcome = refused.refusal.failure().code
            raise
        except ModelFailed as failure:
            outcome = failure.code
            raise
        except asyncio.CancelledError:
            late = asking.patience.expired() and not asking.stopped
            outcome = Failure.TIMEOUT if late else Failure.STOPPED
            raise
        finally:
            await self._settle(asking, messages, outcome, started_at)
        return value

    async def _listen(self, asking: Asking[T], messages: Sequence[Message]) -> None:
        """Hears the stream out; leaving it early closes it, which frees the server."""
        heard, prompt = asking.heard, asking.prompt
        try:
            async with asyncio.timeout(self._first_token_timeout.total_seconds()) as first_token:
                async with await self._stream(asking, messages) as stream:
                    async for chunk in stream:
                        if heard.take(chunk):
                            first_token.reschedule(None)
                        if len(heard.text) > RUNAWAY * prompt.max_output_tokens:
                            heard.finish = "length"
                            break
                        asking.partials.hear(heard.text)
        except TimeoutError:
            raise ModelFailed(Failure.TIMEOUT) from None
        except ValueError:  # the library reads a body that isn't JSON with bare json.loads
            raise Unusable([NO_JSON]) from None
        except Exception as error:
            heard.free = not heard.text
            raise _Refused(_refusal(error, self._clock.now())) from None
        if heard.declined:
            raise ModelFailed(Failure.REFUSED, "content")

    async def _stream(self, asking: Asking[T], messages: Sequence[Message]) -> Any:
        prompt, dialect = asking.prompt, asking.dialect
        said = parameters(dialect, prompt.answer, prompt.temperature, prompt.max_output_tokens)
        client = await self._connect()
        heard: Any = worded(dialect, messages, prompt.answer)
        return await client.chat.completions.create(model=self.name, messages=heard, **said)

    async def _settle(
        self,
        asking: Asking[T],
        messages: Sequence[Message],
        outcome: str,
        started_at: datetime,
    ) -> None:
        usage = asking.heard.used(messages)
        asking.usage += usage
        call = ModelCall(
            person_id=asking.person_id,
            prompt=asking.prompt.id,
            version=asking.prompt.version,
            model=self.name,
            outcome=str(outcome),
            prompt_tokens=usage.prompt_tokens,
            cached_tokens=usage.cached_tokens,
            completion_tokens=usage.completion_tokens,
            started_at=started_at,
            took=self._clock.now() - started_at,
        )
        await self._ledger.record(call)


class _Refused(Exception):
    """A call came to nothing; says its status alone, since the server's words may quote."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.status)
        self.refusal = refusal


@asynccontextmanager
async def _patience(
    limit: timedelta, stop: asyncio.Event | None
) -> AsyncGenerator[asyncio.Timeout]:
    """Ends what is inside with TimeoutError when the time is up or `stop` is set."""
    async with asyncio.timeout(limit.total_seconds()) as patience:
        watching = asyncio.create_task(_end(patience, stop)) if stop else None
        try:
            yield patience
        finally:
            if watching is not None:
                watching.cancel()


async def _end(patience: asyncio.Timeout, stop: asyncio.Event) -> None:
    await stop.wait()
    if not patience.expired():
        patience.reschedule(asyncio.get_running_loop().time())


def _refusal(error: Exception, now: datetime) -> Refusal:
    """What an exception of the client library comes to, its bare JSON errors included."""
    from openai import APIConnectionError, APIError, APIStatusError

    words = str(getattr(error, "body", None) or "")[:WORDS]
    if isinstance(error, APIStatusError):
        wait = retry_after(error.response.headers.get("retry-after", ""), now)
        return Refusal(error.status_code, words, wait)
    if isinstance(error, APIError) and not isinstance(error, APIConnectionError):
        return Refusal(500, words)
    return Refusal()
