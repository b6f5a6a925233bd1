/**
 * Watches how long the session lasts. Asks the server, tells two minutes before the end, and leaves for the logged-out page when it
 * is over, so that no patient data stays on the screen. Asking does not itself prolong the session (X-Webcert-Background).
 */
import { openDialog } from "./helpers.js";

const EVERY = 30_000;
const WARN_BELOW = 120;

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("session-ends"));
const leftText = /** @type {HTMLElement} */ (dialog.querySelector("[data-session-left]"));
let timer = 0;

/** Seconds left: 0 when there is no session, null when the server cannot be reached. @param {boolean} background @returns {Promise<number | null>} */
async function secondsLeft(background) {
  try {
    const headers = background ? { "X-Webcert-Background": "1" } : undefined;
    const answer = await fetch(dialog.dataset.sessionUrl ?? "", { headers, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (answer.ok) return Number((await answer.json()).seconds_left);
    return answer.status >= 500 ? null : 0;
  } catch {
    return null;
  }
}

/** @param {boolean} background */
async function check(background) {
  clearTimeout(timer);
  const left = await secondsLeft(background);
  if (left !== null && left <= 0) return leave();
  if (left === null || left > WARN_BELOW) {
    if (left !== null && dialog.open) dialog.close();
    timer = setTimeout(check, Math.min(EVERY, ((left ?? Infinity) - WARN_BELOW) * 1000), true);
    return;
  }
  leftText.textContent = left > 60 ? `${Math.ceil(left / 60)} minuter` : `${left} sekunder`;
  openDialog(dialog);
  timer = setTimeout(check, Math.min(EVERY, left * 1000 + 500), true);
}

/** What is not yet saved is the editor's to save: it is told first, and may wait with leaving. */
function leave() {
  if (document.dispatchEvent(new CustomEvent("webcert:session-over", { cancelable: true }))) location.assign(dialog.dataset.loggedOutUrl ?? "/");
}

dialog.querySelector("[data-closes]")?.addEventListener("click", () => check(false));
document.addEventListener("visibilitychange", () => document.hidden || check(true));
timer = setTimeout(check, EVERY, true);
