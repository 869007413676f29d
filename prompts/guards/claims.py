"""Words that claim: roles, deeds, honours, results, degrees, numbers; in English and Russian.

Each pattern is a family: a rewrite may use any member when the letter has one of them.
"""

import re


def _family(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


CLAIMS = tuple(
    _family(words)
    for words in (
        r"lead|leads|led|leading|leader\w*|head(?:s|ed|ing)? (?:of|up|the|a)|руковод\w+|возглав\w+",
        r"manag(?:e|es|ed|ing|er|ers|ement)|управля\w+|менеджер\w*",
        r"supervis\w+|oversaw|oversee\w*|oversight|курир\w+",
        r"mentor\w*|coach(?:ed|ing|es)?|наставн\w+",
        r"taught|teach\w*|lectur\w+|instructor\w*|препод\w+|учил\w*|обуча\w+",
        r"publish\w*|publication\w*|публик\w+",
        r"paper|papers|article|articles|стать\w+",
        r"won|win|wins|winning|winner\w*|award\w*|prize\w*|medal\w*|выигра\w+|побед\w+|наград\w+",
        r"(?:co-?)?found(?:ed|er|ers|ing)|основа(?:л|ла|тел)\w*",
        r"senior\w*|principal|chief|director\w*|expert\w*|specialist\w*|старш\w+|эксперт\w*",
        r"architect\w*|архитект\w+",
        r"ship(?:s|ped|ping)?|deploy\w*|launch\w*|production|releas\w+|внедр\w+|запус\w+|релиз\w*",
        r"invent\w*|patent\w*|изобр\w+|патент\w*",
        r"promot\w+|повыш\w+",
        r"certif\w+|accredit\w+|сертиф\w+",
        r"ph\.?\s?d\.?|doctor\w*|doctoral|master['’]?s|bachelor\w*|degree\w*|graduat\w+|диплом\w*",
        r"increas\w+|rais(?:e|es|ed|ing)|boost\w*|grew|grow\w*|увелич\w+|вырос\w*",
        r"reduc\w+|cut|cuts|cutting|decreas\w+|lower\w+|shrank|shrink\w*|halv\w+|сокра\w+|сниз\w+",
        r"improv\w+|enhanc\w+|optimi[sz]\w+|better|улучш\w+|оптимиз\w+|лучше",
        r"sav(?:e|es|ed|ing|ings)|сэконом\w+",
        r"doubl\w+|tripl\w+|quadrupl\w+|outperform\w*|beat|beats|удво\w+|превзош\w+",
        r"fast(?:er|est)|sped|speed\w*|быстр\w+|ускор\w+",
        r"pioneer\w*|spearhead\w*|drove|driv(?:e|es|en|ing)|initiat\w+|инициир\w+",
        r"responsib\w+|in charge|own(?:ed|er|ership)|ответствен\w+|отвеча\w+",
        r"hir(?:e|ed|ing)|recruit\w*|нанима\w+|нанял\w*",
        r"present(?:ed|ing|ation|ations)|spoke|speaker\w*|keynote\w*|выступ\w+|доклад\w*",
        r"maintain\w*|contribut\w+|open[- ]source\w*|мейнтейнер\w*|контриб\w+",
        r"native|fluent\w*|proficien\w+|bilingual|свободно владе\w+|носител\w+",
        r"rank\w*|top|best|first place|record|лучш(?:ий|ая|ее|ие)|рекорд\w*",
        r"select(?:ed|ion)|chosen|accepted|admitted|invited|избран\w*|приглаш\w+",
        r"trained (?:a|the|my|our|models?|it|them)|fine-?tun\w+|обуч(?:ил|ала?)\w*",
        r"professional\w*|commercial\w*|industr\w+|профессионал\w+|коммерч\w+",
        r"experience\w*|background|track record|опыт\w*",
        r"client\w*|customer\w*|users?|stakeholder\w*|клиент\w*|заказчик\w*|пользовател\w+",
        r"team\w*|colleague\w*|команд\w+|коллег\w*",
        r"year|years|month|months|decade\w*|год\w*|лет|месяц\w*",
        r"intern\w*|стаж\w+",
        r"budget\w*|revenue\w*|profit\w*|fund\w*|бюджет\w*|выручк\w+|прибыл\w+",
        r"accura\w+|precision|recall|f1|latency|точност\w+|полнот\w+|задержк\w+",
    )
)

DEGREES = tuple(
    _family(words)
    for words in (
        r"significant\w*|substantial\w*|dramatic\w*|considerabl\w+|значител\w+|существен\w+",
        r"great(?:ly|er)|vast\w*|huge\w*|massive\w*|enormous\w*|огромн\w+|масштабн\w+",
        r"extreme\w*|exceptional\w*|outstanding|remarkabl\w+|исключительн\w+|выдающ\w+",
        r"extensive\w*|in-depth|deep(?:ly)?|thorough\w*|comprehensive\w*|глубок\w+|обширн\w+",
        r"every (?:day|week|month|morning|evening|time)|daily|weekly|каждый день|ежедневн\w+",
        r"always|constant\w*|continuous\w*|consistent\w*|всегда|постоянн\w+",
        r"regular\w*|frequent\w*|often|регулярн\w+|часто",
        r"successful\w*|success|успешн\w+|успех\w*",
        r"proven|strong|solid|robust|world-class|cutting-edge|state-of-the-art|передов\w+",
        r"large-scale|at scale|scalab\w+|масштабируем\w+",
        r"rapid\w*|quick\w*|immediate\w*|стремительн\w+",
        r"numerous|dozens?|hundreds|thousands|millions|countless|многочисленн\w+|десятк\w+|сотн\w+",
        r"entire\w*|complete\w*|fully|all of|полностью",
        r"single-handed\w*|alone|independent\w*|by myself|самостоятельн\w+",
        r"key|crucial\w*|critical\w*|core|essential\w*|ключев\w+|важнейш\w+",
        r"passion\w*|thrilled|excited|love|страст\w+",
    )
)

HEDGE = re.compile(
    r"(?:\babout|\baround|\broughly|\bup to|\balmost|\bnearly|\bover|\bmore than|\bless than"
    r"|\bapprox\w*\.?|\bat least|\bat most|~|≈|<|>|\bоколо|\bпримерно|\bпочти|\bдо|\bболее"
    r"|\bменее|\bсвыше)\s*$",
    re.IGNORECASE,
)

UNITS = {
    "percent": "%",
    "per cent": "%",
    "процент": "%",
    "×": "x",
    "тыс": "k",
    "thousand": "k",
    "млн": "m",
    "million": "m",
}

NUMBER_WORDS = {
    word: str(number)
    for number, words in {
        2: "two twice second два две двое двух второй вторая",
        3: "three third три трое трёх трех третий",
        4: "four fourth четыре четверо четырёх четырех",
        5: "five fifth пять пяти пятеро",
        6: "six sixth шесть шести",
        7: "seven семь семи",
        8: "eight восемь восьми",
        9: "nine девять девяти",
        10: "ten десять десяти",
        11: "eleven одиннадцать",
        12: "twelve двенадцать двенадцати",
        15: "fifteen пятнадцать",
        20: "twenty двадцать двадцати",
        30: "thirty тридцать",
        40: "forty сорок",
        50: "fifty пятьдесят",
        60: "sixty шестьдесят",
        70: "seventy семьдесят",
        80: "eighty восемьдесят",
        90: "ninety девяносто",
        100: "hundred сто",
        1000: "thousand тысяча тысячи тысяч",
        1000000: "million миллион миллиона миллионов",
    }.items()
    for word in words.split()
}
"""Number words; "one" and "один" are pronouns more often than numbers. The values serve to find
"12" again where the letter says "twelve"."""
