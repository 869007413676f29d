"""A veil over the asking: the model is told stand-ins, and what it answers is unveiled before
anybody checks or sees it."""

import asyncio
from dataclasses import replace

from coach.pseudonyms import Pseudonyms
from prompts.asking import Answer, Ask, OnPartial, Prompt, T


class Veiled:
    """An `Ask` that puts names and addresses back into answers, also while they are written.

    Its inputs must be hidden already: only who makes them knows where their parts come from.
    """

    def __init__(self, ask: Ask, pseudonyms: Pseudonyms) -> None:
        self._ask = ask
        self._pseudonyms = pseudonyms

    async def __call__(
        self,
        prompt: Prompt[T],
        *,
        person_id: int | None,
        on_partial: OnPartial | None = None,
        stop: asyncio.Event | None = None,
        **inputs: object,
    ) -> Answer[T]:
        """See `prompts.asking.Ask`."""
        answer = await self._ask(
            prompt, person_id=person_id, on_partial=self._unveiled(on_partial), stop=stop, **inputs
        )
        said = self._pseudonyms.reveal_all(answer.value.model_dump(mode="json"))
        return replace(answer, value=prompt.answer.model_validate(said))

    def _unveiled(self, on_partial: OnPartial | None) -> OnPartial | None:
        if on_partial is None:
            return None

        async def hear(said: object) -> None:
            await on_partial(self._pseudonyms.reveal_all(said))

        return hear
