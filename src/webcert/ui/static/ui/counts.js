/**
 * Keeps the numbers on the tabs and for other units true while the page is open. Asking does not prolong the session (X-Webcert-Background),
 * and what could not be asked is asked again next time.
 */
const EVERY = 60_000;

const url = /** @type {HTMLElement} */ (document.querySelector("[data-counts-url]")).dataset.countsUrl ?? "";

async function refresh() {
  if (document.hidden) return;
  try {
    const headers = { Accept: "application/json", "X-Webcert-Background": "1" };
    const answer = await fetch(url, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (answer.ok) show(await answer.json());
  } catch {
    // The numbers stay as they were.
  }
}

/** @param {{tabs: Record<string, {count: number, counted: string}>, elsewhere: string}} counts */
function show(counts) {
  for (const badge of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-count]"))) {
    const { count, counted } = counts.tabs[badge.dataset.count ?? ""] ?? { count: 0, counted: "" };
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = ` ${counted}`;
    badge.replaceChildren(String(count), words);
    badge.title = `${count} ${counted}`;
    badge.hidden = !count;
  }
  const elsewhere = /** @type {HTMLElement | null} */ (document.querySelector("[data-count-elsewhere]"));
  if (!elsewhere) return;
  elsewhere.textContent = counts.elsewhere;
  elsewhere.hidden = !counts.elsewhere;
}

setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", refresh);
