/**
 * Watches how long the session lasts. Asks the server, tells two minutes before the end, and leaves for the logged-out page when it
 * is over, so that no patient data stays on the screen. Asking does not itself prolong the session (X-Webcert-Background). When nothing
 * prolongs it any more that is told instead, once.
 */
import { openDialog } from "./helpers.js";

const EVERY = 30_000;
const WARN_BELOW = 120;

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("session-ends"));
const leftText = /** @type {HTMLElement} */ (dialog.querySelector("[data-session-left]"));
let timer = 0;
let lastTold = false;

/** @typedef {{seconds_left: number, lasts_longer: boolean}} Left */
const OVER = { seconds_left: 0, lasts_longer: false };

/** What is left; null when the server cannot be reached. @param {boolean} background @returns {Promise<Left | null>} */
async function ask(background) {
  try {
    const headers = background ? { "X-Webcert-Background": "1" } : undefined;
    const answer = await fetch(dialog.dataset.sessionUrl ?? "", { headers, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (answer.ok) return await answer.json();
    return answer.status >= 500 ? null : OVER;
  } catch {
    return null;
  }
}

/** @param {boolean} background */
async function check(background) {
  clearTimeout(timer);
  const answer = await ask(background);
  const left = answer?.seconds_left ?? null;
  if (left !== null && left <= 0) return leave();
  if (left === null || left > WARN_BELOW) {
    if (left !== null && dialog.open) dialog.close();
    timer = setTimeout(check, Math.min(EVERY, ((left ?? Infinity) - WARN_BELOW) * 1000), true);
    return;
  }
  if (answer) warn(answer);
  timer = setTimeout(check, Math.min(EVERY, left * 1000 + 500), true);
}

/** @param {Left} left */
function warn({ seconds_left, lasts_longer }) {
  leftText.textContent = seconds_left > 60 ? `${Math.ceil(seconds_left / 60)} minuter` : `${seconds_left} sekunder`;
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[data-lasts-longer]"))) {
    part.hidden = part.dataset.lastsLonger !== String(lasts_longer);
  }
  if (lasts_longer || !lastTold) openDialog(dialog);
  lastTold = !lasts_longer;
}

/** What is not yet saved is the editor's to save: it is told first, and may wait with leaving. */
function leave() {
  if (document.dispatchEvent(new CustomEvent("webcert:session-over", { cancelable: true }))) location.assign(dialog.dataset.loggedOutUrl ?? "/");
}

dialog.querySelector("[data-closes]")?.addEventListener("click", () => check(false));
document.addEventListener("visibilitychange", () => document.hidden || check(true));
timer = setTimeout(check, EVERY, true);
