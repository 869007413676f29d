"""Names that a letter signs with and words of its posting are no slips."""

from coach.letters import Edit, EditKind
from coach.own_words import can_be_own, in_letter, in_posting, same_word
from coach.review import review

LETTER = """Dear Ms Brechtt and the Skrapple team,

I like your work, and I recieve no money for saying so.

Kind regards,
Jonathon Smitt
"""


def edit(wrong, kind=EditKind.SPELLING):
    return Edit(0, len(wrong), wrong, "right", kind, confidence=0.9)


def test_who_is_greeted_and_who_signs_is_known():
    assert {"brechtt", "skrapple", "jonathon", "smitt"} <= in_letter(LETTER)
    assert "recieve" not in in_letter(LETTER)


def test_a_posting_knows_its_terms_and_not_its_slips():
    posting = "Kubeflowz is ours. We use featurestore and love featurestore. You recieve a desk."
    assert {"kubeflowz", "featurestore"} <= in_posting(posting)
    assert "recieve" not in in_posting(posting)


def test_a_review_flags_neither():
    text = LETTER.replace("your work", "your featurestoar and Jonathon Smitt")
    flagged = [one.wrong for one in review(text, posting="featurestoar, featurestoar").edits]
    assert flagged == ["recieve"]


def test_only_a_single_word_can_be_somebodys_own():
    assert can_be_own(edit("labelstudio"))
    assert can_be_own(edit("pre-trainned"))
    assert not can_be_own(edit("two words"))
    assert not can_be_own(edit("their", EditKind.CONFUSION))


def test_the_same_word_is_found_in_any_case():
    edits = [edit("Labelstudio"), edit("other"), edit("labelstudio")]
    assert list(same_word("LABELSTUDIO", edits)) == [0, 2]
