/**
 * The editor of a draft: saves what is typed (autosave.js), shows what the server says about it (judgement.js), and sees to it that nothing
 * is unsaved when the draft is signed, printed or left (leaving.js).
 */
import { openDialog } from "../ui/helpers.js";
import { autosave } from "./autosave.js";
import { controlsOf, write } from "./fields.js";
import { judgementOf } from "./judgement.js";
import { saveBeforeLeaving } from "./leaving.js";

/** @typedef {import("./autosave.js").State} State */

const AT_ONCE = 0;
const SEEN_FOR = 1_000;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-draft]"));
const signing = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-sign]"));
const judgement = judgementOf(form, JSON.parse(form.dataset.judgement ?? ""));
const saving = autosave(form, { apply, show, wait });
saveBeforeLeaving(form, saving);

/** @param {any} answer @param {Map<string, string>} sent @param {string} left */
function apply(answer, sent, left) {
  write(form, answer.values, sent, left);
  judgement.apply(answer);
  const complete = judgement.isComplete();
  status(1, complete ? "Klart att signera" : "Obligatoriska uppgifter saknas", complete ? "done" : "missing");
}

// The status row and the notices

/** @type {Record<State, [text: string, tone: string]>} */
const STATES = {
  saving: ["Utkastet sparas", "busy"],
  saved: ["Utkastet är sparat", "done"],
  offline: ["Ingen kontakt med servern – texten finns kvar här och sparas när kontakten är tillbaka", "missing"],
  loggedOut: ["Utkastet är inte sparat – texten finns kvar här", "missing"],
  refused: ["Utkastet är inte sparat – texten finns kvar här", "missing"],
  failed: ["Utkastet är inte sparat – texten finns kvar här", "wrong"],
  stopped: ["Utkastet kan inte sparas härifrån", "wrong"],
};
/** @type {State} */ let shown = "saved";
let since = 0;
let waiting = 0;

/** @param {State} state @param {string} text what the server says about it */
function show(state, text) {
  // A new try after a failure is no news until it has succeeded.
  if (state === "saving" && shown !== "saved") return;
  clearTimeout(waiting);
  if (state === "saving") since = performance.now();
  else notice(state, text);
  const [words, tone] = STATES[state];
  if (state === "saved") waiting = setTimeout(status, since + SEEN_FOR - performance.now(), 2, `${words} ${text}`, tone);
  else status(2, words, tone);
  if (state === "stopped") freeze();
  shown = state === "saving" ? "saved" : state;
}
/** @param {number} slot @param {string} text @param {string} tone */
function status(slot, text, tone) {
  const place = document.querySelector(`[data-status="${slot}"]`);
  if (!place || place.textContent === text) return;
  place.textContent = text;
  place.className = `status ${tone}`;
}
/** Shows the notice of that state, if there is one, and no other. @param {State} state @param {string} text */
function notice(state, text) {
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-notice]"))) {
    box.hidden = box.dataset.notice !== state;
    const place = box.querySelector("[data-notice-text]");
    if (place && !box.hidden) place.textContent = text;
  }
}
/** The page has lost the draft: nothing can be changed, everything can be read and copied. */
function freeze() {
  for (const control of controlsOf(form)) {
    if (control.matches("textarea, [type=text]")) /** @type {HTMLInputElement} */ (control).readOnly = true;
    else control.disabled = true;
  }
  for (const part of document.querySelectorAll("form[data-draft] [data-calendar], [data-while-open]")) part.setAttribute("hidden", "");
}
/** @param {boolean} unsaved */
function wait(unsaved) {
  signing?.querySelector("button")?.setAttribute("aria-disabled", String(unsaved));
}

// What the user does in the form

form.addEventListener("input", () => saving.changed());
form.addEventListener("change", (event) => {
  exclude(/** @type {HTMLInputElement} */ (event.target));
  saving.changed(AT_ONCE);
});
form.addEventListener("focusout", (event) => saving.left(/** @type {HTMLInputElement} */ (event.target).name));
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("keydown", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (event.key !== "Enter" || event.defaultPrevented || !field.matches("input[type=text]")) return;
  event.preventDefault();
  saving.changed(AT_ONCE, field.name);
});

/** A box that cannot be combined with others empties them, and is emptied by them. @param {HTMLInputElement} box */
function exclude(box) {
  const group = box.closest("[data-excluding]");
  if (!group || !box.checked) return;
  const alone = group.getAttribute("data-excluding");
  for (const other of /** @type {NodeListOf<HTMLInputElement>} */ (group.querySelectorAll("input:checked"))) {
    if (other !== box && (box.name === alone || other.name === alone)) other.checked = false;
  }
}

// Signing: what is unsaved is saved first, and what is missing is told instead.

signing?.addEventListener("submit", async (event) => {
  if (!saving.isUnsaved() && judgement.isComplete()) return;
  event.preventDefault();
  if (!(await saving.settled())) return;
  if (judgement.isComplete()) signing.requestSubmit();
  else judgement.tellMissing();
});
// The button is out of use while something is unsaved, but a press is not lost: it waits.
signing?.querySelector("button")?.addEventListener("click", (event) => {
  if (!saving.isUnsaved()) return;
  event.preventDefault();
  event.stopPropagation();
  signing.requestSubmit();
});

// Marking ready: what is missing is told first, and the user decides.

document.querySelector("form[data-ready]")?.addEventListener("submit", (event) => {
  if (judgement.isComplete()) return;
  event.preventDefault();
  openDialog(/** @type {HTMLDialogElement} */ (document.getElementById("klart")));
});

if (form.hasAttribute("data-tell-missing")) judgement.tellMissing();
