"""Answer types: servers can enforce their schemas, and odd spellings of an answer are forgiven."""

import pytest
from pydantic import ValidationError

from coach.letters import Criterion, EditKind, Severity
from prompts.answers import OUTPUTS, CritiqueAnswer, IssueItem, ScoreItem, TyposAnswer
from prompts.drafts import drafted
from prompts.replies import Unusable, read, salvage
from prompts.schemas import strict_schema

ISSUE = {"quote": "q", "criterion": "evidence", "severity": "major", "why": "w", "advice": "a"}


def objects_of(schema):
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from objects_of(value)
    if isinstance(schema, list):
        for value in schema:
            yield from objects_of(value)


@pytest.mark.parametrize("answer", OUTPUTS.values(), ids=OUTPUTS)
def test_every_object_of_a_schema_names_all_its_fields_and_allows_no_others(answer):
    objects = list(objects_of(strict_schema(answer)))
    assert objects
    for found in objects:
        assert found["additionalProperties"] is False
        assert found["required"] == list(found["properties"])
        assert found["properties"]


@pytest.mark.parametrize("answer", OUTPUTS.values(), ids=OUTPUTS)
def test_no_schema_says_what_strict_servers_do_not_know(answer):
    written = str(strict_schema(answer))
    for word in ("default", "allOf", "oneOf", "pattern", "minLength", "maxItems", "minimum"):
        assert f"'{word}'" not in written


def test_a_score_is_written_after_what_it_rests_on():
    fields = list(ScoreItem.model_fields)
    assert fields.index("quotes") < fields.index("why") < fields.index("score")


def test_mechanics_is_never_asked():
    assert Criterion.MECHANICS.value not in str(strict_schema(CritiqueAnswer))


@pytest.mark.parametrize(
    ("given", "meant"),
    [("4", 4), (3.0, 3), (None, None), (1, 1)],
)
def test_a_score_written_oddly_is_still_a_score(given, meant):
    score = {"criterion": "Clarity voice", "quotes": "one", "why": "w", "score": given}
    item = ScoreItem.model_validate(score)
    assert (item.criterion, item.quotes, item.score) == (Criterion.CLARITY_VOICE, ["one"], meant)


@pytest.mark.parametrize("given", [0, 5, 3.5, "high"])
def test_a_score_off_the_scale_is_none_of_ours(given):
    with pytest.raises(ValidationError):
        ScoreItem.model_validate(
            {"criterion": "evidence", "quotes": [], "why": "w", "score": given}
        )


def test_choices_are_read_in_any_case_and_unknown_fields_passed_over():
    item = IssueItem.model_validate(ISSUE | {"severity": " Major", "mood": "sad"})
    assert item.severity is Severity.MAJOR


def test_an_edit_without_occurrence_means_the_first_place():
    answer = TyposAnswer.model_validate(
        {"edits": [{"quote": "a", "replacement": "b", "kind": "Split word"}]}
    )
    assert (answer.edits[0].occurrence, answer.edits[0].kind) == (1, EditKind.SPLIT_WORD)


def test_an_answer_to_another_question_is_none():
    with pytest.raises(Unusable):
        read(CritiqueAnswer, '{"verdict": "good"}')


def test_an_answer_that_was_cut_off_keeps_its_whole_items():
    cut = '{"strengths": [], "issues": [' + str(ISSUE).replace("'", '"') + ', {"quote": "I lov'
    kept = salvage(CritiqueAnswer, cut, cut=True)
    assert [issue.quote for issue in kept.issues] == ["q"]
    assert kept.summary == ""


def test_one_bad_item_does_not_take_the_others_with_it():
    bad = ISSUE | {"severity": "terrible"}
    both = f'{{"issues": [{ISSUE}, {bad}]}}'.replace("'", '"')
    with pytest.raises(Unusable):
        read(CritiqueAnswer, both)
    assert len(salvage(CritiqueAnswer, both).issues) == 1


@pytest.mark.parametrize("said", [None, [], "x", {}, {"issues": "none"}, {"issues": [1, None]}])
def test_a_draft_of_anything_is_an_empty_answer(said):
    assert drafted(CritiqueAnswer, said).issues == []


def test_a_draft_holds_the_items_that_are_there():
    draft = drafted(CritiqueAnswer, {"issues": [ISSUE, {"quote": "I"}], "summary": "So f"})
    assert len(draft.issues) == 1
    assert (draft.strengths, draft.summary) == ([], "So f")
