/** Polls and quizzes: choosing, then the shares. */

import { toast } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { post } from "./server.js";
import { change, tell, world } from "./world.js";

/** The poll of a message. */
export function poll(chat, message) {
  const { poll: asked, voted = [] } = message;
  const done = asked.is_closed || voted.length > 0;
  const kind = `${asked.is_anonymous ? "Anonymous " : ""}${asked.type === "quiz" ? "quiz" : "poll"}`;
  return el(
    "fieldset",
    { class: "poll" },
    el("legend", { dir: "auto" }, asked.question),
    el("p", { class: "poll-kind" }, asked.is_closed ? "Final results" : kind[0].toUpperCase() + kind.slice(1)),
    done ? asked.options.map((option, index) => share(asked, option, voted.includes(index), index)) : choices(chat, message),
    done && asked.explanation && el("p", { class: "explanation", dir: "auto" }, asked.explanation),
    el("p", { class: "poll-count" }, count(asked, voted, () => vote(chat, message, []))),
  );
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
  const percent = asked.total_voter_count ? Math.round((100 * option.voter_count) / asked.total_voter_count) : 0;
  const right = (asked.correct_option_ids ?? [asked.correct_option_id]).includes(index);
  const mark = asked.type === "quiz" && (right || mine) ? (right ? "right" : "wrong") : mine ? "mine" : "";
  const words = { right: "right answer", wrong: "your answer, wrong", mine: "your answer" }[mark];
  return el(
    "div",
    { class: `share ${mark}` },
    el("span", { class: "percent" }, `${percent}%`),
    el("span", { dir: "auto" }, option.text, mark && el("span", { class: "mark", role: "img", "aria-label": words }, icon(mark === "wrong" ? "cross" : "tick"))),
    el("progress", { max: 100, value: percent, "aria-label": option.text }),
  );
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
