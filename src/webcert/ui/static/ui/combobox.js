/**
 * Suggestions for a coded row: a code field and a text field that belong together ([data-coded-row] inside [data-coded-rows]), with one
 * list of suggestions (ARIA combobox, the focus stays in the field). What may be chosen, and from how many characters, the server says:
 * GET <url>?kodverk=&falt=kod|text&q= → {hits: [{code, title, selectable, note}], hint}, or {error}.
 */
import { fill } from "./helpers.js";
import { suggestion } from "./suggestion.js";

/** @typedef {import("./suggestion.js").Hit} Hit */

const DELAY = 100;
const TIMEOUT = 5_000;

/** @param {HTMLElement} group */
function codedRows(group) {
  const voice = /** @type {HTMLElement} */ (group.querySelector("[data-hits]"));
  const rows = [...group.querySelectorAll("[data-coded-row]")].map((row) => codedRow(/** @type {HTMLElement} */ (row), system, say));

  /** @returns {string} */
  function system() {
    const radio = group.dataset.systemName && document.querySelector(`input[name="${CSS.escape(group.dataset.systemName)}"]:checked`);
    return radio instanceof HTMLInputElement ? radio.value : (group.dataset.system ?? "");
  }
  /** @param {string} text */
  function say(text) {
    voice.textContent = text;
  }
  document.addEventListener("change", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (target.type === "radio" && target.name === group.dataset.systemName) rows.forEach((row) => row.clear());
  });
}

/** @param {HTMLElement} row @param {() => string} system @param {(text: string) => void} say */
function codedRow(row, system, say) {
  const code = /** @type {HTMLInputElement} */ (row.querySelector('[data-field="kod"]'));
  const text = /** @type {HTMLInputElement} */ (row.querySelector('[data-field="text"]'));
  const popup = /** @type {HTMLElement} */ (row.querySelector(".suggestions"));
  const list = /** @type {HTMLElement} */ (popup.querySelector("ul"));
  const foot = /** @type {HTMLElement} */ (popup.querySelector(".suggestions-foot"));
  const url = /** @type {HTMLElement} */ (row.closest("[data-coded-rows]")).dataset.url ?? "";
  /** @type {Hit[]} */ let hits = [];
  let active = -1;
  let timer = 0;
  let asking = new AbortController();
  let filling = false;

  /** @param {string} newCode @param {string} newText */
  function write(newCode, newText) {
    filling = true;
    fill(code, newCode);
    fill(text, newText);
    filling = false;
  }
  function close() {
    clearTimeout(timer);
    asking.abort();
    popup.hidden = true;
    hits = [];
    activate(-1);
    for (const field of [code, text]) field.setAttribute("aria-expanded", "false");
  }
  /** @param {number} index */
  function activate(index) {
    active = index;
    const options = [...list.children];
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    options[index]?.scrollIntoView({ block: "nearest" });
    for (const field of [code, text]) {
      if (index >= 0) field.setAttribute("aria-activedescendant", options[index].id);
      else field.removeAttribute("aria-activedescendant");
    }
  }
  /** Whether something was chosen. @param {number} index */
  function choose(index) {
    const hit = hits[index];
    if (!hit?.selectable) return false;
    close();
    write(hit.code, hit.title);
    say(`${hit.code} ${hit.title} är vald.`);
    return true;
  }
  /** @param {HTMLInputElement} field */
  async function ask(field) {
    asking = new AbortController();
    const query = field.value.trim();
    const address = `${url}?${new URLSearchParams({ kodverk: system(), falt: field.dataset.field ?? "", q: query })}`;
    try {
      const answer = await fetch(address, { signal: AbortSignal.any([asking.signal, AbortSignal.timeout(TIMEOUT)]) });
      const found = await answer.json();
      show(found.hits ?? [], found.error ?? found.hint ?? "", query, field);
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") show([], "Förslagen kunde inte hämtas just nu.", query, field);
    }
  }
  /** @param {Hit[]} found @param {string} hint @param {string} query @param {HTMLInputElement} field */
  function show(found, hint, query, field) {
    if (document.activeElement !== field) return;
    hits = found;
    list.replaceChildren(...hits.map((hit, index) => suggestion(hit, `${list.id}-${index}`, query)));
    list.hidden = hits.length === 0;
    foot.textContent = hint;
    foot.hidden = foot.textContent === "";
    popup.hidden = list.hidden && foot.hidden;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    activate(-1);
    say([hits.length === 1 ? "1 träff." : hits.length > 1 ? `${hits.length} träffar.` : "", foot.textContent].join(" ").trim());
  }

  for (const field of [code, text]) {
    field.addEventListener("input", () => {
      if (filling) return;
      close();
      if (field.value.trim() === "") write("", "");
      else timer = setTimeout(ask, DELAY, field);
    });
    field.addEventListener("keydown", (event) => {
      if (popup.hidden) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && hits.length) activate((active + step + hits.length + (active < 0 && step < 0 ? 1 : 0)) % hits.length);
      else if (event.key === "Tab") return void choose(active);
      else if (event.key === "Enter" && active >= 0) choose(active);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", close);
  }
  // The focus must stay in the field while the list is pressed, or it would close before the click.
  popup.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target).closest("[role=option]");
    if (pressed) choose([...list.children].indexOf(pressed));
  });
  return { clear: () => write("", "") };
}

for (const group of document.querySelectorAll("[data-coded-rows]")) codedRows(/** @type {HTMLElement} */ (group));
