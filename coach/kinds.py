"""Guesses what sort of document a letter is, from its words and its layout."""

import re

from coach import masks
from coach.letters import Kind
from coach.questions import questions
from coach.rules import blocks
from coach.rules.blocks import Block, BlockKind

COVER = re.compile(
    r"(?i)\b(?:cover\s+letter|hiring|recruit\w+|vacancy|job|position|post(?:ing)?|advert\w*"
    r"|employer|company|role|intern(?:ship)?"
    r"|your\s+(?:\w+\s+)?(?:team|products?|customers?|office|desk|shops?|vans?|plant)"
    r"|(?:engineer|developer|analyst|scientist|manager|tester)s?"
    r"|salary|notice\s+period|start\s+(?:on|in)|colleagues|work\s+for\s+you|part[- ]time"
    r"|anschreiben|stelle(?:nanzeige)?|unternehmen|firma|kündigungsfrist|gehalt|kolleg\w+|kunden"
    r"|(?:ihre[mrn]?|eurem?)\s+team|eintritt\w*|teilzeit|vollzeit|entwickler\w*"
    r"|сопроводительное|ваканси\w+|резюме|компани[июяей]\w*|должност\w+|работодател\w+|зарплат\w+"
    r"|отклик\w+|коллег\w*|клиент\w*|ваш(?:ей|а|у)\s+команд\w+|разработчик\w*|тестировщик\w*"
    r"|аналитик\w*|место\s+\w+|выйти\s+через)\b"
)
PROGRAMME = (
    r"(?:your|the|this|degree|ph\.?d|doctoral|graduate|master['’]?s|bachelor['’]?s|training"
    r"|residency|exchange)\s+(?:[\w-]+\s+){0,2}program(?:me)?"
)
MOTIVATION = re.compile(
    r"(?i)\b(?:motivation|statement\s+of\s+purpose|summer\s+school|school"
    rf"|{PROGRAMME}|scholarship|stipend|fellowship|committee|admissions?|universit\w+|professor"
    r"|master['’]?s|bachelor['’]?s?|ph\.?d|doctoral|thesis|seminar|lectur\w+"
    r"|stud(?:y|ies|ied|ying|ents?)|course|degree|supervis\w+|semester|your\s+group"
    r"|motivationsschreiben|studium|studi(?:engang|ere|eren|ert)|master\w*studi\w+|stipendi\w+"
    r"|stiftung|hochschule|universität|professorin|vorlesung\w*|sommerschule|promotion\w*"
    r"|bachelor\w*|labor|fakultät"
    r"|мотивационное|программ[аыуе]|стипенди\w+|магистратур\w+|аспирантур\w+|университет\w*"
    r"|факультет\w*|кафедр\w*|школ[аеуы]|комисси\w+|учиться|поступить|обучени\w+|семинар\w*"
    r"|диплом\w*|научн\w+)\b"
)
TITLE_LINES = 600
"""Characters at the top in which a document names itself or is addressed."""
TITLE_WEIGHT = 4
ANSWERED = 2
"""So many headings with an answer below make a form."""


def guess(text: str) -> Kind:
    """The kind that a text most looks like; a cover letter when nothing speaks for another."""
    prose = masks.cover(text, _silent(text), " ")
    laid_out = blocks.split(prose)
    greets = any(b.kind in (BlockKind.GREETING, BlockKind.CLOSING) for b in laid_out)
    if not greets:
        if _is_cv(prose):
            return Kind.CV
        if _is_form(prose):
            return Kind.SHORT_ANSWERS
        if _answers(laid_out) or len(LABELLED.findall(prose)) >= ANSWERED:
            return Kind.APPLICATION_ANSWERS
    top = text[:TITLE_LINES]
    cover = len(COVER.findall(text)) + TITLE_WEIGHT * len(set(COVER.findall(top)))
    motivation = len(MOTIVATION.findall(text)) + TITLE_WEIGHT * len(set(MOTIVATION.findall(top)))
    return Kind.MOTIVATION_LETTER if motivation > cover else Kind.COVER_LETTER


def _silent(text: str) -> list[masks.Mask]:
    silent = (masks.MaskKind.FRONT_MATTER, masks.MaskKind.TEMPLATE, masks.MaskKind.HTML)
    return [mask for mask in masks.find(text) if mask.kind in silent]


# A CV: sections that every CV has, and years from to.

SECTION = re.compile(
    r"(?im)^[\s#*_>·•-]*(?P<name>(?:(?:work|professional|employment|relevant|career|practical"
    r"|selected|technical|core|key|personal|further|additional|other|it|computer|language"
    r"|beruflich\w+|praktisch\w+|persönlich\w+|schulisch\w+|akademisch\w+|edv-?|it-?|sprach-?"
    r"|ключевые|профессиональн\w+|трудовой|личные|дополнительн\w+|основн\w+|владение|знание)\s*)?"
    r"(?:experience|employment|history|career|work|education|studies|qualifications?|skills"
    r"|competenc\w+|tools|technologies|languages|projects|certificat\w+|courses|training"
    r"|publications|awards|honou?rs|achievements|volunteering|interests|hobbies|references"
    r"|profile|summary|objective|details|information|contact|about me"
    r"|berufserfahrung|berufspraxis|werdegang|stationen|erfahrung|ausbildung|schulbildung"
    r"|bildungsweg|studium|weiterbildung(?:en)?|fortbildung(?:en)?|kenntnisse|fähigkeiten|sprachen"
    r"|sprachkenntnisse|zertifikate|interessen|hobbys|ehrenamt|daten|kontakt|projekte|praktika"
    r"|profil|publikationen|referenzen"
    r"|опыт(?: работы)?|образование|навыки|умения|квалификаци\w+|курсы|языки|языками|языков"
    r"|о себе|обо мне|цель|проекты|достижения|сертификаты|интересы|хобби|данные|контакты"
    r"|публикации|рекомендации|информация)"
    r"(?:\s+(?:and|&|und|и)\s+[\w-]+|\s+history)?)[\s*_]*(?::|$)"
)
YEARS = re.compile(
    r"(?i)\b(?:19|20)\d\d\s*(?:г\.)?\s*(?:[-–—]|to|bis|по)\s*(?:\d{1,2}[./]|[a-zа-яä]{3,9}\.?\s+)?"
    r"(?:(?:19|20)\d\d|present|today|now|current|date|heute|н\.\s*в|наст|сейчас|сегодня)"
    r"|\b(?:since|seit|с)\s+(?:\d{1,2}[./])?(?:19|20)\d\d"
)
CV_TITLE = re.compile(r"(?i)\b(?:curriculum\s+vitae|cv|r[ée]sum[ée]|lebenslauf|резюме)\b")
TITLE_WORDS = 6
TOP_LINES = 4
ENOUGH_SECTIONS = 4


def _is_cv(prose: str) -> bool:
    """Sections and years; where it calls itself a CV, one of them is enough."""
    sections = {found["name"].casefold() for found in SECTION.finditer(prose)}
    years = len(YEARS.findall(prose))
    top = [line for line in prose.splitlines() if line.strip()][:TOP_LINES]
    titled = any(CV_TITLE.search(line) and len(line.split()) <= TITLE_WORDS for line in top)
    if titled and sections:
        return True
    return len(sections) >= ENOUGH_SECTIONS or (len(sections) >= 2 and len(sections) + years >= 4)


# A form: questions, or requirements, with answers below.

LABELLED = re.compile(
    r"(?im)^\W*(?:requirement|criterion|anforderung|kriterium|требование)\b[^\n:]{0,20}:"
)


def _is_form(prose: str) -> bool:
    """Several questions with answers; requirements among them are fewer."""
    answered = [each for each in questions(prose) if each.answer[0] < each.answer[1]]
    if len(answered) < ANSWERED:
        return False
    headings = sum(1 for block in blocks.split(prose) if block.kind is BlockKind.HEADING)
    return 2 * len(answered) >= headings


def _answers(laid_out: tuple[Block, ...]) -> bool:
    """Requirements as headings with answers."""
    kinds = [block.kind for block in laid_out]
    headings = [n for n, kind in enumerate(kinds) if kind is BlockKind.HEADING]
    answered = [
        n
        for n in headings
        if n + 1 < len(kinds) and kinds[n + 1] in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    ]
    return len(answered) > ANSWERED or len(headings) > 2 * ANSWERED
