/**
 * Keeps what is typed, and notices within seconds when somebody else has taken the draft. One save at a time, always of the whole form, so that the latest wins; what could not be saved stays in the page and
 * is tried again until it is. Protocol: docs/architecture.md §4. What the states look like is the caller's business.
 */
import { focused, read } from "./fields.js";

/**
 * offline: no contact, tried again by itself; loggedOut and refused (not allowed from here just now): tried again too;
 * failed: this text cannot be saved, the next change is tried; stopped: never again from this page.
 * @typedef {"saving" | "saved" | "offline" | "loggedOut" | "refused" | "failed" | "stopped"} State
 */

const AFTER_LAST_KEY = 600;
const TIMEOUT = 15_000;
const ASKED_EVERY = 3_000;
const LOST = [404, 409];
const WAITS = [1_000, 2_000, 4_000, 8_000, 15_000];
const TRIED_AGAIN = ["offline", "loggedOut", "refused"];

/** @param {number} status @returns {State} */
function stateOf(status) {
  if (status >= 500 || status === 429) return "offline";
  return /** @type {Record<number, State>} */ ({ 401: "loggedOut", 403: "refused", 404: "stopped", 409: "stopped" })[status] ?? "failed";
}

/** Half a character (a surrogate without its other half) can be typed or pasted but not sent. @param {string} _ @param {unknown} value */
function whole(_, value) {
  return typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value;
}

/**
 * @param {HTMLFormElement} form with data-save-url, data-held-url, data-token-url and data-revision
 * @param {{apply: (answer: any, sent: Map<string, string>, left: string) => void, show: (state: State, text: string) => void,
 *          wait: (unsaved: boolean) => void}} page
 */
export function autosave(form, page) {
  let unsaved = false;
  let stopped = false;
  let leftField = "";
  let unsettled = "";
  let sequence = 0;
  let failures = 0;
  let timer = 0;
  /** @type {Promise<boolean> | null} */ let running = null;

  const isUnsaved = () => !stopped && (unsaved || running !== null);

  /** @param {number} delay */
  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(attempt, delay);
  }
  /** Something has changed. @param {number} delay @param {string} left name of a field that counts as left though it has the cursor */
  function changed(delay = AFTER_LAST_KEY, left = "") {
    if (stopped) return;
    unsaved = true;
    leftField = left;
    schedule(delay);
    page.wait(true);
  }
  /** The cursor has left the field. If the last save came while it was there, the server has not yet settled it. @param {string} name */
  function left(name) {
    if (name && name === unsettled) changed(0);
  }
  /** Whether the attempt, or the one that was already running, came through. @returns {Promise<boolean>} */
  function attempt() {
    clearTimeout(timer);
    if (running || !unsaved || stopped) return running ?? Promise.resolve(!unsaved);
    running = save().finally(() => {
      running = null;
      page.wait(isUnsaved());
    });
    return running;
  }
  /** @param {boolean} renewed whether the token has just been renewed @returns {Promise<boolean>} */
  async function save(renewed = false) {
    const sent = read(form);
    const entered = leftField;
    const cursor = focused(form);
    unsettled = cursor === entered ? "" : cursor;
    unsaved = false;
    leftField = "";
    page.show("saving", "");
    const response = await post(sent, unsettled, { signal: AbortSignal.timeout(TIMEOUT) }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    if (response?.ok && answer) {
      failures = 0;
      page.apply(answer, sent, entered);
      page.show("saved", answer.saved);
      if (unsaved) schedule(AFTER_LAST_KEY);
      return true;
    }
    if (response?.status === 403 && !answer && !renewed && (await renewToken())) return save(true);
    const state = !response || response.ok ? "offline" : stateOf(response.status);
    unsaved = true;
    stopped = state === "stopped";
    page.show(state, answer?.error ?? "");
    if (TRIED_AGAIN.includes(state)) schedule(WAITS[Math.min(failures++, WAITS.length - 1)]);
    return false;
  }
  /** @param {Map<string, string>} fields @param {string} focus @param {RequestInit} options */
  function post(fields, focus, options) {
    const body = JSON.stringify({ revision: Number(form.dataset.revision), sequence: ++sequence, focus, fields: Object.fromEntries(fields) }, whole);
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" };
    return fetch(form.dataset.saveUrl ?? "", { method: "POST", body, headers, ...options });
  }

  /** Whether this page still has the draft. While the user does not look, and while it is being saved, nothing is asked. */
  async function watch() {
    if (!stopped && !running && !document.hidden) {
      const headers = { Accept: "application/json", "X-Webcert-Background": "1" };
      const url = `${form.dataset.heldUrl}?revision=${form.dataset.revision}`;
      const response = await fetch(url, { headers, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) }).catch(() => null);
      if (response && LOST.includes(response.status) && !stopped) {
        stopped = true;
        clearTimeout(timer);
        page.show("stopped", (await response.json().catch(() => null))?.error ?? "");
      }
    }
    if (!stopped) setTimeout(watch, ASKED_EVERY);
  }
  setTimeout(watch, ASKED_EVERY);

  /** A new login in another window has made this page's token old: get the new one, for the saves and the other forms of the page. */
  async function renewToken() {
    const answer = await fetch(form.dataset.tokenUrl ?? "", { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return false;
    const { token } = await answer.json();
    document.querySelector('meta[name="csrf-token"]')?.setAttribute("content", token);
    for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) /** @type {HTMLInputElement} */ (field).value = token;
    return true;
  }

  // Contact may be back: do not wait for the next attempt.
  for (const moment of ["online", "focus"]) addEventListener(moment, attempt);
  document.addEventListener("visibilitychange", attempt);
  // The page is left all the same: the last try that the browser allows.
  addEventListener("pagehide", () => {
    if (unsaved && !stopped) post(read(form), "", { keepalive: true }).catch(() => {});
  });

  return {
    changed,
    left,
    isUnsaved,
    /** Saves what there is; whether everything is saved now. @returns {Promise<boolean>} */
    async settled() {
      while (unsaved || running) if (!(await attempt())) return false;
      return true;
    },
  };
}
