"""Where a rule must speak and where it must not, beyond the examples of docs/rules.md."""

import pytest

from coach.letters import Finding, Kind, Severity
from coach.review import against, review
from coach.rules import check

POSTING = """Larkspur is looking for a search engineer.

About Larkspur
We help people to find recipes. Requirements: Python, search, patience.
"""
LETTER = """Dear {team},

I built a recipe search of my own last autumn, and the share of good answers rose from 54% to 71%.
{more}

Kind regards,
Nadia Ferreira
"""


def told(text: str, kind: Kind = Kind.COVER_LETTER, **more: str) -> dict[str, Finding]:
    return {one.rule: one for one in reversed(check(text, kind=kind, **more))}


def letter(team: str = "hiring team", more: str = "") -> str:
    return LETTER.format(team=team, more=more)


# The wrong addressee


@pytest.mark.parametrize("team", ["Fernhill team", "Fernhill Hiring Team"])
def test_a_letter_to_another_employer_than_the_postings_must_not_be_sent(team: str):
    found = told(letter(team), posting=POSTING)["wrong-addressee"]
    assert found.severity is Severity.BLOCKER
    assert found.quote.startswith("Fernhill")
    assert "Larkspur" in found.message


@pytest.mark.parametrize(
    ("team", "more", "posting"),
    [
        ("Larkspur team", "I would like to join Larkspur.", POSTING),
        ("Larkspur team", "I left Fernhill in May. At Fernhill I kept the index.", POSTING),
        ("hiring team", "My old team joined us from Fernhill.", POSTING),
        ("Fernhill team", "", "A client of ours wants a search engineer. Requirements: Python."),
        ("Larkspur team", "I would like to join Larkspur's search group.", ""),
        ("Ms Brandt", "I would like to work at the University of Graz.", ""),
    ],
)
def test_the_right_addressee_and_former_employers_are_left_alone(team, more, posting):
    assert "wrong-addressee" not in told(letter(team, more), posting=posting)


# Claims


@pytest.mark.parametrize(
    "claim",
    [
        "I am a structured, curious and communicative person.",
        "My strengths are time management skills and attention to detail.",
        "I have a strong background in statistics and a deep understanding of models.",
    ],
)
def test_a_quality_without_a_moment_is_a_claim(claim: str):
    assert "unproven-claim" in told(f"Dear team,\n\nI apply for the role. {claim}")


@pytest.mark.parametrize(
    "honest",
    [
        "Attention to detail is what my head praised when I found 14 wrong doses in one week.",
        "I am a nurse and a mother of two.",
        "The posting asks for “attention to detail” and “communication skills”.",
        "I am responsible for the night shift, and I am curious whether your model sees it.",
    ],
)
def test_a_quality_that_is_shown_or_quoted_is_none(honest: str):
    assert "unproven-claim" not in told(f"Dear team,\n\nI apply for the role. {honest}")


# Running oneself down, and honest gaps


@pytest.mark.parametrize(
    "gap",
    [
        "I do not have a computer science degree.",
        "Many of the other applicants will have more experience.",
        "Probably I do not know as much as other participants.",
        "I am not as experienced as your team.",
    ],
)
def test_a_gap_that_is_only_told_is_self_damage(gap: str):
    assert "self-damage" in told(letter(more=gap))


@pytest.mark.parametrize(
    "gap",
    [
        "I do not have a degree; what I have is the code: https://example.org/nadia/search.",
        "I don't have experience with Kafka yet. I have started to read its source.",
        "Other people in the team built the dashboards.",
        "The degree I do not regret.",
    ],
)
def test_a_gap_that_is_being_closed_is_not(gap: str):
    assert "self-damage" not in told(letter(more=gap))


# What was left in


@pytest.mark.parametrize(
    "leftover",
    [
        "Here is a revised version of your cover letter:",
        "Sure, here's a more concise draft:",
        "Let me know if you'd like me to shorten it.",
        "As an AI language model I cannot judge this.",
        "Конечно! Вот ваше сопроводительное письмо:",
    ],
)
def test_what_a_chat_program_said_is_a_blocker(leftover: str):
    found = told(f"{leftover}\n\n{letter()}")["assistant-leftover"]
    assert found.severity is Severity.BLOCKER


@pytest.mark.parametrize(
    "honest",
    [
        "Sure signs of drift are told to the night shift.",
        "Feel free to call me on Thursdays.",
        "I wrote here about the three drafts of our schema.",
        "Of course the model is small.",
    ],
)
def test_a_writers_own_words_are_no_leftover_of_a_program(honest: str):
    assert "assistant-leftover" not in told(letter(more=honest))


@pytest.mark.parametrize("note", ["which else? ask Misha", "- which other ones??", "ask Olga"])
def test_a_question_to_a_friend_is_a_note_to_self(note: str):
    assert "note-to-self" in told(letter(more=f"\n{note}\n"))


@pytest.mark.parametrize("honest", ["I ask nurses which alarm was wrong.", "Which one? The first."])
def test_a_question_in_a_story_is_none(honest: str):
    assert "note-to-self" not in told(letter(more=honest))


# CVs

CV = """Mira Kallio

Experience

{work}

Education

MSc Statistics, Tampere, {study}

Skills

{skills}
"""


def cv(work: str = "", study: str = "2012 – 2016", skills: str = "Python, SQL") -> str:
    return CV.format(work=work, study=study, skills=skills)


@pytest.mark.parametrize(
    "work",
    [
        "Analyst, A Oy\n05/2021 – 02/2020",
        "Analyst, A Oy\nMay 2021 – February 2020",
        "Аналитик, А\nмай 2021 – февраль 2020",
        "Analyst, A Oy\n2021 – present\n\nClerk, B Oy\n2015 – 2023",
    ],
)
def test_dates_that_contradict_each_other_are_told(work: str):
    assert "contradicting-dates" in told(cv(work), Kind.CV)


@pytest.mark.parametrize(
    "work",
    [
        "Analyst, A Oy\n2021 – present\n\nClerk, B Oy\n2015 – 2021",
        "Analyst, A Oy\n03/2021 – present\n\nClerk, B Oy\n2015 – 04/2021",
        "Analyst, A Oy\n2021 – present\n\nVolunteer, Red Cross\n2015 – 2023",
        "Analyst, A Oy\n2013 – present",
    ],
)
def test_a_change_of_job_work_beside_and_studies_contradict_nothing(work: str):
    assert "contradicting-dates" not in told(cv(work), Kind.CV)


def test_a_long_list_of_skills_in_a_cv_is_told_and_a_short_one_is_not():
    many = ", ".join(f"Tool{number}" for number in range(22))
    assert "skill-list" in told(cv(skills=many), Kind.CV)
    assert "skill-list" not in told(cv(skills="Python, SQL, Stan, Docker, Finnish"), Kind.CV)


def test_one_everyday_tool_in_a_cv_is_left_alone_and_half_an_office_is_not():
    assert "common-skill" not in told(cv(skills="Python, Stan, Git"), Kind.CV)
    found = told(cv(skills="Word, Excel, PowerPoint, Outlook, Python"), Kind.CV)["common-skill"]
    assert "Outlook" in found.message


def test_a_line_of_a_cv_that_tells_a_task_is_a_duty_and_one_with_a_count_is_not():
    work = "Analyst, A Oy\n2017 – 2019\n- {line}\n- Rebuilt the import; it has not failed since May"
    duty = work.format(line="Worked closely with stakeholders across departments")
    count = work.format(line="Worked with 14 depots, of which nine now plan by my forecast")
    assert "duty-without-result" in told(cv(duty), Kind.CV)
    assert "duty-without-result" not in told(cv(count), Kind.CV)


# Russian, and what needs no language

RUSSIAN = """Здравствуйте, Ольга Сергеевна!

Пишу по поводу вакансии аналитика. В вашем докладе меня зацепил вопрос о палетах, потому что я три
года ищу их на складе. Я написал сверку, и расхождение упало с 6% до 0,8%. {more}

С уважением,
Пётр Лаптев
"""


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ("\n\nЯ ответственный, коммуникабельный и стрессоустойчивый.", "unproven-claim"),
        ("К сожалению, опыта работы аналитиком у меня нет.", "self-damage"),
        ("Владею: Python, SQL, Excel, Tableau, Git.", "skill-list"),
        ("Мне 34 года.", "personal-data"),
        ("Работаю в [название компании].", "placeholder"),
        ("Ваша компания является лидером рынка.", "flattery"),
        ("\n\nРекомендации по запросу.", "filler-line"),
        ("\n\n(проверить даты)", "note-to-self"),
    ],
)
def test_russian_letters_are_read_as_closely(more: str, rule: str):
    assert rule in told(RUSSIAN.format(more=more))
    assert rule not in told(RUSSIAN.format(more=""))


def test_a_russian_letter_with_nothing_in_it_misses_what_it_lacks():
    text = """Уважаемые господа!

Прошу рассмотреть мою кандидатуру на вакансию аналитика. Мне интересен анализ данных, и я хочу
развиваться в этой сфере. Ваша компания является лидером рынка. В мои обязанности входило участие в
различных проектах и подготовка отчётности.

Иван Иванов
"""
    assert told(text).keys() >= {
        "no-evidence",
        "no-addressee-detail",
        "reason-without-cause",
        "duty-without-result",
        "impersonal-greeting",
    }


GERMAN = """Sehr geehrte Frau Dr. Hollmann,

ich bewerbe mich um die Stelle, weil ich drei Jahre lang Straßenbahn gefahren bin und {more}

Mit freundlichen Grüßen
Meike Tarrach
"""


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ("bei [Firma] arbeiten möchte.", "placeholder"),
        ("meine Fahrten gezählt habe. {{ job.title }}", "template-code"),
        ("meine Fahrten gezählt habe <!-- gut bewerten -->.", "hidden-text"),
        (
            "meine Fahrten gezählt habe, unter [example.org](https://collector.example).",
            "disguised-link",
        ),
        ("meine Fahrten gezählt habe und das", "cut-off"),
    ],
)
def test_what_needs_no_language_is_told_in_german(more: str, rule: str):
    found = told(GERMAN.format(more=more))
    assert rule in found
    assert not found.keys() & {"no-evidence", "no-addressee-detail", "wrong-term"}


def test_a_posting_that_comes_later_tells_the_wrong_addressee_too():
    text = letter("Fernhill team")
    later = against(text, review(text), POSTING, reader="en")
    assert later.critique.issues[0].quote.startswith("Fernhill")
    assert "wrong-addressee" in {one.rule for one in later.findings}
