/**
 * What every page needs: the measure of the head that stays, buttons that copy or are out of use, forms that are sent once,
 * and the helpers that the other scripts share.
 */

/** Sends values as a form. Refuses silently nothing: the caller sees the response.
 * @param {string} url @param {Record<string, string>} values @returns {Promise<Response>} */
export function post(url, values) {
  const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
  return fetch(url, { method: "POST", body: new URLSearchParams(values), headers: { "X-CSRFToken": token }, signal: AbortSignal.timeout(15_000) });
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

/** Tells the style sheets how high the bars and the head that stays are. @param {HTMLElement} top */
function measure(top) {
  const stays = /** @type {HTMLElement | null} */ (top.querySelector("[data-stays]"));
  const style = document.documentElement.style;
  style.setProperty("--bars-height", `${stays ? stays.offsetTop - top.offsetTop : top.offsetHeight}px`);
  style.setProperty("--head-height", `${stays?.offsetHeight ?? 0}px`);
}

const top = /** @type {HTMLElement | null} */ (document.querySelector("[data-page-top]"));
if (top) new ResizeObserver(() => measure(top)).observe(top);

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const copies = target.closest("[data-copies]");
  const label = copies?.querySelector("[data-copied-label]");
  if (copies && label) navigator.clipboard.writeText(copies.getAttribute("data-copies") ?? "").then(() => (label.textContent = "Kopierat"));
  if (target.closest('[aria-disabled="true"]')) event.preventDefault();
});

// A form marked data-once is sent once: a second press does nothing until the answer or the page has come.
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (form.hasAttribute("data-sent")) return event.preventDefault();
  form.setAttribute("data-sent", "");
  for (const button of buttonsOf(form)) {
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("data-busy", "");
    if (button === event.submitter && !button.matches(".icon-button")) button.append(" …");
  }
});

// Coming back by the browser's back button, the page may be the one that was left: let its buttons work again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    form.removeAttribute("data-sent");
    for (const button of buttonsOf(/** @type {HTMLFormElement} */ (form))) {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("data-busy");
      if (button.lastChild?.nodeValue === " …") button.lastChild.remove();
    }
  }
});

/** Also the buttons that stand elsewhere and point at the form. @param {HTMLFormElement} form */
function buttonsOf(form) {
  return [...form.elements].filter((element) => element.matches("button:not([type=button])"));
}
