/**
 * A tick that owns fields ([data-ticks-row]): unticking empties them, typing in one ticks, emptying all unticks, and ticking moves the
 * focus to [data-focus-after-tick]. What a ticked row's fields become is the server's business.
 * A radio that owns a field ([data-owns-extra]): the field can be used only while the radio is chosen.
 */
import { announceChange, fill } from "./helpers.js";

/** @param {Element} row @returns {HTMLInputElement | null} */
const tickOf = (row) => row.querySelector("input[type=checkbox]");
/** @param {Element} row @returns {NodeListOf<HTMLInputElement>} */
const fieldsOf = (row) => row.querySelectorAll("input:not([type=checkbox]), textarea");

document.addEventListener("change", (event) => {
  const target = /** @type {HTMLInputElement} */ (event.target);
  if (target.type === "radio") return enableExtras();
  const row = target.closest("[data-ticks-row]");
  if (!row || target !== tickOf(row)) return;
  if (target.checked) /** @type {HTMLElement | null} */ (row.querySelector("[data-focus-after-tick]"))?.focus();
  else fieldsOf(row).forEach((field) => fill(field, ""));
});

// Only a field that the user has edited says something by being empty: a row just ticked waits for the server to give it its date.
const edited = new WeakSet();
document.addEventListener("focusout", (event) => {
  const field = /** @type {HTMLElement} */ (event.target);
  const row = edited.delete(field) && field.closest("[data-ticks-row]");
  const tick = row && tickOf(row);
  if (!row || !tick?.checked || event.relatedTarget === tick || [...fieldsOf(row)].some((other) => other.value.trim() !== "")) return;
  tick.checked = false;
  announceChange(tick);
});

document.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const row = field.closest?.("[data-ticks-row]");
  const tick = row && tickOf(row);
  if (!tick || field === tick) return;
  edited.add(field);
  if (tick.checked || field.value.trim() === "") return;
  tick.checked = true;
  // Told as input only: the change of a tick moves the focus, and here the user is writing.
  tick.dispatchEvent(new Event("input", { bubbles: true }));
});

function enableExtras() {
  for (const option of document.querySelectorAll("[data-owns-extra]")) {
    const radio = /** @type {HTMLInputElement} */ (option.querySelector("input[type=radio]"));
    for (const field of option.querySelectorAll("select, input:not([type=radio])")) {
      /** @type {HTMLInputElement} */ (field).disabled = !radio.checked || radio.disabled;
    }
  }
}
enableExtras();
