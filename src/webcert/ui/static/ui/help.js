/** "Vad ska anges": a button with aria-expanded folds its region out and in. Several may be open. */
document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-help]");
  const region = button && document.getElementById(button.getAttribute("aria-controls") ?? "");
  if (!button || !region) return;
  region.hidden = !region.hidden;
  button.setAttribute("aria-expanded", String(!region.hidden));
});
