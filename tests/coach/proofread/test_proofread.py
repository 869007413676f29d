"""Slips are found and rightly mended; what is right, or not ours to judge, is left alone."""

import pytest

from coach.letters import apply_edits
from coach.proofread import proofread


def mended(text: str) -> str:
    return apply_edits(text, proofread(text))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("I beleive in careful work.", "I believe in careful work."),
        ("She tought me to write tests.", "She taught me to write tests."),
        ("My reserach was about soil.", "My research was about soil."),
        ("We shiped the feature on time.", "We shipped the feature on time."),
        ("It was a greatt team.", "It was a great team."),
        ("The acomodation was paid for.", "The accommodation was paid for."),
        ("I wrote Pyhton for two years.", "I wrote Python for two years."),
        ("We met every wensday evening.", "We met every Wednesday evening."),
        ("We wrote to two other companys.", "We wrote to two other companies."),
        ("She studyied physics in Graz.", "She studied physics in Graz."),
        ("Respect the brakeing distances.", "Respect the braking distances."),
        ("I wrote to different compaany.", "I wrote to different companies."),
        ("The compaany is small.", "The company is small."),
        ("My Bachlor's degree is in physics.", "My Bachelor's degree is in physics."),
        ("The addresses are bellow.", "The addresses are below."),
    ],
)
def test_mends_spelling(wrong: str, right: str) -> None:
    assert mended(wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("We dis cussed the plan.", "We discussed the plan."),
        ("It took a long tim e to finish.", "It took a long time to finish."),
        ("My w\n    • ork was praised.", "My work was praised."),
        ("I learned alot ofthings there.", "I learned a lot of things there."),
        ("I wanted tolearn more.", "I wanted to learn more."),
        ("I don’tthink that it matters.", "I don’t think that it matters."),
        ("I was in in the team.", "I was in the team."),
        ("I wrote it , then I slept .", "I wrote it, then I slept."),
    ],
)
def test_mends_gaps(wrong: str, right: str) -> None:
    assert mended(wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("I studied at the Universit√§t of Graz.", "I studied at the Universität of Graz."),
        ("It was a cafÃ© in Lyon.", "It was a café in Lyon."),
        ("I donâ€™t mind.", "I don’t mind."),
        ("It is my â€œaimâ€\x9d here.", "It is my “aim” here."),
    ],
)
def test_mends_mojibake_word_by_word(wrong: str, right: str) -> None:
    assert mended(wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Thank you for you're time.", "Thank you for your time."),
        ("I know your not hiring yet.", "I know you're not hiring yet."),
        ("Their are two reasons.", "There are two reasons."),
        ("It lost it's value.", "It lost its value."),
        ("Its not easy to say.", "It's not easy to say."),
        ("She was better then me.", "She was better than me."),
        ("I would of come sooner.", "I would have come sooner."),
        ("We did not want to loose time.", "We did not want to lose time."),
        ("I asked weather it works.", "I asked whether it works."),
        ("We went trough the data.", "We went through the data."),
        ("I was there for a hour.", "I was there for an hour."),
        ("He became an user of it.", "He became a user of it."),
        ("We wrote a API for it.", "We wrote an API for it."),
        ("It ran on an CPU.", "It ran on a CPU."),
        ("I am ready to grow with you're team.", "I am ready to grow with your team."),
        ("I learned it form my mentor.", "I learned it from my mentor."),
        ("I don't mind ether way.", "I don't mind either way."),
        ("It is where must of the work is.", "It is where most of the work is."),
    ],
)
def test_mends_real_words_in_the_wrong_place(wrong: str, right: str) -> None:
    assert mended(wrong) == right


def test_a_linked_site_is_spelt_as_its_address() -> None:
    assert mended("At [Exampel.io](https://example.io/x) I learned.") == (
        "At [Example.io](https://example.io/x) I learned."
    )


def test_a_lost_capital_is_given_back() -> None:
    assert mended("I taught there every monday.") == "I taught there every Monday."


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("I have exper\u200b\u200bience with pumps.", "experience"),
        ("Моя прог\u00adрам\u200bма работает.", "программа"),
        ("We used Py\u2060Torch.", "PyTorch"),
    ],
)
def test_unseen_characters_inside_a_word_are_taken_out(text: str, right: str) -> None:
    (edit,) = proofread(text, language="ru" if "М" in text else "en")
    assert (edit.right, edit.ask) == (right, False)


def test_the_first_of_two_articles_may_have_been_another_word() -> None:
    (edit,) = proofread("I have contributed the the project.")
    assert (edit.right, edit.ask) == ("to the", True)


@pytest.mark.parametrize(
    "text",
    [
        "I fine-tuned RoBERTa with PyTorch and logged it in MLflow.",
        "See https://exampel.org/teh or write to recieve@exampel.org.",
        "Dear [compaany], I ran `pip instal teh` and {{ usr.nmae }}.",
        "Krzysztof Wdowiak and Ngozi Adeyemi-Bello taught me.",
        "The colour of the center, the behaviour of the program.",
        "Hab mir ein bisschen Deutsch beigebracht, und es macht mir Spaß.",
        "I had had enough; I know that that works very, very well.",
        "We used word2vec, x.shape and f(x) on the VLSI board.",
        "My Zorblat ran twice. A Zorblat is small. I love my Zorblat.",
        "The cafe on Straße 5 is naïve, says José.",
        "It works. And it is fast! Is it? Yes: 3.5 times.",
        "Every fellow ships something; they could, of course, do more than that.",
        "It is an honour to be in a university, a European one, for an hour, a unit, an MBA.",
        "You're right that your own data, its size and their age matter more than the model.",
        'The Portuguese "bolo" may be a cake. Hi Tomasz, and thanks to Jiří!',
        "I have \u200bexperience\u200b with pumps \U0001f469\u200d\U0001f52c.",
        "We run a SQL query, or an SQL query, at a UN office with an X-ray and a UX team.",
        "The trainings, the integrations and the comms were checked by two approvers.",
        "We ran out of inodes, so the evals and the datasheets went to the onsites' server.",
        "I crowdsource the labels, and there achieved more than before.",
        "Take the holiday off, and tell me where you're stuck and whether they agree.",
        "If the weather is good, I lose no time; then the loose screws are where they were.",
    ],
)
def test_leaves_alone_what_is_right_or_not_prose(text: str) -> None:
    assert proofread(text) == []


def test_words_that_a_person_knows_are_never_flagged() -> None:
    text = "I keep bees with my frend."
    assert proofread(text)
    assert proofread(text, known=frozenset({"Frend"})) == []


def test_a_language_without_word_lists_gets_what_needs_none() -> None:
    assert proofread("Trabjo con datos en Madrid.", language="und") == []
    assert [edit.right for edit in proofread("Hola , mundo", language="und")] == [","]


def test_reasons_are_said_in_the_readers_language() -> None:
    (edit,) = proofread("A greatt team.", reader="ru")
    assert edit.reason.startswith("Такого слова")


@pytest.mark.parametrize(
    "right",
    [
        "The tokeniser and the optimisers are ours, focussing on speed.",
        "Pre-emption and a co-ordinated release took a day.",
        "The job reads the .gitattributes file.",
        "Please post in #wg-fy24-cody-spiffs today.",
        "We closed two backdoors last year.",
        "An off-policy method levels off.",
        "Your welcome package has arrived.",
        "I am moved by money too of course.",
        "The new one was much much faster.",
        "CSI is GA in Kubernetes, and the API is HTTP HTTP2.",
        "Se algum dos testes falhou, por favor avise o time antes do merge para o ramo principal.",
        "Ce projet est une aide pour les personnes qui ne savent pas ranger leurs commits.",
    ],
)
def test_leaves_what_is_right_elsewhere(right: str) -> None:
    assert proofread(right) == []


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("The final questiosn to ask are these.", True),
        ("Weka is fast.", True),
        ("The addresses are bellow.", True),
        ("We recieved it.", False),
        ("He was, accordingto her, late.", False),
    ],
)
def test_asks_where_something_else_may_be_meant(text: str, ask: bool) -> None:
    (edit,) = proofread(text)
    assert edit.ask is ask


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("I am here.\U000e0069\U000e0067", "I am here."),
        ("I am here,\U000e0041 and glad.", "I am here, and glad."),
        # A flag of a part of a country, an emoji of several people, and Persian are as they are.
        ("I am here \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f.", None),
        ("I am here \U0001f469\u200d\U0001f52c, I say \u0645\u06cc\u200c\u0631\u0648\u0645.", None),
    ],
)
def test_what_nobody_sees_is_taken_out_of_the_copy(text: str, clean: str | None) -> None:
    assert apply_edits(text, proofread(text)) == (clean or text)
