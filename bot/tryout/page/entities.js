/** Text with Bot API entities → nodes. Offsets count UTF-16 units, as JavaScript's strings do. */

import { el, icon } from "./dom.js";
import { linkNode } from "./links.js";

const PLAIN_TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};
const MARKED = new Set(["hashtag", "cashtag", "mention", "text_mention", "phone_number"]);

/** Nodes for a text. `onCommand` hears the bot commands that are pressed. */
export function render(text, entities = [], onCommand = () => {}) {
  const inside = entities
    .map((entity) => ({ ...entity, start: entity.offset, end: entity.offset + entity.length }))
    .filter((entity) => entity.start >= 0 && entity.end > entity.start && entity.start < text.length)
    .sort((a, b) => a.start - b.start || b.end - a.end || rank(a) - rank(b));
  return span(text, 0, text.length, inside, onCommand);
}

const isBlock = (entity) => /blockquote|pre/.test(entity.type);

// Quotes and code blocks stand outside of what has the same borders.
const rank = (entity) => (isBlock(entity) ? 0 : 1);

// A block begins and ends its own line: the line break beside it would show as an empty line.
const before = (words, entity) => (isBlock(entity) ? words.replace(/\n$/, "") : words);

function span(text, start, end, entities, onCommand) {
  const nodes = [];
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const from = Math.max(entity.start, at);
    const to = Math.min(entity.end, end);
    if (from < to) {
      if (at < from) nodes.push(before(text.slice(at, from), entity));
      const inner = others.filter((other) => other.start < to);
      const children = span(text, from, to, inner, onCommand);
      nodes.push(wrap(entity, text.slice(from, to), children, onCommand));
      at = isBlock(entity) && text[to] === "\n" ? to + 1 : to;
    }
    rest = others.filter((other) => other.end > at);
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrap(entity, words, children, onCommand) {
  const { type } = entity;
  if (PLAIN_TAGS[type]) return el(PLAIN_TAGS[type], {}, children);
  if (MARKED.has(type)) return el("span", { class: "marked" }, children);
  switch (type) {
    case "spoiler":
      return spoiler(children);
    case "pre":
      return codeBlock(entity, words, children);
    case "blockquote":
      return el("blockquote", {}, children);
    case "expandable_blockquote":
      return expandableQuote(children);
    case "url":
      return linkNode(words, words, children);
    case "email":
      return linkNode(`mailto:${words}`, words, children);
    case "text_link":
      return linkNode(entity.url, words, children);
    case "bot_command":
      return commandButton(words, children, onCommand);
    case "date_time":
      return el("time", { title: localTime(entity.unix_time) }, children);
    default:
      return el("span", {}, children);
  }
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler-words", "aria-hidden": "true" }, children);
  const cover = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Hidden text, press to show" }, hidden);
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (cover.classList.contains("shown")) return;
    event.preventDefault();
    event.stopPropagation();
    cover.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
    hidden.removeAttribute("aria-hidden");
  };
  cover.addEventListener("click", reveal, { capture: true });
  cover.addEventListener("keydown", reveal);
  return cover;
}

function codeBlock(entity, words, children) {
  const copy = el(
    "button",
    { type: "button", class: "code-copy", "aria-label": "Copy the code", on: { click: () => navigator.clipboard.writeText(words) } },
    icon("copy"),
  );
  const head = el("div", { class: "code-head" }, el("span", {}, entity.language || "code"), copy);
  return el("div", { class: "code-block" }, head, el("pre", { tabindex: 0 }, el("code", {}, children)));
}

function expandableQuote(children) {
  const words = el("div", { class: "quote-words" }, children);
  const quote = el("blockquote", { class: "expandable folded" }, words);
  const more = el("button", { type: "button", class: "quote-more", "aria-expanded": "false" }, "Show all");
  more.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    more.textContent = folded ? "Show all" : "Show less";
    more.setAttribute("aria-expanded", String(!folded));
  });
  quote.append(more);
  new ResizeObserver((_, seen) => {
    if (!words.isConnected) return;
    more.hidden = words.scrollHeight <= words.clientHeight + 1;
    seen.disconnect();
  }).observe(words);
  return quote;
}

function commandButton(words, children, onCommand) {
  const press = () => onCommand(words);
  return el("button", { type: "button", class: "command", title: `Send ${words}`, on: { click: press } }, children);
}

function localTime(seconds) {
  return seconds ? new Date(seconds * 1000).toLocaleString() : null;
}
