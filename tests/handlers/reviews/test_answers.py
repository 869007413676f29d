"""What a review looks like in the chat: short, readable, and clear about what comes next."""

from coach.letters import (
    Criterion,
    Critique,
    Edit,
    EditKind,
    Finding,
    Issue,
    Kind,
    Praise,
    Review,
    Score,
    Severity,
)
from handlers.chat.formatting import Said
from handlers.reviews.answers import (
    before_and_after,
    critique_answer,
    decided_answer,
    first_answer,
    next_step,
    receipt,
)
from storage.reviews import EditState, StoredEdit

TEXT = "Skills related to ML : pandas. I recieve alerts !\nI like solutions"


def edit(wrong: str, right: str, *, ask: bool = False) -> Edit:
    start = TEXT.index(wrong)
    kind = EditKind.PUNCTUATION
    return Edit(start, start + len(wrong), wrong, right, kind, confidence=1.0, ask=ask)


def stored(*states: EditState, ask: bool = False) -> list[StoredEdit]:
    slip = edit("recieve", "receive", ask=ask)
    return [StoredEdit(number, slip, state) for number, state in enumerate(states, start=1)]


def placeholder(slot: str) -> Finding:
    message = f"{slot} is still waiting to be filled."
    return Finding(
        "placeholder",
        Severity.BLOCKER,
        Criterion.MECHANICS,
        0,
        len(slot),
        slot,
        message,
        "Fill it.",
    )


def critique(
    *, issues: tuple[Issue, ...] = (), scores: tuple[Score, ...] = (), label: str = "ready"
) -> Critique:
    return Critique("house rules", label, "A summary.", scores=scores, issues=issues)


def issue(severity: Severity, quote: str = "", why: str = "A reason.") -> Issue:
    return Issue(Criterion.EVIDENCE, severity, quote, 0, len(quote), why, "Do this.")


def first(review: Review, edits: list[StoredEdit] | None = None) -> str:
    return first_answer("en", TEXT, review, edits or [], waiting=False).text


def a_review(*findings: Finding, language: str = "en", critique: Critique | None = None) -> Review:
    return Review(
        Kind.COVER_LETTER, language, critique or Critique("house rules", "", ""), findings=findings
    )


def test_a_receipt_calls_a_file_by_its_name_and_a_paste_by_none() -> None:
    pasted = receipt("en", "one two", "en", Kind.COVER_LETTER, "letter")
    sent = receipt("en", "one two", "en", Kind.COVER_LETTER, "To Nordwind.docx")

    assert pasted == "Got it: 2 words, English, a cover letter."
    assert sent == "Got it: To Nordwind.docx, 2 words, English, a cover letter."


def test_ten_brackets_are_one_thing_to_fix() -> None:
    slots = ["[Name]", "[Company]", "[Name]"]

    said = first(a_review(*map(placeholder, slots)))

    assert "[Name] ×2\n[Company]\n→ Fill it." in said
    assert said.count("still waiting") == 1
    assert "2." not in said


def test_a_message_that_holds_its_quote_is_not_followed_by_it() -> None:
    said = first(a_review(placeholder("[Name]")))

    assert said.count("[Name]") == 1


def test_a_clean_letter_is_told_so_in_one_line() -> None:
    said = first(a_review())

    assert said.count("\n\n") == 1
    assert "Nothing to fix first" in said


def test_a_letter_in_another_language_is_not_said_to_be_free_of_slips() -> None:
    for review in (
        a_review(language="und"),
        a_review(placeholder("[Name]"), language="und"),
    ):
        said = first(review)
        assert "in English, Russian and German so far" in said
        assert "o slips" not in said


def test_a_change_of_spaces_is_shown_with_the_words_around_it() -> None:
    assert before_and_after(Said(), TEXT, edit(" : ", ": ")).text == "ML : pandas. → ML: pandas."
    assert before_and_after(Said(), TEXT, edit(" !", "!")).text == "alerts ! → alerts!"
    assert before_and_after(Said(), TEXT, edit("recieve", "receive")).text == "recieve → receive"


def test_what_is_decided_is_marked_and_the_next_step_named() -> None:
    slips = stored(EditState.ACCEPTED, EditState.SKIPPED, EditState.OPEN)

    said = first(a_review(), slips)

    assert "✓ recieve → receive\n– recieve → receive\nrecieve → receive" in said
    assert "1 fix applied.\n1 left as it was.\nNext: press “Apply all”" in said


def test_a_question_is_counted_while_it_is_open_and_listed_once_it_is_a_slip() -> None:
    asked = first(a_review(), stored(EditState.OPEN, ask=True))
    accepted = first(a_review(), stored(EditState.ACCEPTED, ask=True))
    kept = first(a_review(), stored(EditState.SKIPPED, ask=True))

    assert "1 place where only you can decide" in asked
    assert "recieve" not in asked
    assert "1 slip\n✓ recieve → receive" in accepted
    assert "recieve" not in kept
    assert "only you can decide" not in accepted + kept


def test_the_next_step_follows_what_is_open() -> None:
    done, skipped, still = EditState.ACCEPTED, EditState.SKIPPED, EditState.OPEN
    nexts = {
        "Next: “Download” brings you the corrected letter.": stored(done, skipped),
        "Your letter stays as you wrote it.": stored(skipped),
        "Next: “One by one” asks you about what is left.": stored(still, ask=True),
        "“One by one” also asks you about the rest.": stored(still) + stored(still, ask=True),
    }

    for said, slips in nexts.items():
        assert said in decided_answer("en", slips).text


def test_criteria_that_were_not_assessed_share_a_line() -> None:
    scores = (
        Score(Criterion.EVIDENCE, 3, (), "A deed."),
        Score(Criterion.TRANSITION_STORY, None, (), "Not assessed: nothing of it."),
        Score(Criterion.REQUIREMENT_COVERAGE, None, (), "Not assessed: no posting."),
    )

    said = critique_answer("en", critique(scores=scores)).text

    assert "●●●○ Evidence: A deed.\nNot assessed: The change of field · What the" in said


def test_numbered_issues_stand_apart_and_repeat_no_quote() -> None:
    issues = (
        issue(Severity.MAJOR, "titanic", "Everyone has done “titanic”."),
        issue(Severity.MAJOR, "I did", "And what came of it?"),
    )

    said = critique_answer("en", critique(issues=issues)).text

    assert "1. Evidence\nEveryone has done “titanic”.\n→ Do this.\n\n2. Evidence\nI did\n" in said


def test_the_same_praise_is_said_once_under_all_its_quotes() -> None:
    praise = tuple(Praise(quote, "Remembered.") for quote in ("First.", "Second."))
    praised = Critique("house rules", "ready", "A summary.", strengths=praise)

    assert "First.\nSecond.\nRemembered.\n" in critique_answer("en", praised).text


def test_a_critique_ends_with_what_to_do_now() -> None:
    weak = (Score(Criterion.EVIDENCE, 2, (), ""), Score(Criterion.MOTIVATION_FIT, 3, (), ""))
    minor, major, blocker = (issue(one) for one in reversed(Severity))
    nexts = {
        "take out what must not be sent": critique(issues=(blocker, major)),
        "start with number 1": critique(issues=(major, minor)),
        "work on “Evidence”": critique(issues=(minor,), scores=weak, label="ready after fixes"),
        "mend the slips": critique(label="ready after fixes"),
        "send it off": critique(),
    }

    for said, of in nexts.items():
        assert said in next_step("en", of)
        assert critique_answer("en", of).text.endswith(next_step("en", of) + "\n")


def test_house_rules_own_up_to_knowing_english_best() -> None:
    assert "scores lightly" in critique_answer("en", critique(), written_in="ru").text
    assert "scores lightly" not in critique_answer("en", critique()).text
