/**
 * The field for the patient's number: asks the server whether what is typed is a number, and writes the dash when it is.
 * "Fortsätt" can be pressed once it is. The rule itself is the server's; when it cannot be asked, the form can be sent as it is.
 */
import { post } from "../ui/helpers.js";

const COMPLETE = /^\s*\d{8}[-+]?\d{4}\s*$/;

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-number-search]"));
const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("number"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
const problem = /** @type {HTMLElement} */ (document.getElementById("number-problem"));

/** @param {string} text */
function show(text) {
  problem.textContent = text;
  problem.hidden = !text;
  if (text) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

async function check() {
  const typed = field.value;
  let verdict = { number: "", error: "" };
  try {
    const answer = await post(form.dataset.checkUrl ?? "", { number: typed });
    if (answer.ok) verdict = await answer.json();
    else verdict.number = typed;
  } catch {
    verdict.number = typed;
  }
  if (field.value !== typed) return;
  button.disabled = Boolean(verdict.error);
  if (verdict.error) show(verdict.error);
  else field.value = verdict.number;
}

field.addEventListener("input", () => {
  show("");
  button.disabled = !COMPLETE.test(field.value);
  if (!button.disabled) check();
});
field.addEventListener("change", () => field.value.trim() && check());
button.disabled = !COMPLETE.test(field.value);
