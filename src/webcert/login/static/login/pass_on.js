/** The form of the page is sent as soon as it is there; the browser then keeps no trace of the page on the way back. */
/** @type {HTMLFormElement} */ (document.querySelector("form[data-pass-on]")).submit();
