/** What every page needs: the measure of the head that stays, buttons that copy, reload or are out of use, and forms that are sent once. */

/** Tells the style sheets how high the bars and the head that stays are. @param {HTMLElement} top */
function measure(top) {
  const stays = top.querySelector("[data-stays]")?.getBoundingClientRect();
  const style = document.documentElement.style;
  style.setProperty("--bars-height", `${top.offsetHeight - (stays?.height ?? 0)}px`);
  style.setProperty("--head-height", `${stays?.height ?? 0}px`);
}

const top = /** @type {HTMLElement | null} */ (document.querySelector("[data-page-top]"));
if (top) new ResizeObserver(() => measure(top)).observe(top);

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const copies = target.closest("[data-copies]");
  const label = copies?.querySelector("[data-copied-label]");
  if (copies && label) navigator.clipboard.writeText(copies.getAttribute("data-copies") ?? "").then(() => (label.textContent = "Kopierat"));
  if (target.closest("[data-reload]")) location.reload();
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

// Coming back by the browser's back button, the page may be the one that was left: what it says was true before its form was sent.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("form[data-sent]")) location.reload();
});

/** Also the buttons that stand elsewhere and point at the form. @param {HTMLFormElement} form */
function buttonsOf(form) {
  return [...form.elements].filter((element) => element.matches("button:not([type=button])"));
}
