/**
 * Text areas: how many characters are left, told aloud only near the limit and only in pauses; and growth with the content where the
 * browser does not do that itself (field-sizing).
 */
const PAUSE = 1_000;
const NEAR = 100;
const grows = !CSS.supports("field-sizing", "content");
const numbers = new Intl.NumberFormat("sv-SE");

const voice = document.createElement("p");
voice.className = "visually-hidden";
voice.setAttribute("role", "status");
document.body.append(voice);
let pause = 0;

/** @param {HTMLTextAreaElement} area */
function count(area) {
  const place = document.querySelector(`[data-counter="${CSS.escape(area.name)}"]`);
  if (!place) return "";
  const left = Number(area.dataset.limit) - area.value.length;
  const text = left < 0 ? `${numbers.format(-left)} tecken för mycket` : `${numbers.format(left)} tecken kvar`;
  place.textContent = text;
  place.classList.toggle("over", left < 0);
  return left <= NEAR ? text : "";
}

/** @param {HTMLTextAreaElement} area */
function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

for (const area of document.querySelectorAll("textarea")) {
  if (area.dataset.limit) count(area);
  if (grows && area.hasAttribute("data-grow")) grow(area);
}

document.addEventListener("input", (event) => {
  const area = event.target;
  if (!(area instanceof HTMLTextAreaElement)) return;
  if (grows && area.hasAttribute("data-grow")) grow(area);
  if (!area.dataset.limit) return;
  const text = count(area);
  clearTimeout(pause);
  pause = setTimeout(() => (voice.textContent = text), PAUSE);
});
