"""Which of a model's quotes stand in the letter; the others are never shown."""

import re
from collections.abc import Callable, Sequence

from coach.anchors import Page, Span
from prompts.guards.plain import plain

SHORTEST_QUOTE = 10
"""Characters of a quote of one word; a shorter one could stand anywhere by chance."""

FEWEST_WORDS = 2
SPOKEN = re.compile(r"“([^“”]{1,400})”|\"([^\"]{1,400})\"|«([^«»]{1,400})»|„([^„“”]{1,400})[“”]")
SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zа-яё]|[“\"«„])")
FEWEST_SPOKEN = 3
"""Words between quotation marks from which on they are read as a quote, not as a term."""


class Evidence:
    """A letter as the place where quotes are to be found."""

    def __init__(
        self, text: str, barred: Sequence[Span] = (), tells: Callable[[str], bool] | None = None
    ) -> None:
        """`barred` passages, such as hidden ones or commands to machines, prove nothing. `tells`
        says of a sentence whether it gives the writer what they have not."""
        self.page = Page(text)
        self._barred = barred
        self._tells = tells

    def find(self, quote: str) -> Span | None:
        """Where a quote stands; None when it doesn't, says too little, or is barred."""
        words = quote.split()
        if len(words) < FEWEST_WORDS and len(quote.strip()) < SHORTEST_QUOTE:
            return None
        span = self.page.anchor(quote)
        if span is None or any(bar.touches(span.start, span.end) for bar in self._barred):
            return None
        return span

    def shown(self, span: Span) -> str:
        """The letter's own words."""
        return self.page.text[span.start : span.end]

    def remark(self, text: str) -> str:
        """A remark of the model as plain text, without the sentences that misquote the letter or
        tell its writer of facts that are not theirs."""
        sentences = SENTENCE.split(plain(text))
        return " ".join(sentence for sentence in sentences if self._holds(sentence)).strip()

    def _holds(self, sentence: str) -> bool:
        told = self._tells is not None and self._tells(sentence)
        return not told and self._quotes_truly(sentence)

    def _quotes_truly(self, sentence: str) -> bool:
        spoken = ("".join(groups) for groups in SPOKEN.findall(sentence))
        return all(
            len(said.split()) < FEWEST_SPOKEN or self.page.anchor(said) is not None
            for said in spoken
        )
