/**
 * The support panel: tabs with arrow keys, and hiding. While hidden the tabs stand at the edge, and choosing one opens the panel again.
 * The choice is remembered for the user when the page says where (data-setting-url).
 */
import { post } from "./helpers.js";

const SETTING = "panel_hidden";

const work = /** @type {HTMLElement | null} */ (document.querySelector("[data-panel]"));
const tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.panel [role="tab"]')]);
const hide = document.querySelector(".panel-hide");

/** @param {HTMLElement} chosen */
function choose(chosen) {
  for (const tab of tabs) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    const body = document.getElementById(tab.getAttribute("aria-controls") ?? "");
    if (body) body.hidden = !isChosen;
  }
}

/** @param {boolean} hidden */
function show(hidden) {
  if (!work || (work.dataset.panel === "hidden") === hidden) return;
  work.dataset.panel = hidden ? "hidden" : "open";
  hide?.setAttribute("aria-expanded", String(!hidden));
  const url = work.dataset.settingUrl;
  // Not remembering is no reason to disturb: the panel did what was asked.
  if (url) post(url, { key: SETTING, value: String(hidden) }).catch(() => {});
}

/** @type {Record<string, (at: number) => number>} */
const MOVES = {
  ArrowRight: (at) => (at + 1) % tabs.length,
  ArrowDown: (at) => (at + 1) % tabs.length,
  ArrowLeft: (at) => (at - 1 + tabs.length) % tabs.length,
  ArrowUp: (at) => (at - 1 + tabs.length) % tabs.length,
  Home: () => 0,
  End: () => tabs.length - 1,
};

for (const tab of tabs) {
  tab.addEventListener("click", () => {
    choose(tab);
    show(false);
  });
  tab.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const next = tabs[move(tabs.indexOf(tab))];
    next.focus();
    choose(next);
  });
}
hide?.addEventListener("click", () => show(work?.dataset.panel !== "hidden"));
