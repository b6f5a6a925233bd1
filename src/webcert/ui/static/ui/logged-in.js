/**
 * One user works on one unit at a time, in all tabs. Each page that comes tells the others who and where that is now; a page that was made
 * for another unit, or another user, then says so ([data-logged-in-otherwise]), since what is done in it is done on the new one.
 */
const own = /** @type {HTMLElement} */ (document.querySelector("[data-logged-in]")).dataset.loggedIn ?? "";
const notice = /** @type {HTMLElement} */ (document.querySelector("[data-logged-in-otherwise]"));
const channel = new BroadcastChannel("webcert:logged-in");

channel.addEventListener("message", ({ data }) => {
  /** @type {HTMLElement} */ (notice.querySelector("[data-logged-in-now]")).textContent = data;
  notice.hidden = data === own;
});
channel.postMessage(own);
