/**
 * The dialog that revokes: each reason has a text of its own, and the button works when what the reason needs is there. The server decides;
 * when it has refused, the dialog is open again with what was typed.
 */
import { openDialog } from "../ui/helpers.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-revoke]"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button:not([type=button])"));

function show() {
  const chosen = form.querySelector('input[name="reason"]:checked');
  let ready = chosen !== null;
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-reason]"))) {
    place.hidden = place.dataset.reason !== chosen?.getAttribute("value");
    if (place.hidden) continue;
    const area = /** @type {HTMLTextAreaElement} */ (place.querySelector("textarea"));
    const lacks = place.hasAttribute("data-needs-text") && area.value.trim() === "";
    ready &&= !lacks && area.value.length <= Number(area.dataset.limit);
  }
  button.setAttribute("aria-disabled", String(!ready));
}

form.addEventListener("input", show);
form.addEventListener("change", show);
show();
if (form.hasAttribute("data-refused")) openDialog(/** @type {HTMLDialogElement} */ (form.closest("dialog")));
