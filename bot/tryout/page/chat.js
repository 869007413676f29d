/** The chat page: puts its parts together and opens what the address names. */

import { chooseFiles, startAttachments } from "./attachments.js";
import { startChatList } from "./chatlist.js";
import { editMessage, replyTo, sendText, startComposer, takeReply, takeWords, turnTo } from "./composer.js";
import { jump, showFromEnd, startConversation } from "./conversation.js";
import { toast } from "./dialogs.js";
import { byId } from "./dom.js";
import { currentThread, startHead } from "./head.js";
import { leadInside } from "./links.js";
import { messageMenu, react } from "./messagemenu.js";
import { post } from "./server.js";
import { startTopBar } from "./topbar.js";
import { begin, enter, on, setMe, tell, world } from "./world.js";

const NARROW = matchMedia("(max-width: 760px)");

startTopBar(become);
startChatList((chat) => show(chat, { byHand: true }));
startComposer(currentThread);
startAttachments({ takeWords, takeReply, thread: currentThread });
startHead({ back: toList, start: () => start(), jump, open: (chat) => show(chat, { byHand: true }), turnedTopic: showFromEnd });
startConversation({
  currentThread,
  command: sendText,
  menu: (message, place) => messageMenu(message, place, { replyTo, editMessage }),
  react,
  start: () => start(),
  attach: chooseFiles,
});
addEventListener("popstate", () => followAddress());
addEventListener("keydown", escape);
on("me", () => showAnew());
document.addEventListener("visibilitychange", () => tell("room", { chat: world.open }));

await begin().catch((error) => {
  byId("fatal").textContent = error.message;
  byId("fatal").hidden = false;
});
leadInside(world.bot.username, start);
followAddress();

/** Presses START for the person one plays, perhaps with what a deep link carries. */
async function start(payload) {
  show(world.me, { byHand: true });
  const body = { person: world.me };
  if (payload) body.payload = payload;
  await post("/try/start", body).catch((error) => toast(error.message, "bad"));
}

/** Becomes another person, in the same group or in their own chat with the bot. */
function become(person) {
  const chat = world.open && world.open < 0 ? world.open : person;
  const listShown = document.body.dataset.view === "list";
  world.open = chat;
  setMe(person);
  if (listShown) document.body.dataset.view = "list";
  history.replaceState(null, "", listShown ? `#as=${person}` : `#as=${person}&chat=${chat}`);
}

function showAnew() {
  if (world.open && world.chats.has(world.open)) show(world.open);
  else show(world.me);
}

async function show(chat, { byHand = false } = {}) {
  world.open = chat;
  document.body.dataset.view = "chat";
  if (byHand) write();
  turnTo(world.me, chat);
  showFromEnd();
  tell("open");
  if (byHand && !NARROW.matches) byId("field").focus();
  await enter(chat).catch((error) => toast(error.message, "bad"));
  tell("room", { chat });
}

/** The address names the person and the chat, so that a tab can be shared and loaded anew. */
function followAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const person = Number(wanted.get("as"));
  const chat = Number(wanted.get("chat"));
  const known = world.people.has(person) ? person : world.people.keys().next().value;
  if (!known) return;
  world.open = world.chats.has(chat) ? chat : known;
  setMe(known);
  if (NARROW.matches && !chat) document.body.dataset.view = "list";
}

/** On a phone: leaves the chat for the list. */
function toList() {
  document.body.dataset.view = "list";
  history.pushState(null, "", `#as=${world.me}`);
}

function write() {
  const address = `#as=${world.me}&chat=${world.open}`;
  if (location.hash !== address) history.pushState(null, "", address);
}

/** Esc goes back to the text field from wherever one is. */
function escape(event) {
  if (event.key === "Escape" && !document.querySelector("dialog[open], .menu")) byId("field").focus();
}
