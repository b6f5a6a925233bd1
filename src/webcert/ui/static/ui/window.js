/**
 * In a window that an EHR has opened: tells the server when a page of ours is there and when the last one has gone, so that the session
 * ends with the window. Who has just pressed something that leads on goes on, also to the signing service, and closes nothing.
 */
const LEADS_ON = 10_000;
const url = /** @type {HTMLElement} */ (document.getElementById("session-ends")).dataset.windowUrl ?? "";
const token = () => document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
let pressed = -Infinity;

/** @param {"open" | "closed"} state */
function tell(state) {
  navigator.sendBeacon(url, new URLSearchParams({ state, csrfmiddlewaretoken: token() }));
}

document.addEventListener("submit", (event) => event.defaultPrevented || (pressed = performance.now()));
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a[href]");
  if (link && !link.hasAttribute("target") && !event.defaultPrevented) pressed = performance.now();
});
window.addEventListener("pagehide", () => performance.now() - pressed < LEADS_ON || tell("closed"));
window.addEventListener("pageshow", () => {
  tell("open");
  setTimeout(tell, 3_000, "open"); // what the page before has said as it went may come after what this one says
});
