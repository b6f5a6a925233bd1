/**
 * "Tillbaka" leads to the list that the user came from, with its filter and page, and there to the row that was opened. The list's address is
 * remembered for this tab only; where there is none the link leads where the page says.
 */
const KEY = "webcert:list";
const ROW = "#rad-";

const isList = document.querySelector("[data-list]") !== null;
if (isList) addEventListener("pagehide", () => sessionStorage.setItem(KEY, location.pathname + location.search));
else if (!document.querySelector(".bar-unit, [data-pass-on]")) sessionStorage.removeItem(KEY); // nobody is logged in

const list = sessionStorage.getItem(KEY);
if (list) {
  const row = location.pathname.split("/").at(-1);
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.back"))) link.href = `${list}${ROW}${row}`;
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-back]"))) field.value = list;
}

if (isList && location.hash.startsWith(ROW)) {
  const opener = document.querySelector(`[data-row="${CSS.escape(location.hash.slice(ROW.length))}"] [data-opens-row]`);
  /** @type {HTMLElement | null} */ (opener)?.focus();
}
