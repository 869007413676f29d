"""What the page's files must not hold; this needs no browser."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "bot" / "tryout" / "page"
FILES = sorted(PAGE.iterdir())
SCRIPTS = [file for file in FILES if file.suffix == ".js"]

MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
    r"|DOMParser|srcdoc|\beval\(|new Function"
)
ELSEWHERE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/2000/svg|\$\{)[\w-]+\.\w+")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_no_script_parses_markup(script):
    assert MARKUP.findall(script.read_text("utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_file_names_another_server(file):
    assert ELSEWHERE.findall(file.read_text("utf-8")) == []


def test_the_document_has_no_inline_script_or_style():
    assert INLINE.findall((PAGE / "index.html").read_text("utf-8")) == []


def test_every_file_that_is_asked_for_is_there():
    names = {file.name for file in FILES}
    asked = set(re.findall(r'(?:href|src)="([\w.]+)"', (PAGE / "index.html").read_text("utf-8")))
    for script in SCRIPTS:
        asked.update(re.findall(r'from "\./([\w.]+)"', script.read_text("utf-8")))
    assert asked <= names
    assert names - asked == {"index.html"}


def test_every_symbol_that_is_shown_is_drawn():
    document = (PAGE / "index.html").read_text("utf-8")
    drawn = set(re.findall(r'id="icon-(\w+)"', document))
    shown = set(re.findall(r'href="#icon-(\w+)"', document))
    for script in SCRIPTS:
        shown.update(re.findall(r'icon(?:Button)?\("(\w+)"', script.read_text("utf-8")))
    assert shown <= drawn
