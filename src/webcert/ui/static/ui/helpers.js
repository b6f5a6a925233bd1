/** Functions that several scripts use. Importing this does nothing by itself, so that every other script is the only one of its kind in a page. */

/** Sends values as a form. The caller sees the response, whatever it is.
 * @param {string} url @param {Record<string, string>} values @returns {Promise<Response>} */
export function post(url, values) {
  const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
  return fetch(url, { method: "POST", body: new URLSearchParams(values), headers: { "X-CSRFToken": token, Accept: "application/json" }, signal: AbortSignal.timeout(15_000) });
}

/** Sets a control's value as if the user had done it: those who listen are told. @param {HTMLInputElement} control @param {string} value */
export function fill(control, value) {
  if (control.value === value) return;
  control.value = value;
  announceChange(control);
}

/** @param {HTMLElement} control */
export function announceChange(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Moves view and focus to a place that is not a control. @param {HTMLElement} place */
export function goTo(place) {
  place.scrollIntoView({ block: "start" });
  place.focus({ preventScroll: true });
}

/** Opens a dialog as dialog.js describes. @param {HTMLDialogElement} dialog */
export function openDialog(dialog) {
  if (dialog.open) return;
  /** @type {HTMLElement | null} */ (document.querySelector("[popover]:popover-open"))?.hidePopover();
  dialog.showModal();
  const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector("h2[tabindex]");
  if (first instanceof HTMLElement) first.focus();
  history.pushState({ dialog: dialog.id }, "");
  // The step just added is taken back when the dialog is closed in another way than by the back button.
  dialog.addEventListener("close", () => history.state?.dialog === dialog.id && history.back(), { once: true });
}
