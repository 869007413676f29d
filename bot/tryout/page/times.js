/** Instants in words, in the reader's own zone. Instants are milliseconds since 1970. */

const DAY_MS = 86_400_000;
const HOUR = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

/** "14:05". */
export const hour = (ms) => HOUR.format(ms);

/** "Mon 23 Nov". */
export const shortDay = (ms) => SHORT_DAY.format(ms).replace(",", "");

/** "Today", "Yesterday" or "Monday 23 November", seen from `now`. */
export function dayWords(ms, now) {
  const days = Math.round((midnight(now) - midnight(ms)) / DAY_MS);
  return ["Today", "Yesterday"][days] ?? DAY.format(ms).replace(",", "");
}

/** The hour for today's instants, else the day: for the list of chats. */
export const hourOrDay = (ms, now) => (sameDay(ms, now) ? hour(ms) : shortDay(ms));

/** Whether two instants are on the same day. */
export const sameDay = (a, b) => midnight(a) === midnight(b);

/** Seconds from `now` to the next Monday at 09:00; always more than 0. */
export function secondsToMonday(now) {
  const monday = new Date(now);
  monday.setHours(9, 0, 0, 0);
  monday.setDate(monday.getDate() + ((8 - monday.getDay()) % 7));
  if (monday.getTime() <= now) monday.setDate(monday.getDate() + 7);
  return Math.ceil((monday.getTime() - now) / 1000);
}

const midnight = (ms) => new Date(ms).setHours(0, 0, 0, 0);
