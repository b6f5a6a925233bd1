/** Waits for the signature: asks once a second how it goes, shows what to do and the newest QR code, and goes on when it has ended. */

const SECOND = 1000;

const place = /** @type {HTMLElement} */ (document.querySelector("[data-bankid]"));
const text = /** @type {HTMLElement} */ (place.querySelector("[data-text]"));
const code = /** @type {HTMLImageElement | null} */ (place.querySelector("[data-qr]"));
const link = /** @type {HTMLAnchorElement | null} */ (place.querySelector("[data-open]"));

/** @type {number | undefined} */
let waiting;

/** Told only when it is new, so that screen readers say it once. @param {string} told */
function tell(told) {
  if (text.textContent !== told) text.textContent = told;
}

/** @param {{text: string, qr: string, may_open: boolean, next: string}} state */
function show(state) {
  if (state.next) {
    location.replace(state.next);
    return;
  }
  tell(state.text);
  if (code) {
    code.hidden = !state.qr;
    if (state.qr) code.src = state.qr;
  }
  if (link) link.hidden = !state.may_open;
  askLater();
}

function askLater() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, SECOND);
}

async function ask() {
  try {
    const answer = await fetch(/** @type {string} */ (place.dataset.statusUrl), {
      headers: { Accept: "application/json", "X-Webcert-Background": "true" },
      signal: AbortSignal.timeout(20 * SECOND),
    });
    if (answer.ok) show(await answer.json());
    else if (answer.status === 429) askLater();
    else if (answer.status < 500) location.reload();
    else throw new Error(String(answer.status));
  } catch {
    tell("Webcert går inte att nå just nu. Vi försöker igen.");
    askLater();
  }
}

if (link && "launch" in place.dataset) {
  history.replaceState(history.state, "", location.pathname);
  location.href = link.href;
}
// Who comes back from the app wants to see at once how it went.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && askLater());
askLater();
