/**
 * Dialogs: <dialog class="dialog" id="x"> is opened by [data-opens="x"] and closed by [data-closes], Esc, a click outside,
 * or the browser's back button. With data-fixed only [data-closes] closes. Focus goes to the heading and comes back to the opener
 * (the browser sees to the latter, and to keeping the focus inside).
 */

import { openDialog } from "./helpers.js";

window.addEventListener("popstate", () => {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[open]"));
  if (!dialog || history.state?.dialog === dialog.id) return;
  if (dialog.hasAttribute("data-fixed")) history.pushState({ dialog: dialog.id }, "");
  else dialog.close();
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const opener = target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.getAttribute("data-opens") ?? "");
  if (dialog instanceof HTMLDialogElement && opener?.getAttribute("aria-disabled") !== "true") openDialog(dialog);
  if (target.closest("[data-closes]")) target.closest("dialog")?.close();
});

// A press that both begins and ends on the backdrop closes; marking text that slips outside does not.
let pressedOutside = false;
document.addEventListener("pointerdown", (event) => (pressedOutside = isOutside(event)));
document.addEventListener("click", (event) => {
  if (pressedOutside && isOutside(event)) /** @type {HTMLDialogElement} */ (event.target).close();
});

/** @param {MouseEvent} event */
function isOutside(event) {
  const dialog = event.target;
  if (!(dialog instanceof HTMLDialogElement) || dialog.hasAttribute("data-fixed")) return false;
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

document.addEventListener("cancel", (event) => {
  if (/** @type {Element} */ (event.target).matches("dialog[data-fixed]")) event.preventDefault();
}, true);
