/** Before the page is left, in whatever way: what is unsaved is saved first, and when that cannot be done the user decides. */

/** Whether the click goes to another page of ours. The login that a notice offers is to be reached with text unsaved.
 * @param {HTMLAnchorElement} link @param {MouseEvent} click */
function leaves(link, click) {
  const special = click.button || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey;
  const inside = link.getAttribute("href")?.startsWith("#") || link.closest("[data-notice]");
  return !special && !inside && link.origin === location.origin;
}

/**
 * @param {HTMLFormElement} draft its own sending is none of this
 * @param {{isUnsaved: () => boolean, settled: () => Promise<boolean>}} saving
 */
export function saveBeforeLeaving(draft, saving) {
  document.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form === draft || form.matches("[data-sign]") || event.defaultPrevented || !saving.isUnsaved()) return;
    event.preventDefault();
    if (await saving.settled()) form.requestSubmit(event.submitter);
    else form.submit();
  }, { capture: true });

  document.addEventListener("click", async (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || event.defaultPrevented || !saving.isUnsaved() || !leaves(link, event)) return;
    event.preventDefault();
    // Opened now, while the browser still counts it as the user's own doing.
    const elsewhere = link.target === "_blank" ? open("about:blank", "_blank") : null;
    const saved = await saving.settled();
    if (elsewhere && !saved) elsewhere.close();
    else (elsewhere ?? window).location.assign(link.href);
  });

  addEventListener("beforeunload", (event) => {
    if (saving.isUnsaved()) event.preventDefault();
  });

  // The session ended by inactivity: a page with unsaved text stays, so that it can be saved after a new login.
  document.addEventListener("webcert:session-over", (event) => {
    if (!saving.isUnsaved()) return;
    event.preventDefault();
    saving.settled();
  });
}
