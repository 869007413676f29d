"""Guesses what sort of document a letter is, from its words and its layout."""

import re

from coach import masks
from coach.letters import Kind
from coach.rules import blocks
from coach.rules.blocks import Block, BlockKind

COVER = re.compile(
    r"(?i)\b(?:cover\s+letter|hiring|recruit\w+|vacancy|job|position|post(?:ing)?|employer|company"
    r"|your\s+(?:team|product|customers?|office)|(?:engineer|developer|analyst|scientist|manager)s?"
    r"|salary|notice\s+period|start\s+on|colleagues|сопроводительное|ваканси\w+|резюме)\b"
)
MOTIVATION = re.compile(
    r"(?i)\b(?:motivation|statement\s+of\s+purpose|summer\s+school|school|programme?|scholarship"
    r"|fellowship|committee|universit\w+|professor|master['’]?s|bachelor\w*|ph\.?d|thesis|seminar"
    r"|lectur\w+|stud(?:y|ies|ied|ying|ent)|course|degree|supervis\w+|semester|your\s+group"
    r"|мотивационное|программ\w+|стипенди\w+|магистратур\w+)\b"
)
TITLE_LINES = 600
"""Characters at the top in which a document names itself or is addressed."""
TITLE_WEIGHT = 4
ANSWERED = 2
"""So many headings with an answer below make a form."""


def guess(text: str) -> Kind:
    """The kind that a text most looks like; a cover letter when nothing speaks for another."""
    laid_out = blocks.split(masks.cover(text, _silent(text), " "))
    if _answers(laid_out):
        return Kind.APPLICATION_ANSWERS
    top = text[:TITLE_LINES]
    cover = len(COVER.findall(text)) + TITLE_WEIGHT * len(set(COVER.findall(top)))
    motivation = len(MOTIVATION.findall(text)) + TITLE_WEIGHT * len(set(MOTIVATION.findall(top)))
    return Kind.MOTIVATION_LETTER if motivation > cover else Kind.COVER_LETTER


def _silent(text: str) -> list[masks.Mask]:
    silent = (masks.MaskKind.FRONT_MATTER, masks.MaskKind.TEMPLATE, masks.MaskKind.HTML)
    return [mask for mask in masks.find(text) if mask.kind in silent]


def _answers(laid_out: tuple[Block, ...]) -> bool:
    """A form has headings with answers and greets nobody."""
    kinds = [block.kind for block in laid_out]
    if BlockKind.GREETING in kinds or BlockKind.CLOSING in kinds:
        return False
    headings = [n for n, kind in enumerate(kinds) if kind is BlockKind.HEADING]
    answered = [
        n
        for n in headings
        if n + 1 < len(kinds) and kinds[n + 1] in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    ]
    asked = sum(1 for n in headings if laid_out[n].text.endswith("?"))
    return len(answered) > ANSWERED or asked >= ANSWERED or len(headings) > 2 * ANSWERED
