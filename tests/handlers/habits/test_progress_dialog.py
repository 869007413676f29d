"""The wall of proofs in a dialog: filled, paged, taken along, and cited by the next letter."""

from datetime import timedelta

LETTER = (
    "Dear hiring team,\n\n"
    + "I am a hard worker who is passionate about machine learning and learns quickly. " * 6
    + "\n\nKind regards,\nSam Example"
)
PULL = "https://github.com/psf/requests/pull/12"


async def say(dialog, anna, text) -> str:
    dialog.telegram.send_text(anna, text)
    await dialog.settle()
    return dialog.said(anna)[-1]


async def press(dialog, anna, label) -> None:
    dialog.telegram.press_label(anna, label)
    await dialog.settle()


async def prove(dialog, anna, text) -> str:
    await say(dialog, anna, "/progress")
    await press(dialog, anna, "Add a proof")
    return await say(dialog, anna, text)


def file_of(dialog, anna) -> str:
    return dialog.telegram.file(dialog.telegram.answers(anna)[-1].file_id).decode()


async def test_an_empty_wall_says_how_to_begin(dialog, anna) -> None:
    assert "still empty" in await say(dialog, anna, "/progress")


async def test_a_proof_stands_on_the_wall_with_its_date(dialog, anna) -> None:
    await prove(dialog, anna, f"Fixed the docs {PULL}")

    wall = await say(dialog, anna, "/progress")
    assert "20 Nov 2026: Pull request, github.com/psf/requests/pull/12: “Fixed the docs”" in wall
    assert "1 week in a row" in wall
    assert "1 proof on the wall." in wall


async def test_the_same_thing_in_another_form_is_told_and_counted_once(dialog, anna) -> None:
    await prove(dialog, anna, PULL)

    answer = await prove(dialog, anna, "look: http://www.github.com/PSF/requests/pull/12/files")

    assert "already, since 20 Nov 2026" in answer
    assert "1 proof on the wall." in await say(dialog, anna, "/progress")


async def test_a_proof_can_be_taken_back_and_its_week_is_open_again(dialog, anna) -> None:
    await prove(dialog, anna, PULL)
    await press(dialog, anna, "Take it back")

    assert "Taken back." in dialog.said(anna)
    assert "still empty" in await say(dialog, anna, "/progress")


async def test_a_link_out_of_the_blue_is_asked_about(dialog, anna) -> None:
    assert "something you made" in await say(dialog, anna, PULL)
    await press(dialog, anna, "Put it on my wall")

    assert "On your wall" in dialog.said(anna)[-1]


async def test_not_now_closes_the_question(dialog, anna) -> None:
    await say(dialog, anna, "/progress")
    await press(dialog, anna, "Add a proof")
    await press(dialog, anna, "Not now")

    await say(dialog, anna, "I read one module of it today")
    assert "still empty" in await say(dialog, anna, "/progress")


async def test_a_long_wall_is_turned_page_by_page(dialog, anna) -> None:
    for number in range(10):
        await prove(dialog, anna, f"https://blog.example.com/posts/{number}")
    wall = await say(dialog, anna, "/progress")
    assert "1–8 of 10" in wall

    await press(dialog, anna, "Older")
    assert "9–10 of 10" in dialog.said(anna)[-1]
    assert "posts/0" in dialog.said(anna)[-1]
    await press(dialog, anna, "Newer")
    assert dialog.said(anna)[-1] == wall


async def test_the_wall_leaves_as_markdown_and_as_lines_for_a_cv(dialog, anna) -> None:
    await prove(dialog, anna, f"Fixed the docs {PULL}")
    await say(dialog, anna, "/progress")

    await press(dialog, anna, "As Markdown")
    assert f"- 2026-11-20: [Pull request]({PULL}): Fixed the docs" in file_of(dialog, anna)
    await press(dialog, anna, "As CV lines")
    assert file_of(dialog, anna).startswith("• Pull request: Fixed the docs (github.com/psf")


async def test_a_letter_without_evidence_hears_what_it_could_cite(dialog, anna) -> None:
    await prove(dialog, anna, PULL)
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()

    assert f"You could cite your pull request of 20 November: {PULL}" in dialog.said(anna)[-1]


async def test_a_letter_that_cites_it_already_hears_nothing_of_it(dialog, anna) -> None:
    await prove(dialog, anna, PULL)
    dialog.telegram.send_text(anna, LETTER.replace("Kind", f"My work: {PULL}/files\n\nKind"))
    await dialog.later(timedelta(seconds=2))

    assert not any("You could cite" in said for said in dialog.said(anna))


async def test_a_link_that_can_wait_names_the_way_back(dialog, anna) -> None:
    dialog.telegram.send_text(anna, "https://github.com/psf/requests/pull/77")
    await dialog.settle()
    dialog.telegram.press_label(anna, "Not now")
    await dialog.settle()

    assert dialog.said(anna)[-1] == "Fine, it can wait: /progress takes it at any time."
