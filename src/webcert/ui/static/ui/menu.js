/** Menus: <details class="menu"> closes when one of its items is chosen, by Esc, and when something else is pressed or gets the focus. */

const openMenus = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.menu[open]"));

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  for (const menu of openMenus()) if (!menu.contains(target) || target.closest(".menu-item")) menu.open = false;
});

document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(/** @type {Element} */ (event.target))) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
