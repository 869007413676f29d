/** What an empty chat says: what to try first. */

import { el, icon } from "./dom.js";
import { world } from "./world.js";

/** Words and buttons for a chat without messages. */
export function emptyState(chat, acts) {
  return chat.type === "private" ? emptyPrivate(acts) : emptyGroup(acts);
}

function emptyPrivate(acts) {
  const started = world.people.get(world.me)?.started;
  return el(
    "div",
    { class: "empty" },
    el("div", { class: "empty-picture", "aria-hidden": "true" }, icon("letter")),
    el("h2", {}, "Drop a letter here"),
    el("p", {}, `A motivation letter, a cover letter or application answers: txt, md, docx or pdf. You can paste the text too. ${world.bot.first_name} reads it and answers here.`),
    !started && el("button", { type: "button", class: "main big", on: { click: acts.start } }, "Start"),
    el("button", { type: "button", class: "plain", on: { click: acts.attach } }, "Choose a file"),
  );
}

function emptyGroup(acts) {
  const command = (words) => el("button", { type: "button", class: "chip", on: { click: () => acts.command(words) } }, words);
  return el(
    "div",
    { class: "empty" },
    el("div", { class: "empty-picture", "aria-hidden": "true" }, icon("people")),
    el("h2", {}, "A group that keeps going together"),
    el("p", {}, "An admin sets a cohort up with /cohort; the others join with a button. Change at the top who you are, and see what each of them sees."),
    el("div", { class: "chips" }, command("/cohort"), command("/help")),
  );
}
