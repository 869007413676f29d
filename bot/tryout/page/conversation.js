/** The open chat: its messages by day, drafts that grow, and where one has scrolled to. */

import { bubble, isOwn, senderOf } from "./bubbles.js";
import { draftBubble, updateDraft } from "./drafts.js";
import { byId, el, soon } from "./dom.js";
import { emptyState } from "./empty.js";
import { serviceLine } from "./labels.js";
import { dayWords, sameDay } from "./times.js";
import { keyOf, markRead, now, on, unreadIn, world } from "./world.js";

const WINDOW = 150;
const RUN_SECONDS = 300;
const NEAR_END_PX = 120;
const TOP_GAP_PX = 8;
/** A message that comes so soon after a button was pressed is its answer, and is shown. */
const ANSWER_MS = 3000;

const log = byId("log");
const downButton = byId("down");
/** What is shown: key → {of, node}; `of` is the object it was made from. */
const shown = new Map();
let acts;
let thread = () => null;
let from = WINDOW;
let atEnd = true;
/** The key of the first message not seen before one came in; undefined until it is looked for. */
let firstUnread;
let unreadAtEntry = 0;
let pressedAt = -Infinity;

/** Starts painting; `what` can be done with a message, and `currentThread` tells the forum topic. */
export function startConversation({ currentThread, ...what }) {
  thread = currentThread;
  acts = { ...what, jump };
  on("message edited deleted draft draft_gone reaction poll room chat person clock", repaint);
  on("message", ({ chat, message }) => {
    if (chat !== world.open) return;
    if (isOwn(message)) scrollToEnd();
    else if (performance.now() - pressedAt < ANSWER_MS) atEnd = true;
  });
  log.addEventListener("click", ({ target }) => {
    if (target.closest(".inline-keyboard .key")) pressedAt = performance.now();
  });
  log.addEventListener("scroll", noteScroll, { passive: true });
  log.addEventListener("keydown", walk);
  downButton.addEventListener("click", () => scrollToEnd("smooth"));
  new ResizeObserver(() => atEnd && keepUp()).observe(byId("messages"));
  new ResizeObserver(() => atEnd && keepUp()).observe(log);
  setInterval(repaint, 5000);
}

/** Shows another chat (or the same one as somebody else) from its end. */
export function showFromEnd() {
  shown.clear();
  byId("messages").replaceChildren();
  from = WINDOW;
  atEnd = true;
  unreadAtEntry = unreadIn(world.me, world.open);
  firstUnread = undefined;
  repaint();
}

const repaint = soon(paint);

function paint() {
  const room = world.rooms.get(world.open);
  const chat = world.chats.get(world.open);
  log.setAttribute("aria-busy", String(Boolean(chat && !room?.loaded)));
  if (!chat || !room?.loaded) return;
  const focus = rememberFocus();
  const nodes = [...messageNodes(chat, room), ...draftNodes(room)];
  const list = byId("messages");
  if (!nodes.length) nodes.push(kept("empty", chat.id + String(world.people.get(world.me)?.started), () => emptyState(chat, acts)));
  arrange(list, nodes);
  dropOthers(nodes);
  focus();
  const followed = atEnd;
  if (atEnd) keepUp();
  if (!document.hidden && followed) markRead();
  paintDown();
}

function messageNodes(chat, room) {
  const messages = inTopic(chat, room.messages);
  const first = Math.max(0, messages.length - from);
  const nodes = first ? [kept("earlier", first, () => earlierButton(first))] : [];
  firstUnread ??= findFirstUnread(messages);
  let before = null;
  messages.slice(first).forEach((message, index) => {
    if (!before || !sameDay(before.date * 1000, message.date * 1000)) nodes.push(dayNode(message));
    if (keyOf(message) === firstUnread) nodes.push(kept("unread", firstUnread, unreadLine));
    const node = kept(keyOf(message), message, () => bubble(chat, message, acts));
    const next = messages[first + index + 1];
    node.classList.toggle("run-on", sameRun(before, message));
    node.classList.toggle("run-end", !sameRun(message, next));
    nodes.push(node);
    before = message;
  });
  return nodes;
}

function inTopic(chat, messages) {
  if (!chat.is_forum) return messages;
  return messages.filter((message) => (message.message_thread_id ?? null) === thread());
}

function draftNodes(room) {
  const living = room.drafts.filter((draft) => Date.parse(draft.until) > now());
  return living.map((draft) => {
    const node = kept(`draft-${draft.draft_id}`, draft.draft_id, () => draftBubble(draft, acts));
    updateDraft(node, draft, acts);
    return node;
  });
}

/** The node made for a thing, made anew only when the thing has changed. */
function kept(key, of, make) {
  const known = shown.get(key);
  if (known && known.of === of) return known.node;
  const node = make();
  shown.set(key, { of, node });
  return node;
}

function arrange(list, nodes) {
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  while (list.children.length > nodes.length) list.lastElementChild.remove();
}

function dropOthers(nodes) {
  const here = new Set(nodes);
  for (const [key, { node }] of shown) if (!here.has(node)) shown.delete(key);
}

/** A repaint may replace the node that has the focus; this gives it to its successor. */
function rememberFocus() {
  const active = document.activeElement;
  const message = active?.closest?.("#messages [data-key]");
  if (!message) return () => {};
  const place = [...message.querySelectorAll("button, a, input")].indexOf(active);
  return () => {
    if (active.isConnected) return;
    const heir = document.querySelector(`#messages [data-key="${CSS.escape(message.dataset.key)}"]`);
    (heir?.querySelectorAll("button, a, input")[place] ?? heir)?.focus({ preventScroll: true });
  };
}

function sameRun(a, b) {
  if (!a || !b || serviceLine(a) || serviceLine(b)) return false;
  return senderOf(a).id === senderOf(b).id && b.date - a.date < RUN_SECONDS && sameDay(a.date * 1000, b.date * 1000);
}

function dayNode(message) {
  const at = message.date * 1000;
  const words = dayWords(at, now());
  return kept(`day-${new Date(at).toDateString()}`, words, () => el("div", { class: "service day" }, el("span", {}, words)));
}

function findFirstUnread(messages) {
  const others = messages.filter((message) => !isOwn(message));
  return unreadAtEntry && others.length ? keyOf(others.at(-Math.min(unreadAtEntry, others.length))) : "";
}

const unreadLine = () => el("div", { class: "unread-line" }, "New messages");

function earlierButton(hidden) {
  const more = () => {
    from += WINDOW;
    const height = log.scrollHeight;
    paint();
    log.scrollTop += log.scrollHeight - height;
  };
  return el("button", { type: "button", class: "earlier", on: { click: more } }, `Show earlier messages (${hidden})`);
}

// Scrolling

function noteScroll() {
  atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
  if (atEnd && !document.hidden) markRead();
  paintDown();
}

function paintDown() {
  const count = unreadIn(world.me, world.open);
  downButton.hidden = atEnd;
  downButton.dataset.count = count || "";
}

/** Goes to the end; a last message taller than the window is shown from its beginning. */
function keepUp() {
  const end = log.scrollHeight - log.clientHeight;
  const last = byId("messages").lastElementChild;
  log.scrollTop = Math.min(end, (last?.offsetTop ?? end) - TOP_GAP_PX);
  atEnd = end - log.scrollTop < NEAR_END_PX;
}

function scrollToEnd(behavior = "instant") {
  atEnd = true;
  log.scrollTo({ top: log.scrollHeight, behavior });
}

/** Scrolls to a message and lights it up. */
export function jump(key) {
  const room = world.rooms.get(world.open);
  const at = room?.messages.findIndex((message) => keyOf(message) === String(key)) ?? -1;
  if (at < 0) return;
  from = Math.max(from, room.messages.length - at + 10);
  paint();
  const node = shown.get(String(key))?.node;
  node?.scrollIntoView({ block: "center" });
  node?.animate?.([{ backgroundColor: "var(--accent-soft)" }, { backgroundColor: "transparent" }], 1500);
}

/** Arrow keys walk from message to message; Enter opens what can be done with one. */
function walk(event) {
  const steps = { ArrowUp: -1, ArrowDown: 1 };
  const message = event.target.closest(".message");
  if (steps[event.key] && (event.target === log || event.target === message)) {
    event.preventDefault();
    const all = [...log.querySelectorAll(".message")];
    const next = message ? all[all.indexOf(message) + steps[event.key]] : all.at(-1);
    next?.focus();
  } else if (event.key === "Enter" && event.target === message) {
    message.querySelector(".more").click();
  }
}
