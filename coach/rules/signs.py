"""What a sentence does in a letter: tells a deed, an effect, a duty, a wish, a reason.

Signs are words that a hiring reader looks for. They are hints, so rules ask for several of them
before they speak, and scores name what was looked for.
"""

import re
from enum import StrEnum


class Sign(StrEnum):
    """What a sentence can do."""

    DEED = "deed"
    OUTCOME = "outcome"
    NUMBER = "number"
    DUTY = "duty"
    WISH = "wish"
    CAUSE = "cause"
    TO_THEM = "to_them"
    THEIR_FACT = "their_fact"
    CHANGE = "change"
    STEP = "step"
    CARRIED = "carried"
    INITIATIVE = "initiative"
    FLATTERY = "flattery"


IRREGULAR = (
    "built|rebuilt|wrote|rewrote|made|led|ran|re-ran|found|taught|gave|took|drew|sent|won"
    "|cut|put|set|brought"
    "|kept|sold|grew|shrank|began|fought|spoke|held|dealt|shipped|sped|split|bought|chose"
    "|broke|spent|swept|undertook"
    "|redid|overhauled|oversaw|did|proved|drove|fixed|trained"
)
NOT_DEEDS = (
    "worked|wanted|needed|liked|loved|hoped|wished|decided|reali[sz]ed|started|joined"
    "|graduated|received|attended"
    "|studied|participated|helped|enjoyed|believed|noticed|lived|stayed|tried|preferred"
    "|happened|seemed|talked|listened"
    "|visited|passed|finished|completed|gained|obtained|acquired|familiari[sz]ed|interested"
    "|involved|motivated|excited"
    "|moved|remembered|recognised|recognized|failed|asked|indeed|need|used|learned|mastered"
    "|honored|honoured|pleased"
    "|delighted|thrilled|convinced|experienced|skilled|tasked|been|based"
)
ADVERB = (
    r"(?:\s+(?:also|then|even|still|only|once|later|first|recently|already|personally"
    r"|therefore|now|just|\w+ly|have|had|since|instead))*"
)
COUNT = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    "|sixty|seventy|eighty|ninety|a hundred|half|an hour|a day|a week"
)
RUSSIAN_DEED = (
    r"(?:написал|переписал|сделал|собрал|построил|обучил|обнаружил|внедрил|запустил|разработал"
    r"|создал|автоматизировал|организовал|настроил|исправил|посчитал|сравнил|подготовил"
    r"|опубликовал|выступил|разметил|поставил|предложил|доказал|поднял|снизил|сократил|ускорил"
    r"|увеличил|проверил|измерил|переделал|придумал|заменил|открыл|преподавал|прочитал)[аи]?"
    r"|наш(?:ёл|ел|ла|ли)|перев(?:ёл|ел|ела|ели)|пров(?:ёл|ел|ела|ели)|перен(?:ёс|ес|есла|если)"
)
VERB = rf"(?:{IRREGULAR}|(?!(?:{NOT_DEEDS})\b)[a-z]+(?:-[a-z]+)?ed)"

PATTERNS: dict[Sign, re.Pattern[str]] = {
    Sign.DEED: re.compile(
        rf"\b(?:I|we|We)(?:['’]ve)?{ADVERB}\s+{VERB}\b"
        rf"|\band{ADVERB}\s+(?:built|wrote|trained|fixed|led|ran|rewrote|labelled|labeled"
        rf"|compared|recorded|adapted)\b"
        rf"|^\W*+(?:\d++\W++)?(?:(?i:{IRREGULAR})|(?!(?i:{NOT_DEEDS})\b)[A-Z][a-z]+(?:-[a-z]+)?ed)\b"
        rf"|[:,;]\s+(?!(?i:{NOT_DEEDS})\b)[A-Z][a-z]+(?:-[a-z]+)?ed\s+[A-Za-z]"
        r"|\b(?:led|written|built|wrote|fixed|founded|maintained)\s+by\s+me\b|\b(?:were"
        r"|was)\s+mine\b"
        r"|\b(?:lead|main|first|sole)\s+(?:author|developer|maintainer)\b|\bmaintainer\s+of\b"
        r"|\b[Яя]\s+(?:[а-яё]+\s+)?(?!хотел|смог|думал|решил|был|мог|начал)[а-яё]{3,}(?:ла|л"
        r"|лся|лась)\b"
        rf"|(?:^\W*|,\s|\b(?:[Яя]|[Мм]ы|и|а)\s(?:[\w ]{{1,20}}\s)?)(?i:{RUSSIAN_DEED})\b"
    ),
    Sign.OUTCOME: re.compile(
        r"\bfrom\s+(?:\w+\s+){0,2}?[$€£]?\d[\d.,]*\s*\S{0,12}\s+(?:\w+\s+){0,3}?to\s+(?:\w+\s+){0,2}?[$€£]?\d"
        rf"|\bfrom\s+(?:roughly\s+|about\s+)?(?:{COUNT})\b.{{0,30}}\bto\s+(?:{COUNT}|none|zero|\d)"
        r"|\b(?:fell|rose|dropped|grew|went|shrank|climbed|sank)\b[^.]{0,40}\b(?:from|to|by"
        r"|below|under|up|down)\b"
        r"[^.]{0,40}?(?:\d|\bhalf\b|\bthird\b|\bquarter\b|\bper\s?cent\b|\bnone\b|\btwo\b"
        r"|\bthree\b)"
        r"|\b(?:reduc|cut(?:s|ting)?\b|rais|increas|decreas|improv|sav(?:ed|ing)\b|sped\b"
        r"|gained\b|lower)\w*[^.]{0,90}?"
        r"(?:\d|\bhalf\b|\bthird\b|\bquarter\b|\bper\s?cent\b)"
        r"|\b(?:halved|doubled|tripled)\b"
        r"|\d\s*(?:%|per\s?cent|x|times)\s+(?:faster|slower|fewer|less|more|cheaper|better)\b"
        r"|\bnow\s+(?:uses?|used|runs?|rel(?:y|ies)|dictates|serves?|can|handles?)\b"
        r"|\buses?\s+it\s+(?:now|every|daily|today)\b"
        r"|\b(?:was|were|been|got)\s+(?:merged|published|adopted|accepted|deployed|released"
        r"|shipped|cited|rolled\s+out)\b"
        r"|\bno\s+longer\b|\bstopped\s+(?:using|phoning|calling|being)\b|\b(?:school|team"
        r"|company|vendor|clients?)\s+stopped\b"
        r"|\b(?:led\s+to|resulted\s+in|resulting\s+in|as\s+a\s+result|leading\s+to)\b"
        r"|\bwhich\s+(?:let|allowed|removed|saved|cut|reduced|replaced)\b"
        r"|\breplaced\b[^.]{0,40}\b(?:\d|two|three|four|five|six)"
        r"|\bachieved\b[^.]{0,60}\b(?:result|accuracy|score|state|place|\d)|\b(?:won"
        r"|awarded)\b[^.]{0,40}\b(?:prize|place|award|competition|medal)\b"
        r"|\d[^.]{0,80}\b(?:compared\s+(?:to|with)|instead\s+of|where\s+(?:our|the)\s+(?:old|previous)"
        r"|rather\s+than|down\s+from|up\s+from)\b[^.]{0,60}\d"
        r"|\bused\s+to\s+take\b[^.]{0,80}\bnow\b"
        r"|\b(?:found|proved|showed|discovered)\s+(?:that|how)\b|\bturned\s+out\b"
        r"|\bfound\s+(?:more|fewer)\b|\b[Nn]o\s+\w+\s+(?:had\s+to|was|were)\b"
        r"|\bto\s+allow\s+for\b|\bby\s+(?:making|allowing)\b"
        r"|\b(?:снизил|сократил|вырос|увеличил|упал|ускорил|сэкономил|подня(?:л|т)|уменьшил)[а-яё]*\b"
        r"[^.]{0,60}(?:\d|вдвое|втрое|трет|половин|процент)"
        r"|\bс\s+\d[\d.,]*\s*%?\s+до\s+\d|\b[Рр]аньше\b[^.]{0,80}\b(?:теперь|сейчас)\b"
        r"|\b(?:[Тт]еперь|[Сс]ейчас|[Сс] тех пор)\b[^.]{0,50}"
        r"(?:\d|\bза один\b|пользу[юе]тся|запуска[юе])"
        r"|\bнаш(?:ёл|ла|ли)\b[^.]{0,40}\d|\b(?:[Оо]казалось|обнаружил[аи]?),\s+что\b"
        r"|\b(?:пользу[юе]тся|опубликован[аоы]?|внедр[её]н[аоы]?)\b",
        re.S,
    ),
    Sign.NUMBER: re.compile(
        r"(?<![\w.])(?!(?:19|20)\d\d\b|1[CС]\b)\d[\d.,]*(?:\s?(?:%|per\s?cent|percent|k\b|x\b|ms\b"
        r"|seconds?|hours?|GB|TB|million|billion))?"
        r"(?!\s*(?:years?\s+old|лет\b))"
    ),
    Sign.DUTY: re.compile(
        r"(?i)\b(?:respons[ai]ble\s+for|in\s+charge\s+of|(?<!to\s)work(?:ed"
        r"|ing)?\s+(?:\w+ly\s+)?(?:on|with|in\s+(?:many|various|different|several))\b|involved\s+in|participat(?:ed|ing)\s+in"
        r"|tasked\s+with|engaged\s+in|helping\s+(?:with|the|to)\b|assist(?:ed|ing)\s"
        r"|was\s+part\s+of|deal(?:t|ing)?\s+with|handled"
        r"|my\s+(?:duties|responsibilities|tasks|role)\s+(?:is|are|were|was|included?s?)"
        r"|most\s+of\s+my\s+time)"
        r"|\bI['’]?\s?(?:a?m|have\s+been|['’]ve\s+been)\s+(?:currently\s+)?(?:organi[sz]"
        r"|manag|lead|develop|prepar|support|handl|coordinat)ing\b"
        r"|(?i:\b(?:отвечал|отвечаю|занимал(?:ся|ась)|занимаюсь|участвовал|обязанности)[а-яё]*\b)"
    ),
    Sign.WISH: re.compile(
        r"\binterest(?:ed|s)?\s+(?:in|is|are|lies?)\b|\bfascinat(?:ed|es)\b"
        r"|\bpassion(?:ate)?\b|\bexcited\s+(?:about|by|to)\b|\benthusiastic\b"
        r"|\bmy\s+(?:goals?|dream|aim|motivation)\b|\bI(?:['’]d|\s+would"
        r"|\s+should)?(?:\s+(?:really|now|also|would|very\s+much))*\s+"
        r"(?:want|like|love|wish|hope|aim|plan|gladly)\s+(?:to|this|nothing)\b"
        r"|\bdrawn?\s+(?:to|me)\b|\battracts?\s+me\b|\bappl(?:y|ying|ied)\b|\bwhere\s+I\s+want\b"
        r"|\bdream\b|\bхочу\b|\bхотел[а]?\s+бы\b|\bинтерес(?:но|ует|уюсь|ен)\b|\b[Мм]ечта"
        r"|\bбуду рад[аы]?\b|\bпривлека"
    ),
    Sign.CAUSE: re.compile(
        r"(?i)\bbecause\b|\bsince\s+(?:I|my|the)\b|\b(?:that|this|which)\s+(?:is"
        r"|was)\s+(?:also\s+)?(?:why|where)\b|\bthat['’]s\s+why\b|\breason\b"
        r"|\bwhy\s+I\s+(?:write|am|apply)\b"
        r"|\b(?:led|brought|made|convinced|pushed)\s+me\b|\bI\s+wanted\s+to\s+(?:know"
        r"|understand|see|find)\b|\b(?:taught|showed)\s+me\b"
        r"|\bto\s+(?:know|understand|see|find\s+out)\s+(?:why|how|what|whether)\b|\bso\s+I\b"
        r"|\bI\s+(?:came|moved)\s+to\b"
        r"|\bhelped\s+me\s+(?:to\s+)?(?:reali[sz]e|see|understand)\b|\bI\s+(?:reali[sz]ed"
        r"|noticed|discovered)\b"
        r"|\bпотому\s+что\b|\bпоэтому\b|\bтак\s+как\b|\bпонял[а]?\b|\bнадоело\b|\bзацепил"
        r"|\bиз-за\b|\bчтобы\s+(?:понять|узнать)\b"
    ),
    Sign.TO_THEM: re.compile(
        r"\b(?:[Yy]ou|[Yy]our|[Yy]ours)\b|\b(?:[Tt]he|[Tt]his"
        r"|[Yy]our)\s+(?:\w+\s+){0,2}(?:program(?:me)?|school|company|team|residency"
        r"|fellowship|scholarship|position|role|internship)\b"
        r"|\b[Вв]аш[а-яё]*\b"
    ),
    Sign.THEIR_FACT: re.compile(
        r"\b[Yy]our\s+(?!(?:help|time|consideration|company|team|organi[sz]ation|letter"
        r"|application|esteemed|attention|reply"
        r"|response|programme?|program|school|website|great|amazing|dynamic|innovative|work"
        r"|products?|mission|values|culture|own"
        r"|needs?|requirements?|firm|university|institution|department|convenience"
        r"|understanding|people|business|success|residency|fellowship|scholarship|internship"
        r"|journey|vision|growth|expertise|reputation|experts|staff|industry|field|goals?|job"
        r"|position|role|vacancy|advert\w*|kind|valuable|entire|whole|future|further|current"
        r"|professional|talented|wonderful|excellent|leading|renowned|prestigious|exciting|good"
        r"|earliest|side|part|hands|resources|environment|dream|feedback|interest|offer"
        r"|committee|colleagues|clients|customers|positive|personal|kindly|prompt|early|decision|invitation|letterhead|(?:next|new)\s)\b)"
        r"(?:[\w.'’-]+)(?=[\s,.;:'’])"
        r"|\b[Yy]our\s+(?:team|group|unit|work|company|school|programme?|products?"
        r"|mission)\s+(?:on|at|with|for|that|which|reads?|publish\w*|says?|uses?|built|wrote"
        r"|runs?|in)\b"
        r"|\b[Tt]he\s+(?:[A-Z]\w+\s+){0,3}(?:[Pp]rogram(?:me)?|residency|fellowship"
        r"|scholarship|mentors['’])\s+(?:ends|pairs|publishes|offers|uses|runs|says|asks"
        r"|rule|is\s+the\s+only)\b"
        r"|\b(?:Dr|Professor|Prof)\.?\s+[A-Z]\w+(?:['’]s)\s+(?:work|paper|group|course|talk"
        r"|lab|book)\b"
        r"|\b[A-Z][a-z]+['’]s\s+(?:search|price|data|platform|team|open|product|app|research"
        r"|speech|forecasts?|model)\b"
        r"|\b[Yy]ou\s+(?:publish|wrote|showed|built|released|found|ask\s+for|describe)\b"
        r"|\b[Вв]аш(?:ем|ей|его|ему|им|а|е|у|и|их)?\s+(?!(?:компани|команд|внимани|врем|организац"
        r"|программ|школ|университет|коллектив|дружн|предприяти|вуз|ваканси|сфер|развити|усмотрени"
        r"|успе|ответ|решени|цел|ценност|мисси|рынк|рынок|клиент|замечательн|ведущ|рассмотрени"
        r"|письм|резюме|адрес|сайт|продукт|кандидат|уважаем|коллег|отдел|фирм|профессионал)[а-яё]*)"
        r"[а-яё]{4,}|\b[Вв]ы\s+(?:публикуете|пишете|рассказ|написали|показали|описываете)"
    ),
    Sign.CHANGE: re.compile(
        r"(?i)\b(?:career\s+(?:change|transition|switch|path)|transition(?:ing"
        r"|ed)?\s+(?:in)?to\b|my\s+transition|chang(?:e|ed|ing)\s+(?:my\s+)?(?:careers?"
        r"|fields?|profession)"
        r"|switch(?:ed|ing)?\s+(?:to|into|from|careers?)|mov(?:e|ed"
        r"|ing)\s+(?:in)?to\s+(?:data|machine|ml\b|ai\b|software|tech|engineering|research"
        r"|programming)"
        r"|I\s+came\s+to\s+(?:this|it|data|machine|software|programming)\b[^.]{0,20}\bfrom"
        r"|retrain(?:ed|ing)\b|self-taught"
        r"|(?:will\s+leave|leaving|left)\s+(?:teaching|nursing|accounting|law|medicine"
        r"|finance|sales|my\s+(?:career|profession))"
        r"|сменить\s+(?:професси|сфер)|переход\s+в|(?:пришёл|пришла)\s+из\b"
        r"|лет\s+(?:я\s+)?(?:про)?работал[аи]?\s+(?!анали|программ|разраб|инжен)[а-яё]+(?:ом|ем|ей|ой|ром))"
        r"|\bFor\s+\w+\s+years\s+I\s+(?:have\s+been|was|worked\s+as|closed)\s+(?:an?"
        r"|the)\s+(?!engineer|data|software|machine|developer|ML)"
        r"|\bI\s+am\s+a\s+(?:teacher|nurse|lawyer|doctor|accountant|translator|journalist"
        r"|musician|chef|cook|biologist|economist)\b|\bI\s+work\s+as\s+a\s+(?:teacher|nurse"
        r"|lawyer|translator|accountant|journalist)\b"
    ),
    Sign.STEP: re.compile(
        r"(?i)\b(?:courses?|stud(?:ied|ying|y)|degree|master['’]?s|bootcamp|textbook"
        r"|evenings?|certificate|pet[- ]projects?|kaggle"
        r"|learn(?:ed|t)\s+(?:python|to\s+program|programming)|finishing\s+my"
        r"|open\s+university|taught\s+myself|tutorials?|курс(?:ы|ов|е)?|вечерами|сертификат\w*"
        r"|учусь|учил(?:ся|ась)|самостоятельно)\b"
    ),
    Sign.CARRIED: re.compile(
        r"(?i)\b(?:my\s+background|it\s+still\s+helps|I\s+(?:would|will|'d"
        r"|can)\s+(?:also\s+)?bring|take\s+along|carr(?:y|ies)\s+over|what\s+it\s+(?:adds|brings)"
        r"|my\s+(?:\w+\s+)?experience\s+(?:in|as|with)|a\s+(?:teacher|nurse|lawyer|doctor"
        r"|translator|journalist)['’]?s?\s+(?:view|knows|eye)|from\s+the\s+other\s+side)\b"
    ),
    Sign.INITIATIVE: re.compile(
        r"(?i)\b(?:from\s+scratch|on\s+my\s+own|alongside|in\s+my\s+own\s+time|unasked"
        r"|I\s+teach|taught\s+myself"
        r"|by\s+hand|of\s+my\s+own|did\s+not\s+speak\s+a\s+word|nobody\s+(?:had\s+)?asked"
        r"|come\s+up\s+with)\b"
    ),
    Sign.FLATTERY: re.compile(
        r"(?i)\b(?:one\s+of\s+the\s+(?:best|leading|most|top|largest)|(?:world|market|industry)"
        r"[- ]?(?:class|leading|leaders?|renowned)|a\s+leading\b|leader\s+in\b|leading\s+(?:experts"
        r"|company|institution|universit\w+|provider|position)|at\s+the\s+(?:forefront|cutting\s+edge)"
        r"|(?:renowned|prestigious|esteemed|reputable|innovative|dynamic|amazing|great|excellent)"
        r"\s+(?:company|team|programme?|school|universit\w+|institution|organi[sz]ation|employer"
        r"|residency|reputation|opportunity|work|things)|best\s+in\s+the\s+world|признанн\w+\s+лидер\w*"
        r"|лидер\w*\s+(?:рынка|отрасли|в\s)|ведущ\w+\s+(?:компани|предприяти|вуз)\w*"
        r"|один\w*\s+из\s+(?:лучших|ведущих|крупнейших)|престижн\w+|führende\w*|renommiert\w*)"
    ),
}
"""A row of adjectives fits every addressee, so praise is no fact about this one."""


def read(sentence: str) -> frozenset[Sign]:
    """Every sign in a sentence; what flatters names no fact."""
    found = frozenset(sign for sign, pattern in PATTERNS.items() if pattern.search(sentence))
    return found - {Sign.THEIR_FACT} if Sign.FLATTERY in found else found
