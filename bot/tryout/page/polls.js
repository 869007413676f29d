/** Polls and quizzes: choosing, then the shares. */

import { toast } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { avatar, fullName } from "./labels.js";
import { post } from "./server.js";
import { hour, sameDay, shortDay } from "./times.js";
import { change, now, tell, world } from "./world.js";

const MOST_FACES = 4;

/** The poll of a message. */
export function poll(chat, message) {
  const { poll: asked, voted = [] } = message;
  const done = asked.is_closed || voted.length > 0;
  return el(
    "fieldset",
    { class: "poll" },
    el("legend", { dir: "auto" }, asked.question),
    el("p", { class: "poll-kind" }, kind(asked)),
    done ? asked.options.map((option, index) => share(asked, option, voted.includes(index), index)) : choices(chat, message),
    done && !asked.results_hidden && asked.explanation && el("p", { class: "explanation", dir: "auto" }, asked.explanation),
    el("p", { class: "poll-count" }, count(asked, voted, () => vote(chat, message, []))),
  );
}

function kind(asked) {
  if (asked.is_closed) return "Final results";
  const words = `${asked.is_anonymous ? "Anonymous " : ""}${asked.type === "quiz" ? "quiz" : "poll"}`;
  const name = words[0].toUpperCase() + words.slice(1);
  if (!asked.close_date) return name;
  const ends = asked.close_date * 1000;
  return `${name} · closes ${sameDay(ends, now()) ? "" : `${shortDay(ends)}, `}${hour(ends)}`;
}

function choices(chat, message) {
  const { options, allows_multiple_answers: several } = message.poll;
  if (!several) {
    return options.map((option, index) =>
      el("button", { type: "button", class: "choice", on: { click: () => vote(chat, message, [index]) } }, el("span", { class: "ring" }), option.text),
    );
  }
  const boxes = options.map((option) => el("input", { type: "checkbox" }));
  const chosen = () => boxes.flatMap((box, index) => (box.checked ? [index] : []));
  return [
    ...options.map((option, index) => el("label", { class: "choice" }, boxes[index], option.text)),
    el("button", { type: "button", class: "vote", on: { click: () => chosen().length && vote(chat, message, chosen()) } }, "Vote"),
  ];
}

function share(asked, option, mine, index) {
  const shown = !asked.results_hidden;
  const percent = asked.total_voter_count ? Math.round((100 * option.voter_count) / asked.total_voter_count) : 0;
  const right = (asked.correct_option_ids ?? [asked.correct_option_id]).includes(index);
  const mark = shown && asked.type === "quiz" && (right || mine) ? (right ? "right" : "wrong") : mine ? "mine" : "";
  const words = { right: "right answer", wrong: "your answer, wrong", mine: "your answer" }[mark];
  return el(
    "div",
    { class: `share ${mark}` },
    el("span", { class: "percent" }, shown ? `${percent}%` : mine ? icon("tick") : ""),
    el("span", { class: "option", dir: "auto" }, option.text, mark && el("span", { class: "mark", role: "img", "aria-label": words }, icon(mark === "wrong" ? "cross" : "tick"))),
    faces(asked, index),
    shown && el("progress", { max: 100, value: percent, "aria-label": option.text }),
  );
}

/** Who chose an option, where everybody may know. */
function faces(asked, index) {
  const people = Object.keys(asked.voters ?? {}).filter((id) => asked.voters[id].includes(index));
  const names = people.map((id) => fullName(world.people.get(Number(id)) ?? { first_name: "?" }));
  if (!people.length) return null;
  const shown = people.slice(0, MOST_FACES).map((id, at) => avatar(Number(id), names[at], "face"));
  return el("span", { class: "faces", role: "img", "aria-label": names.join(", "), title: names.join(", ") }, shown);
}

function count(asked, voted, takeBack) {
  const number = asked.total_voter_count;
  const words = number === 0 ? "No votes yet" : number === 1 ? "1 vote" : `${number} votes`;
  if (!voted.length || asked.is_closed || asked.type === "quiz" || asked.allows_revoting === false) return words;
  return [words, " · ", el("button", { type: "button", class: "plain", on: { click: takeBack } }, "Take back")];
}

async function vote(chat, message, options) {
  try {
    await post("/try/vote", { person: world.me, chat: chat.id, message_id: message.message_id, options });
    const room = world.rooms.get(chat.id);
    if (room) change(room, message.message_id, { voted: options });
    tell("poll", { chat: chat.id });
  } catch (error) {
    toast(error.message, "bad");
  }
}
