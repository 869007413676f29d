/** The top: who one is, and the bot's clock. */

import { field, form, tick, toast } from "./dialogs.js";
import { byId, el, iconButton, soon } from "./dom.js";
import { avatar, fullName } from "./labels.js";
import { openMenu } from "./menus.js";
import { post } from "./server.js";
import { hour, secondsToMonday, shortDay } from "./times.js";
import { now, on, setNow, unreadOf, world } from "./world.js";

const HOUR = 3600;
let become;

/** Starts painting; `onBecome` hears the person that is chosen. */
export function startTopBar(onBecome) {
  become = onBecome;
  on("person me unread message", repaintPeople);
  on("clock me", paintClock);
  on("connection", paintConnection);
  byId("hour").addEventListener("click", () => move(HOUR));
  byId("day").addEventListener("click", () => move(24 * HOUR));
  byId("monday").addEventListener("click", () => move(secondsToMonday(now())));
  byId("clock-face").addEventListener("click", toggleMoves);
  byId("clock-face").title = `The bot's time, in ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
  byId("people").addEventListener("keydown", walk);
  setInterval(paintClock, 1000);
  addEventListener("click", (event) => !byId("clock").contains(event.target) && closeMoves());
}

const repaintPeople = soon(() => {
  const people = [...world.people.values()].filter((person) => !person.deactivated);
  const add = iconButton("plus", "New person or group", openNew, { class: "icon-button add" });
  const focused = document.activeElement?.dataset?.person;
  byId("people").replaceChildren(...people.map(personButton), add);
  if (focused) byId("people").querySelector(`[data-person="${focused}"]`)?.focus();
});

function personButton(person) {
  const mine = person.id === world.me;
  const unread = mine ? 0 : unreadOf(person.id);
  const name = fullName(person);
  return el(
    "button",
    {
      type: "button",
      class: "person",
      "aria-pressed": String(mine),
      "aria-label": `Be ${name}${unread ? `, ${unread} unread` : ""}`,
      title: `Be ${name} (${person.language_code})`,
      data: { person: person.id },
      on: { click: () => become(person.id) },
    },
    avatar(person.id, name, "tiny"),
    el("bdi", { class: "person-name" }, person.first_name),
    unread > 0 && el("span", { class: "badge" }, unread),
  );
}

function paintClock() {
  const at = now();
  byId("clock-day").textContent = shortDay(at);
  byId("clock-hour").textContent = hour(at);
  byId("clock-face").setAttribute("aria-label", `The bot's time: ${shortDay(at)} ${hour(at)}`);
  byId("clock").classList.toggle("fixed", !world.movable);
}

function paintConnection() {
  byId("lost").hidden = world.connection === "live";
}

async function move(seconds) {
  try {
    const answer = await post("/try/clock", { advance_seconds: seconds });
    setNow(answer.now);
  } catch (error) {
    toast(error.message, "bad");
  }
}

function toggleMoves() {
  const open = byId("clock").classList.toggle("open");
  byId("clock-face").setAttribute("aria-expanded", String(open));
}

function closeMoves() {
  byId("clock").classList.remove("open");
  byId("clock-face").setAttribute("aria-expanded", "false");
}

function walk(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  buttons[buttons.indexOf(document.activeElement) + step]?.focus();
}

function openNew(event) {
  openMenu(event.currentTarget, "New", [
    { label: "New person", act: () => addPerson().catch(say) },
    { label: "New group", act: () => addGroup().catch(say) },
  ]);
}

const say = (error) => toast(error.message, "bad");

async function addPerson() {
  const language = el(
    "label",
    { class: "field" },
    el("span", {}, "Language of their app"),
    el("select", { name: "language_code" }, el("option", { value: "en" }, "English"), el("option", { value: "ru" }, "Русский")),
  );
  const answer = await form("New person", [field("First name", { name: "first_name", maxlength: 64 }), language], "Add");
  if (!answer) return;
  const body = { first_name: answer.get("first_name").trim(), language_code: answer.get("language_code") };
  const { person } = await post("/try/people", body);
  world.people.set(person.id, person);
  become(person.id);
}

async function addGroup() {
  const member = (person) => tick(fullName(person), { name: "member", value: person.id, checked: true });
  const members = el("fieldset", { class: "ticks" }, el("legend", {}, "Members"), [...world.people.values()].map(member));
  const answer = await form("New group", [field("Title", { name: "title", maxlength: 128 }), members, tick("With topics", { name: "forum" })], "Make");
  if (!answer) return;
  const chosen = answer.getAll("member").map(Number);
  const admins = [chosen.includes(world.me) ? world.me : chosen[0]].filter(Boolean);
  const title = answer.get("title").trim() || "New group";
  await post("/try/groups", { title, members: chosen, admins, is_forum: answer.has("forum") });
}
