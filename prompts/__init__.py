"""What we ask the model: prompts as files, the types of answers, the guards that check them."""

from prompts.asking import Answer, Ask, Failure, ModelFailed
from prompts.library import Prompt, PromptError, load, load_all
from prompts.readings import ModelReading, Prompts, read_letter
from prompts.rewriting import Request, rewrite_passage

__all__ = [
    "Answer",
    "Ask",
    "Failure",
    "ModelFailed",
    "ModelReading",
    "Prompt",
    "PromptError",
    "Prompts",
    "Request",
    "load",
    "load_all",
    "read_letter",
    "rewrite_passage",
]
