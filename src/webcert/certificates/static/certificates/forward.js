/**
 * Forwarding a draft by mail: [data-forward] opens the letter; when the user is back, the question is asked whether the draft is to be marked
 * (D17), unless it is. [data-forwarded] is the mark: a text in a list, a box in the draft that can be ticked and unticked.
 */
import { openDialog, post } from "../ui/helpers.js";

const WAIT = 1_000;
const FAILED = "Markeringen gick inte att spara. Försök igen om en stund.";

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("vidarebefordrad"));
const problem = /** @type {HTMLElement} */ (dialog.querySelector("[data-forward-problem]"));

/** @type {HTMLElement | null} */
let asked = null;

/** What went wrong, or nothing. @param {HTMLElement} link @param {boolean} forwarded */
async function note(link, forwarded) {
  try {
    const answer = await post(link.dataset.forwardUrl ?? "", { forwarded: String(forwarded) });
    return answer.ok ? "" : ((await answer.json()).error ?? FAILED);
  } catch {
    return FAILED;
  }
}

/** @param {string} id @param {boolean} forwarded */
function show(id, forwarded) {
  for (const mark of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[data-forwarded="${id}"]`))) {
    if (mark instanceof HTMLInputElement) mark.checked = forwarded;
    else mark.hidden = !forwarded;
  }
  document.querySelector(`[data-forward="${id}"]`)?.toggleAttribute("data-is-forwarded", forwarded);
}

/** Asks when the user looks at the page: at once when no mail program took the focus, else when she comes back. @param {HTMLElement} link */
function askWhenBack(link) {
  const ask = () => {
    asked = link;
    problem.hidden = true;
    openDialog(dialog);
  };
  setTimeout(() => (document.hasFocus() ? ask() : addEventListener("focus", ask, { once: true })), WAIT);
}

document.addEventListener("click", async (event) => {
  const target = /** @type {Element} */ (event.target);
  const link = /** @type {HTMLElement | null} */ (target.closest("a[data-forward]"));
  if (link && !link.hasAttribute("data-is-forwarded")) askWhenBack(link);
  if (!target.closest("[data-forward-yes]") || !asked) return;
  const wrong = await note(asked, true);
  problem.textContent = wrong;
  problem.hidden = !wrong;
  if (wrong) return;
  show(asked.dataset.forward ?? "", true);
  dialog.close();
});

document.addEventListener("change", async (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  if (!box.matches("input[data-forwarded]")) return;
  const wrong = await note(box, box.checked);
  if (wrong) box.checked = !box.checked;
  box.setCustomValidity(wrong);
  box.reportValidity();
  show(box.dataset.forwarded ?? "", box.checked);
});
