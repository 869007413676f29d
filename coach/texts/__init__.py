"""What the coach says, in every language: one folder per language, one TOML file per subject.

A key is `file.table.name` ("letters.received"). A text that depends on a number is a table of
the plural forms of its language (CLDR: one, few, many, other) and is chosen by the fact `count`.
The words live at the bottom layer because findings are said by the chat, by the terminal and by
`critique.md` alike.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, cast

from babel import Locale

LANGUAGES = ("en", "ru")
"""The languages the coach speaks; the first is the one it falls back to."""

OWN_NAMES = {"en": "English", "ru": "Русский"}
"""Each language in its own words, so that nobody has to read another to find it."""

Texts = dict[str, Any]

PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})


def say(language: str, key: str, /, **facts: object) -> str:
    """The text `key` in `language`, with the facts filled in.

    An unknown language falls back to English. Raises KeyError when the text or one of the
    facts that it names is missing: a wrong key is our mistake, never the reader's.
    """
    language = speakable(language)
    text = catalogue(language)[key]
    if isinstance(text, Mapping):
        text = text[_plural_form(language, facts["count"], text)]
    return text.format_map(facts)


def speakable(language: str | None) -> str:
    """The language we speak that is nearest to a code such as "ru-RU"; English when none is."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else LANGUAGES[0]


@cache
def catalogue(language: str) -> Mapping[str, str | Mapping[str, str]]:
    """Every text of a language by its key."""
    folder = resources.files(__name__) / language
    texts: dict[str, str | Mapping[str, str]] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            subject = file.name.removesuffix(".toml")
            texts.update(_flatten(subject, tomllib.loads(file.read_text("utf-8"))))
    return texts


def _flatten(
    prefix: str, table: Mapping[str, Any]
) -> Iterator[tuple[str, str | Mapping[str, str]]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict) and not PLURAL_FORMS.issuperset(cast(Texts, value)):
            yield from _flatten(key, cast(Texts, value))
        else:
            yield key, value


def _plural_form(language: str, count: object, forms: Mapping[str, str]) -> str:
    if not isinstance(count, int | float):
        raise TypeError("`count` chooses the plural form and must be a number")
    form = Locale(language).plural_form(count)
    return form if form in forms else "other"
