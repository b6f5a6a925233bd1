/** How one suggestion of combobox.js looks: code, title with what was searched for marked, and why it cannot be chosen. */

/** @typedef {{code: string, title: string, selectable: boolean, note?: string}} Hit */

/** @param {Hit} hit @param {string} id @param {string} query */
export function suggestion(hit, id, query) {
  const item = document.createElement("li");
  item.id = id;
  item.className = "suggestion";
  item.setAttribute("role", "option");
  item.setAttribute("aria-disabled", String(!hit.selectable));
  const code = document.createElement("b");
  const title = document.createElement("span");
  code.append(...marked(hit.code, [query.replace(".", "")]));
  title.append(...marked(hit.title, query.split(/\s+/)));
  item.append(code, title);
  if (hit.note) item.append(Object.assign(document.createElement("span"), { className: "note", textContent: hit.note }));
  return item;
}

/** The text with every word-beginning that was searched for marked. @param {string} text @param {string[]} words */
function marked(text, words) {
  const wanted = words.filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text.split(new RegExp(`(?<![\\p{L}\\d])(${wanted.join("|")})`, "giu")).map((part, at) => {
    if (at % 2 === 0) return part;
    return Object.assign(document.createElement("mark"), { textContent: part });
  });
}
