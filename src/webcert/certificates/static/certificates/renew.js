/** "Förnya" in a list: the dialog is one for all certificates of a type, and its form is told which one is meant. */
document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-renew-url]"));
  const form = button && document.getElementById(button.dataset.opens ?? "")?.querySelector("form");
  if (!form) return;
  form.action = button.dataset.renewUrl ?? "";
  /** @type {HTMLInputElement} */ (form.querySelector('input[name="id"]')).value = button.dataset.newId ?? "";
});
