/** A form marked data-submit-on-change is sent when one of its choices changes; the one that was chosen has the focus afterwards. */
const KEY = "webcert:chosen";

document.addEventListener("change", (event) => {
  const control = /** @type {HTMLInputElement} */ (event.target);
  if (!control.form?.matches("[data-submit-on-change]")) return;
  sessionStorage.setItem(KEY, control.id);
  control.form.requestSubmit();
});

const chosen = sessionStorage.getItem(KEY);
if (chosen) {
  sessionStorage.removeItem(KEY);
  document.getElementById(chosen)?.focus();
}
