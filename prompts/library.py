"""Prompts as files that people can edit: `prompts/<id>/v<version>.md`, loaded strictly.

A file has front matter (YAML), a section `# system` that never changes between calls, so that
servers can cache it, and a section `# user`, a Jinja2 template. An operator's folder of the same
shape overrides ours. docs/prompts.md tells how to write one.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, overload

import jinja2
import jinja2.meta
import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from prompts.answers import OUTPUTS, CritiqueAnswer, Part, RewriteAnswer, TyposAnswer
from prompts.asking import Message
from prompts.schemas import strict_schema

A_co = TypeVar("A_co", bound=Part, covariant=True)

IDS = ("critique", "typos", "rewrite", "coverage", "answers", "cards", "comparison")
DELIMITER = "delimiter"
"""The variable that marks where text of other people begins and ends; random per call."""
RESERVED = frozenset({"prompt", "person_id", "on_partial", "stop", "self", DELIMITER})
"""Names that the call itself needs."""


class PromptError(Exception):
    """A prompt file can't be used; the message names the file and what to change in it."""


class Knobs(BaseModel):
    """How the model is to answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    temperature: float = Field(ge=0, le=2)
    max_output_tokens: int = Field(ge=16, le=32_000)


class FrontMatter(BaseModel):
    """What stands between the dashes at the top."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    version: int = Field(ge=1)
    purpose: str = Field(min_length=10)
    inputs: dict[str, str]
    output: str
    settings: Knobs


@dataclass(frozen=True, slots=True)
class Prompt(Generic[A_co]):
    """A question to the model, ready to be filled in.

    `digest` is the SHA-256 of all that shapes an answer: both sections, settings, schema.
    """

    id: str
    number: int
    purpose: str
    inputs: tuple[str, ...]
    answer: type[A_co]
    temperature: float
    max_output_tokens: int
    system: str
    digest: str
    user: jinja2.Template = field(repr=False, compare=False)

    @property
    def version(self) -> str:
        """The file's number and the beginning of the digest, as kept with every call."""
        return f"{self.number}-{self.digest[:12]}"

    def render(self, *, delimiter: str, **inputs: object) -> list[Message]:
        """The messages to send. Raises PromptError when an input is missing or unknown."""
        if inputs.keys() != set(self.inputs):
            raise PromptError(f"{self.id} takes {', '.join(self.inputs)}, not {', '.join(inputs)}")
        if any(delimiter in str(value) for value in inputs.values()):
            raise PromptError(f"{self.id}: the delimiter stands in a text")
        try:
            user = self.user.render({**inputs, DELIMITER: delimiter})
        except jinja2.TemplateError as error:
            raise PromptError(f"{self.id}: {type(error).__name__} in # user") from None
        return [{"role": "system", "content": self.system}, {"role": "user", "content": user}]


@overload
def load(prompt_id: Literal["critique"], folder: Path | None = None) -> Prompt[CritiqueAnswer]: ...
@overload
def load(prompt_id: Literal["typos"], folder: Path | None = None) -> Prompt[TyposAnswer]: ...
@overload
def load(prompt_id: Literal["rewrite"], folder: Path | None = None) -> Prompt[RewriteAnswer]: ...
@overload
def load(prompt_id: str, folder: Path | None = None) -> Prompt[Any]: ...
def load(prompt_id: str, folder: Path | None = None) -> Prompt[Any]:
    """The newest version of a prompt, an operator's `folder` first.

    Raises PromptError, saying which file is wrong and what should stand there.
    """
    for root in filter(None, (folder, resources.files("prompts"))):
        if file := _newest(root / prompt_id):
            return parse(file.read_text(encoding="utf-8"), f"{prompt_id}/{file.name}")
    raise PromptError(f"there is no prompt {prompt_id}")


def load_all(folder: Path | None = None) -> dict[str, Prompt[Any]]:
    """Every prompt, so that a wrong file is told at the start and not in the middle of a letter."""
    return {prompt_id: load(prompt_id, folder) for prompt_id in IDS}


def _newest(folder: Traversable) -> Traversable | None:
    files = {
        int(found[1]): file
        for file in (folder.iterdir() if folder.is_dir() else ())
        if (found := FILE_NAME.fullmatch(file.name))
    }
    return files[max(files)] if files else None


FILE_NAME = re.compile(r"v(\d{1,4})\.md")
SHAPE = re.compile(
    r"---\n(?P<matter>.*?)\n---\n\s*# system\n(?P<system>.*?)\n# user\n(?P<user>.*)", re.DOTALL
)


def parse(text: str, name: str) -> Prompt[Any]:
    """A prompt from its file's text; `name` ("critique/v1.md") must fit what it says."""
    shape = SHAPE.fullmatch(text.replace("\r\n", "\n"))
    if shape is None:
        raise PromptError(f"{name}: front matter between ---, then # system, then # user")
    matter = _front_matter(shape["matter"], name)
    system, user = shape["system"].strip(), shape["user"].strip()
    _check_variables(system, user, matter, name)
    return Prompt(
        id=matter.id,
        number=matter.version,
        purpose=matter.purpose,
        inputs=tuple(matter.inputs),
        answer=OUTPUTS[matter.output],
        temperature=matter.settings.temperature,
        max_output_tokens=matter.settings.max_output_tokens,
        system=system,
        digest=_digest(system, user, matter),
        user=ENVIRONMENT.from_string(user),
    )


def _front_matter(text: str, name: str) -> FrontMatter:
    try:
        matter = FrontMatter.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise PromptError(f"{name}: the front matter is no YAML") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise PromptError(f"{name}: {place}: {first['msg']}") from error
    if name != f"{matter.id}/v{matter.version}.md":
        raise PromptError(f"{name}: says it is {matter.id}/v{matter.version}.md")
    if matter.output not in OUTPUTS:
        raise PromptError(f"{name}: output must be one of {', '.join(OUTPUTS)}")
    if taken := RESERVED.intersection(matter.inputs):
        raise PromptError(f"{name}: an input can't be named {', '.join(sorted(taken))}")
    return matter


ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
)


def _check_variables(system: str, user: str, matter: FrontMatter, name: str) -> None:
    if "{{" in system or "{%" in system:
        raise PromptError(f"{name}: # system must be the same for every call, without variables")
    used = _variables(user, name)
    if missing := used - {*matter.inputs, DELIMITER}:
        raise PromptError(f"{name}: not among the inputs: {', '.join(sorted(missing))}")
    if idle := set(matter.inputs) - used:
        raise PromptError(f"{name}: inputs that are never used: {', '.join(sorted(idle))}")
    if "letter" in matter.inputs and not LETTER_LAST.search(user):
        raise PromptError(f"{name}: # user must end with the letter between its two delimiters")


LETTER_LAST = re.compile(r"<\{\{ delimiter \}\}>\n\{\{ letter \}\}\n</\{\{ delimiter \}\}>\Z")


def _variables(template: str, name: str) -> set[str]:
    try:
        return jinja2.meta.find_undeclared_variables(ENVIRONMENT.parse(template))
    except jinja2.TemplateSyntaxError as error:
        raise PromptError(f"{name}: line {error.lineno} of # user: {error.message}") from error


def _digest(system: str, user: str, matter: FrontMatter) -> str:
    schema = strict_schema(OUTPUTS[matter.output])
    shaping = [system, user, matter.settings.model_dump(), schema]
    return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()
