/** The form's fields as text by name: read from the page, written into it without ever touching what the user is doing. */

/** @typedef {Map<string, string>} Fields */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** @param {HTMLFormElement} form @returns {Control[]} */
export function controlsOf(form) {
  return /** @type {Control[]} */ ([...form.elements].filter((element) => "name" in element && element.name));
}

/** The name of the text field that has the cursor; empty when none has. @param {HTMLFormElement} form */
export function focused(form) {
  return controlsOf(form).find((control) => control === document.activeElement && control.matches("textarea, [type=text]"))?.name ?? "";
}

/** What stands in the fields that can be used; empty ones and boxes that are not ticked are left out.
 * @param {HTMLFormElement} form @returns {Fields} */
export function read(form) {
  /** @type {Fields} */ const fields = new Map();
  for (const control of controlsOf(form)) {
    const chosen = control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type) ? control.checked : true;
    if (!control.disabled && chosen && control.value) fields.set(control.name, control.value);
  }
  return fields;
}

/**
 * Writes the server's texts into the fields. Left alone: the field with the cursor (unless it is `left`, by Enter), and every field that
 * the user has changed since `sent` was read.
 * @param {HTMLFormElement} form @param {Record<string, string>} values @param {Fields} sent @param {string} left
 */
export function write(form, values, sent, left) {
  const now = read(form);
  for (const control of controlsOf(form)) {
    const text = values[control.name];
    const typedSince = now.get(control.name) !== sent.get(control.name);
    const busy = control === document.activeElement && control.name !== left;
    if (text === undefined || busy || typedSince || control.disabled || control.matches("[type=checkbox], [type=radio]")) continue;
    if (control.value !== text) control.value = text;
  }
}
