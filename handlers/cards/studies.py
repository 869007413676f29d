"""How a person's cards come: limits, aim, light days, the longest interval, small sessions.

One message that edits itself; what a change does is said before it is made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from babel import Locale

from coach.batches import minutes
from coach.scheduling import RETENTIONS, Wishes, effect
from coach.texts import say
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import show
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work
from storage import Db, Store, studies
from storage.people import Person
from storage.studies import Study

router = Router(name="studies")
router.callback_query.filter(F.message.chat.type == "private")

REVIEWS = (5, 10, 20, 30, 50, 100)
NEW = (0, 2, 5, 10, 20)
LENGTHS = {"none": 36_500, "year": 365, "half": 182, "quarter": 91}
"""The longest intervals that are offered, in days; the first is as good as none."""

LIGHT = 0.5
"""A light day's share of a usual one."""


class StudyButton(CallbackData, prefix="study"):
    """`what` is a wish (or "card", all of them); without a `value` it asks, with one it answers."""

    what: str
    value: str = ""


@router.callback_query(StudyButton.filter())
async def wish_pressed(
    callback: CallbackQuery,
    callback_data: StudyButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """All wishes, the question of one, or its answer."""

    def change(db: Db) -> tuple[Said | str, Rows]:
        study = studies.get(db, person.id)
        wish = WISHES.get(callback_data.what)
        if wish is None:
            return overview(study, person.language)
        if not callback_data.value:
            return wish.ask(study, person.language)
        return answered(db, person, study, callback_data)

    await show(callback, store, now, work, change)


def settings_button(language: str) -> Button:
    """The way in, from the decks and from the day's cards."""
    return _button(say(language, "studies.button.settings"), "card")


def overview(study: Study, language: str) -> tuple[Said, Rows]:
    """Every wish in a line, and the buttons that change them."""
    said = Said().line(say(language, "studies.title"), Style.BOLD)
    said.line(say(language, "studies.reviews", count=study.limits.reviews))
    said.line(say(language, "studies.new", count=study.limits.new))
    said.line(say(language, "studies.aim", percent=_percent(study.wishes.retention)))
    said.line(say(language, "studies.longest", length=_length(language, study.wishes.longest)))
    said.line(say(language, "studies.light", days=_light_days(language, study)))
    said.add(say(language, f"studies.{'few_gathered' if study.gathers_few else 'few_each'}"))
    return said, _overview_rows(study, language)


def _overview_rows(study: Study, language: str) -> Rows:
    facts: Mapping[str, dict[str, object]] = {
        "reviews": {"count": study.limits.reviews},
        "new": {"count": study.limits.new},
        "aim": {"percent": _percent(study.wishes.retention)},
        "longest": {"length": _length(language, study.wishes.longest)},
        "light": {},
    }
    first, second, third, fourth, light = (
        _button(say(language, f"studies.button.{what}", **given), what)
        for what, given in facts.items()
    )
    other = "few_gathered" if study.gathers_few else "few_each"
    few = _button(say(language, f"studies.button.{other}"), "few", str(int(not study.gathers_few)))
    return [[first, second], [third, fourth], [light], [few]]


def answered(db: Db, person: Person, study: Study, pressed: StudyButton) -> tuple[Said | str, Rows]:
    """Makes a change that was on offer and shows what is now; nothing else changes anything."""
    language, wish = person.language, WISHES[pressed.what]
    if pressed.what == "aim" and pressed.value.startswith("?"):
        return _effect(study, pressed.value.removeprefix("?"), language)
    changes = wish.take(study, pressed.value)
    if changes is None:
        return overview(study, language)
    changed = studies.change(db, person.id, **changes)
    if pressed.what == "light":
        return wish.ask(changed, language)
    said, rows = overview(changed, language)
    if (more := changed.limits.reviews - study.limits.reviews) > 0:
        said.line().line().add(say(language, "studies.more_today", count=more))
    return said, rows


# Each wish: how it is asked for, and what an answer changes (None: it was not on offer).


class Wish:
    """One wish: its question with the answers on offer, and what an answer changes."""

    def __init__(
        self,
        ask: Callable[[Study, str], tuple[Said | str, Rows]],
        take: Callable[[Study, str], dict[str, object] | None],
    ) -> None:
        self.ask = ask
        self.take = take


def _ask_reviews(_study: Study, language: str) -> tuple[str, Rows]:
    """Each number with the minutes that it takes."""
    buttons = [
        _button(
            say(language, "studies.button.so_many", count=number, minutes=minutes(number)),
            "reviews",
            str(number),
        )
        for number in REVIEWS
    ]
    return say(language, "studies.ask_reviews"), [*_in_rows(buttons), [_back(language)]]


def _ask_new(_study: Study, language: str) -> tuple[str, Rows]:
    buttons = [_button(str(number), "new", str(number)) for number in NEW]
    return say(language, "studies.ask_new"), [*_in_rows(buttons), [_back(language)]]


def _ask_aim(study: Study, language: str) -> tuple[str, Rows]:
    buttons = [
        _button(f"{_percent(aim)} %", "aim", f"?{aim}")
        for aim in RETENTIONS
        if aim != study.wishes.retention
    ]
    return say(language, "studies.ask_aim"), [buttons, [_back(language)]]


def _effect(study: Study, value: str, language: str) -> tuple[str, Rows]:
    """What another aim would do, said before it is taken (row 58)."""
    aim = _aim(value)
    if aim is None:
        return _ask_aim(study, language)
    take = say(language, "cards.retention.change", wanted=_percent(aim))
    keep = say(language, "cards.retention.keep", current=_percent(study.wishes.retention))
    rows = [[_button(take, "aim", str(aim)), _button(keep, "card")]]
    return effect(study.wishes, aim, language), rows


def _ask_longest(_study: Study, language: str) -> tuple[str, Rows]:
    buttons = [
        _button(say(language, f"studies.length.{name}"), "longest", name) for name in LENGTHS
    ]
    return say(language, "studies.ask_longest"), [*_in_rows(buttons, 2), [_back(language)]]


def _ask_light(study: Study, language: str) -> tuple[str, Rows]:
    names = Locale(language).days["stand-alone"]["abbreviated"]
    buttons = [
        _button(f"✓ {names[day - 1]}", "light", f"-{day}")
        if day in study.wishes.light
        else _button(names[day - 1], "light", f"+{day}")
        for day in range(1, 8)
    ]
    return say(language, "studies.ask_light"), [*_in_rows(buttons, 4), [_back(language)]]


def _take_reviews(study: Study, value: str) -> dict[str, object] | None:
    if value not in map(str, REVIEWS):
        return None
    return {"limits": replace(study.limits, reviews=int(value))}


def _take_new(study: Study, value: str) -> dict[str, object] | None:
    if value not in map(str, NEW):
        return None
    return {"limits": replace(study.limits, new=int(value))}


def _take_aim(study: Study, value: str) -> dict[str, object] | None:
    aim = _aim(value)
    return None if aim is None else _wishing(study, replace(study.wishes, retention=aim))


def _take_longest(study: Study, value: str) -> dict[str, object] | None:
    if value not in LENGTHS:
        return None
    return _wishing(study, replace(study.wishes, longest=LENGTHS[value]))


def _take_light(study: Study, value: str) -> dict[str, object] | None:
    """A day becomes light (+), or a usual one again (-): twice is as once. Seven light days
    would be none."""
    if value[:1] not in ("+", "-") or value[1:] not in map(str, range(1, 8)):
        return None
    light = {day: share for day, share in study.wishes.light.items() if str(day) != value[1:]}
    if value.startswith("+"):
        light[int(value[1:])] = LIGHT
    return _wishing(study, replace(study.wishes, light=light)) if len(light) < 7 else None


def _take_few(_study: Study, value: str) -> dict[str, object] | None:
    return {"gathers_few": value == "1"} if value in ("0", "1") else None


def _ask_few(study: Study, language: str) -> tuple[Said, Rows]:
    return overview(study, language)


WISHES = {
    "reviews": Wish(_ask_reviews, _take_reviews),
    "new": Wish(_ask_new, _take_new),
    "aim": Wish(_ask_aim, _take_aim),
    "longest": Wish(_ask_longest, _take_longest),
    "light": Wish(_ask_light, _take_light),
    "few": Wish(_ask_few, _take_few),
}


def _wishing(_study: Study, wishes: Wishes) -> dict[str, object]:
    return {"wishes": wishes}


def _aim(value: str) -> float | None:
    return next((aim for aim in RETENTIONS if str(aim) == value), None)


def _button(label: str, what: str, value: str = "") -> Button:
    return label, StudyButton(what=what, value=value).pack()


def _back(language: str) -> Button:
    return _button(say(language, "studies.button.back"), "card")


def _in_rows(buttons: Sequence[Button], size: int = 3) -> list[list[Button]]:
    return [list(buttons[at : at + size]) for at in range(0, len(buttons), size)]


def _percent(share: float) -> int:
    return round(share * 100)


def _length(language: str, days: int) -> str:
    name = next((name for name, length in LENGTHS.items() if length == days), None)
    return say(language, f"studies.length.{name or 'none'}")


def _light_days(language: str, study: Study) -> str:
    names = Locale(language).days["stand-alone"]["wide"]
    days = [names[day - 1] for day in sorted(study.wishes.light)]
    return ", ".join(days) or say(language, "studies.light_none")
