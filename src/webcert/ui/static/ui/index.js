/** The index of sections: marks the section that is being read, and moves view and focus to the one that is clicked. */
import { goTo } from "./helpers.js";

const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("[data-index]")]);

/** @param {string} id */
function mark(id) {
  for (const link of links) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** The last section whose top has passed under the head; at the end of the page the last one that is seen. */
function follow() {
  const sections = [...document.querySelectorAll(".category:not([hidden])")];
  const covered = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
  const passed = sections.filter((section) => section.getBoundingClientRect().top <= covered);
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2 && scrollY > 0;
  const current = atEnd ? sections.at(-1) : (passed.at(-1) ?? sections[0]);
  if (current) mark(current.id);
}

let waiting = false;
addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    follow();
  });
}, { passive: true });
follow();

// Links to sections, in the index and in the list of what is missing: focus goes along, to the first field at fault if there is one.
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest('a[href^="#kat-"]');
  const section = link && document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
  if (!link || !section) return;
  event.preventDefault();
  /** @type {HTMLElement | null} */ (link.closest("[popover]:popover-open"))?.hidePopover();
  goTo(section);
  mark(section.id);
  const fault = link.hasAttribute("data-index") ? null : section.querySelector('[aria-invalid="true"]:not(:disabled)');
  if (fault instanceof HTMLElement) fault.focus();
});
