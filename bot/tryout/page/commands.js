/** The list of the bot's commands that "/" opens. */

import { el } from "./dom.js";
import { world } from "./world.js";

/**
 * The popup over `field`; `choose` hears the command to send.
 * keys(event) tells whether it used the key, filter(text) follows what is written.
 */
export function commandPopup(list, field, choose) {
  let marked = 0;
  let all = false;

  const matching = (text) => {
    const commands = world.rooms.get(world.open)?.commands ?? [];
    if (all && !text) return commands;
    const words = /^\/(\w*)$/.exec(text)?.[1];
    return words === undefined ? [] : commands.filter(({ command }) => command.startsWith(words.toLowerCase()));
  };

  const paint = () => {
    const commands = matching(field.value);
    list.hidden = !commands.length;
    marked = Math.min(marked, Math.max(0, commands.length - 1));
    list.replaceChildren(...commands.map(option));
    const current = list.children[marked];
    field.setAttribute("aria-activedescendant", current?.id ?? "");
    current?.scrollIntoView({ block: "nearest" });
  };

  const option = ({ command, description }, index) =>
    el(
      "div",
      {
        id: `command-${index}`,
        role: "option",
        class: "command-option",
        "aria-selected": String(index === marked),
        on: { mousedown: (event) => event.preventDefault(), click: () => take(command) },
      },
      el("b", {}, `/${command}`),
      el("span", { dir: "auto" }, description),
    );

  const close = () => {
    all = false;
    marked = 0;
    list.hidden = true;
  };

  const take = (command) => {
    close();
    choose(`/${command}`);
  };

  field.addEventListener("blur", close);

  return {
    filter() {
      marked = 0;
      paint();
    },
    toggle() {
      all = list.hidden;
      marked = 0;
      if (all) paint();
      else close();
    },
    keys(event) {
      if (list.hidden) return false;
      const commands = matching(field.value);
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (steps[event.key]) {
        marked = (marked + steps[event.key] + commands.length) % commands.length;
        paint();
      } else if (event.key === "Enter" && !event.shiftKey) {
        take(commands[marked].command);
      } else if (event.key === "Tab") {
        field.value = `/${commands[marked].command} `;
        close();
      } else if (event.key === "Escape") {
        close();
      } else {
        return false;
      }
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
