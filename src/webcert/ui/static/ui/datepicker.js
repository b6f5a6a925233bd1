/**
 * The calendar of a date field ([data-date]): the button opens a month (ARIA date-picker dialog) with ISO week numbers, Monday first.
 * Arrows move by day and week, Page Up/Down by month (with Shift by year), Home/End within the week. The text field stays the truth.
 */
import { fill, openDialog } from "./helpers.js";

const MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];
const DAYS = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"];
const DAY = 86_400_000;

// Dates are kept as midnight UTC, so that no summer time moves a day.
/** @param {number} year @param {number} month @param {number} day */
const utc = (year, month, day) => new Date(Date.UTC(year, month, day));
/** @param {Date} date */
const iso = (date) => date.toISOString().slice(0, 10);
/** @param {Date} date @param {number} days */
const plus = (date, days) => new Date(date.getTime() + days * DAY);
/** Monday is 0. @param {Date} date */
const weekday = (date) => (date.getUTCDay() + 6) % 7;
const today = () => {
  const now = new Date();
  return utc(now.getFullYear(), now.getMonth(), now.getDate());
};

/** The same day of another month, or its last day. @param {Date} date @param {number} months */
function plusMonths(date, months) {
  const last = utc(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0);
  return utc(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date.getUTCDate(), last.getUTCDate()));
}

/** @param {Date} date */
function isoWeek(date) {
  const thursday = plus(date, 3 - weekday(date));
  return 1 + Math.floor((thursday.getTime() - utc(thursday.getUTCFullYear(), 0, 1).getTime()) / (7 * DAY));
}

/** @param {string} text */
function parse(text) {
  const [, year, month, day] = (text.trim().match(/^(\d{4})-?(\d\d)-?(\d\d)$/) ?? []).map(Number);
  const date = utc(year, month - 1, day);
  return year && date.getUTCMonth() === month - 1 ? date : null;
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Record<string, string>} attributes @param {(Node | string)[]} content */
function make(tag, attributes, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

const title = make("h2", { id: "calendar-title", "aria-live": "polite" });
const body = make("tbody", {});
const dialog = make("dialog", { class: "dialog calendar", id: "calendar", "aria-labelledby": "calendar-title" },
  make("div", { class: "calendar-head" },
    make("button", { type: "button", class: "icon-button", "data-months": "-1", "aria-label": "Föregående månad" }, "‹"), title,
    make("button", { type: "button", class: "icon-button", "data-months": "1", "aria-label": "Nästa månad" }, "›")),
  make("table", { role: "grid", "aria-labelledby": "calendar-title" },
    make("thead", {}, make("tr", {},
      make("th", { scope: "col" }, make("abbr", { title: "vecka" }, "v.")),
      ...DAYS.map((name) => make("th", { scope: "col" }, make("abbr", { title: name }, name.slice(0, 2)))))),
    body),
  make("div", { class: "buttons" },
    make("button", { type: "button", class: "button quiet", "data-clear": "" }, "Rensa"),
    make("button", { type: "button", class: "button secondary", "data-closes": "" }, "Stäng")));
document.body.append(dialog);

/** @type {HTMLInputElement | null} */ let field = null;
let chosen = today();

/** @param {Date} date @param {boolean} focus */
function show(date, focus) {
  chosen = date;
  const month = date.getUTCMonth();
  title.textContent = `${MONTHS[month]} ${date.getUTCFullYear()}`;
  const first = utc(date.getUTCFullYear(), month, 1);
  const monday = plus(first, -weekday(first));
  const weeks = Math.ceil((weekday(first) + utc(date.getUTCFullYear(), month + 1, 0).getUTCDate()) / 7);
  body.replaceChildren(...Array.from({ length: weeks }, (_, week) => weekRow(plus(monday, 7 * week), month)));
  if (focus) /** @type {HTMLElement} */ (body.querySelector('[tabindex="0"]')).focus();
}

/** @param {Date} monday @param {number} month */
function weekRow(monday, month) {
  const cells = DAYS.map((name, at) => {
    const day = plus(monday, at);
    if (day.getUTCMonth() !== month) return make("td", { "aria-hidden": "true" });
    const label = `${name} ${day.getUTCDate()} ${MONTHS[month]} ${day.getUTCFullYear()}`;
    const isChosen = iso(day) === iso(chosen);
    const button = make("button", { type: "button", "data-day": iso(day), tabindex: isChosen ? "0" : "-1", "aria-label": label }, String(day.getUTCDate()));
    if (iso(day) === iso(today())) button.setAttribute("aria-current", "date");
    return make("td", { "aria-selected": String(field !== null && field.value === iso(day)) }, button);
  });
  return make("tr", {}, make("th", { scope: "row" }, String(isoWeek(monday))), ...cells);
}

/** @param {string} value */
function set(value) {
  dialog.close();
  if (field) fill(field, value);
}

/** @type {Record<string, (shift: boolean) => Date>} */
const MOVES = {
  ArrowLeft: () => plus(chosen, -1),
  ArrowRight: () => plus(chosen, 1),
  ArrowUp: () => plus(chosen, -7),
  ArrowDown: () => plus(chosen, 7),
  Home: () => plus(chosen, -weekday(chosen)),
  End: () => plus(chosen, 6 - weekday(chosen)),
  PageUp: (shift) => plusMonths(chosen, shift ? -12 : -1),
  PageDown: (shift) => plusMonths(chosen, shift ? 12 : 1),
};

body.addEventListener("keydown", (event) => {
  const move = MOVES[event.key];
  if (!move) return;
  event.preventDefault();
  show(move(event.shiftKey), true);
});
dialog.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (button?.dataset.day) set(button.dataset.day);
  else if (button?.dataset.months) show(plusMonths(chosen, Number(button.dataset.months)), false);
  else if (button && "clear" in button.dataset) set("");
});
document.addEventListener("click", (event) => {
  const box = /** @type {Element} */ (event.target).closest("[data-calendar]")?.closest("[data-date]");
  if (!box) return;
  field = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  openDialog(dialog);
  show(parse(field.value) ?? today(), true);
});
