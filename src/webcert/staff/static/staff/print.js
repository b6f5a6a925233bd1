/** A button marked data-print prints the page. */
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-print]"))) {
  button.addEventListener("click", () => window.print());
}
