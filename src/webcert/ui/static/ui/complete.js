/** A form marked data-complete-first: its buttons cannot be used until what is required in it is filled in. */
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-complete-first]"))) {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...form.elements].filter((element) => element.matches("button:not([type=button])")));
  const judge = () => buttons.forEach((button) => (button.disabled = !form.checkValidity()));
  form.addEventListener("input", judge);
  judge();
}
