/** Talking to the local Telegram: the people API over HTTP and its stream of events. */

const RETRY_AFTER_MS = [250, 500, 1000, 2000, 4000];

/** The local Telegram said no; the message is the sentence to show. */
export class Refused extends Error {}

/** What GET gives back as JSON. Throws Refused. */
export const get = (path) => ask(path);

/** What POST gives back as JSON. Throws Refused. */
export const post = (path, body) =>
  ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

/** Sends files with their fields. Throws Refused. */
export const upload = (form) => ask("/try/upload", { method: "POST", body: form });

async function ask(path, request) {
  let answer;
  try {
    answer = await fetch(path, request);
  } catch {
    throw new Refused("The local Telegram doesn't answer. Is `python -m bot try` still running?");
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.status === 413) throw new Refused("That is too large for the local Telegram.");
  if (!answer.ok) throw new Refused(body.error || `That didn't work (${answer.status}).`);
  return body;
}

/**
 * Follows the events after `since` for ever. A lost connection is opened again from the last
 * number seen; `onState` hears "live" and "lost".
 */
export function follow(since, kinds, onEvent, onState) {
  let last = since;
  let failures = 0;
  const open = () => {
    const source = new EventSource(`/try/events?since=${last}`);
    source.onopen = () => {
      failures = 0;
      onState("live");
    };
    source.onerror = () => {
      source.close();
      onState("lost");
      setTimeout(open, RETRY_AFTER_MS[Math.min(failures, RETRY_AFTER_MS.length - 1)]);
      failures += 1;
    };
    for (const kind of kinds) {
      source.addEventListener(kind, (event) => {
        last = Number(event.lastEventId) || last;
        onEvent(kind, JSON.parse(event.data), last);
      });
    }
  };
  open();
}
