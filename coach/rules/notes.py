"""Finds notes that writers leave to themselves inside a text: to add, to find, to decide."""

import re

NOTE_VERB = (
    r"add|find|check|insert|ask|todo|to do|mention|rewrite|fix|expand|elaborate|remember"
    r"|fill|reword|rephrase|shorten"
    r"|put|describe|verify|confirm|replace|добавить|дописать|уточнить|проверить|спросить"
    r"|вставить|найти"
)
ABOUT_TEXT = (
    r"something|more|about|here|examples?|links?|numbers?|paragraphs?|sentences?"
    r"|some|details?|why|что|про|сюда"
)
TEXT_PART = (
    r"this|here|cv|resume|résumé|dates?|numbers?|examples?|links?|exact|references?|wording"
    r"|paragraph"
    r"|section|sentence|part|later|more"
)
NOTE = re.compile(
    "|".join(
        (
            # a line that is an order about the text
            rf"(?im:^[ \t]*+(?:[-•*●^]{{1,3}}[ \t]*)?(?:copy|rewrite|rephrase|look up|google|read"
            rf"|check|add|mention"
            rf"|describe|ask|find|fix|insert|remove|delete"
            rf"|cut)\b(?: \w+){{0,3}}? (?:{TEXT_PART})\b[^\n.]{{0,30}}$)",
            r"(?im:^[^\w\n]{0,4}(?:elaborate|expand|rewrite|shorten|rephrase)\W{0,4}$)",
            r"(?im:^[^\w\n]{0,4}to ?do\b(?::[^\n]{0,80}|[^\w\n]{0,3}$))"
            r"|(?m:^[ \t]*NB: [^\n]{1,80})",
            r"(?im:^[^\w\n]{0,4}(?:добавить|дописать|уточнить|проверить|спросить"
            r"|вставить)\b[^\n]{0,60}$)",
            r"(?m:^[ \t]*(?:<-|\^)[ \t]*[^\n]{3,80})|(?m:(?:^|(?<=\s))\?\?(?!\?))",
            # a doubt or a promise about the text
            r"(?i:\b(?:I am |I['’]m )?(?:not sure|don['’]t know|no idea) (?:what|how|if"
            r"|whether) (?:to|I (?:should|can))"
            r" (?:write|say|put|mention|add|phrase)\b[^\n.]{0,30})",
            r"(?i:\b(?:I )?(?:need|have) to (?:find|check|add|expand|rewrite|look up"
            r"|think (?:about|of)) (?:this|it|more)\b)",
            r"(?i:\b(?:I )?will (?:add|write|fill|finish)(?: \w+){0,2} (?:later|soon)\b"
            r"|\bto be (?:added|continued|filled in|written)\b)",
            r"(?im:^[^\n.]{0,30}\b(?:is too long|too short|is weak|could be better"
            r"|sounds (?:bad|weird|odd)|not relevant)"
            r"\b[^\n.]{0,20}[?!]?$)",
            r"(?im:^[^\w\n]{0,3}(?:can i say|how to (?:say|put|phrase|write)"
            r"|more (?:examples?|details?|numbers?)|what else"
            r"|which (?:one|else|other)|who else"
            r"|is (?:this|it) (?:ok|enough|right|relevant|correct)"
            r"|anything else to add)\b[^\n]{0,30}\?+\W*$)",
            r"(?i:\((?:will add|to add|elaborate|expand|look up|examples?|details?|links?"
            r"|maybe (?:remove|add|cut|mention))"
            r"(?: [^()\n]{0,50})?[!?]*\))",
            r"\b(?:TODO|FIXME|TBD|TBC|XXX|TK)\b:?(?: [^\n.!?]{1,80})?",
            r"\?{3,}|(?m:^[ \t]*\?{2,}[ \t]*$)",
            rf"(?i:\[\W{{0,3}}(?:{NOTE_VERB}|maybe|perhaps|note|link|links|example|source"
            rf"|too long|or|need|what|how|which|is this)\b[^\[\]\n]{{0,120}}\](?!\())",
            r"(?i:\(\W{0,3}(?:add|find the|find a|insert|ask|todo|to do|rewrite|fill in"
            r"|remember to|mention|put|note to|note:|reword|rephrase"
            r"|check (?:whether|if|this|that|spelling|the|dates?|numbers?|with)|need to"
            r"|not sure (?:if|whether|how|what|about)|добавить|дописать"
            r"|уточнить|проверить|спросить)\b[^()\n]{0,120}\))",
            r"\((?:\w+ ){0,3}\w+ ?\?{1,3}\)",
            r"(?m:^[ \t]*(?:--|//|>>|->|→|=>)[ \t]*(?=[^\W\d_])[^\n]{3,120})",
            rf"(?im:^[ \t]*(?:[-•*●][ \t]*)?(?:(?:maybe|perhaps|probably|also|need to|should"
            rf"|must|have to)[ \t]+)*(?:{NOTE_VERB}|say|write|think)"
            rf"\b[^\n.]{{0,40}}\b(?:{ABOUT_TEXT})\b[^\n.]{{0,60}}(?=\.?$))",
            r"(?im:^[ \t]*(?:[-•*●][ \t]*)?(?:maybe|perhaps|need to|should"
            r"|don['’]t forget to|remember to)[ \t]+(?:add|mention|say|write|find|check|ask"
            r"|expand|rewrite|describe|include|put|think|use|cut|remove|shorten"
            r"|talk)\b[^\n]{0,100})",
            r"(?m:(?:^[^\w\n]{0,5}|[?!;,] ?)[Aa]sk [A-Z][a-z]+\W{0,2}$)",
            r"(?im:^[^\w\n]{0,5}ask \w+ (?:whether|if|about|for)\b[^\n]{0,80})",
            r"(?i:\bnote to (?:my)?self\b[^\n.]{0,80})",
        )
    )
)
