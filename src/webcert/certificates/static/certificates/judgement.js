/**
 * Shows the server's judgement of the draft: which questions are asked, what is wrong, what is missing, how far the sections have come.
 * No rule is known here. What is missing is told only on request (`tell`), what is wrong at once, though never first while the cursor is there.
 */
import { controlsOf, focused } from "./fields.js";

/**
 * @typedef {{question: string, field: string, kind: string, text: string}} Problem
 * @typedef {{complete: boolean, visible: string[], problems: Problem[], sections: {id: string, state: string}[], remarks: Record<string, string>}} Judgement
 */

const MISSING = "EMPTY";
const WARNING = "WARNING";
const TOLD_ONCE = "PERIOD_OVERLAP";
const STATE_WORDS = /** @type {Record<string, string>} */ ({ complete: ", klart", wrong: ", något är fel", missing: ", uppgifter saknas" });
const FIRST_CONTROL = ["[type=checkbox]", ".input:not(.short)", ".textarea, .select", "[role=radiogroup]"];

/** @param {string} name */
const idOf = (name) => name.replaceAll(".", "-");

/** @param {HTMLFormElement} form @param {Judgement} first */
export function judgementOf(form, first) {
  const list = /** @type {HTMLElement} */ (document.querySelector("[data-missing]"));
  const toggle = /** @type {HTMLElement} */ (document.querySelector("[data-missing-toggle]"));
  const categories = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-category]")]).map((section) => section.dataset.category ?? "");
  const links = new Map(categories.map((category) => [category, linkTo(category)]));
  list.querySelector("[data-missing-links]")?.replaceChildren(...links.values());
  let judgement = first;
  let told = false;

  /** @param {Judgement} newest */
  function apply(newest) {
    judgement = newest;
    showQuestions();
    for (const output of form.querySelectorAll("[data-remark]")) {
      output.textContent = judgement.remarks[output.getAttribute("data-remark") ?? ""] ?? "";
    }
    show();
  }
  function show() {
    showSections();
    showProblems();
  }
  function showQuestions() {
    const visible = new Set(judgement.visible);
    for (const question of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-question]"))) {
      const id = question.dataset.question ?? "";
      question.hidden = !visible.has(id);
      const star = /** @type {HTMLElement | null} */ (question.querySelector("[data-star]"));
      if (star) star.hidden = !judgement.problems.some((problem) => problem.question === id && problem.kind === MISSING);
    }
  }
  function showSections() {
    const states = new Map(judgement.sections.map(({ id, state }) => [id, state === "wrong" && !isWrong(id) ? "missing" : state]));
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-category]"))) {
      section.hidden = !states.has(section.dataset.category ?? "");
    }
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-index]"))) {
      const state = states.get(link.dataset.index ?? "");
      /** @type {HTMLElement} */ (link.parentElement).hidden = !state;
      link.dataset.state = state ?? "";
      const words = link.querySelector("[data-state-text]");
      if (words) words.textContent = STATE_WORDS[state ?? ""] ?? "";
    }
    const lacking = judgement.sections.filter(({ state }) => state !== "complete").map(({ id }) => id);
    // Hidden rather than taken away: whoever stands on a link keeps her place when an answer comes.
    for (const [category, item] of links) item.hidden = !lacking.includes(category);
    list.hidden = !told || lacking.length === 0;
    toggle.hidden = lacking.length === 0;
    toggle.textContent = told ? "Dölj vad som saknas" : "Visa vad som saknas";
  }
  /** Whether something other than what is being written is wrong in the section. @param {string} category */
  function isWrong(category) {
    const section = form.querySelector(`[data-category="${CSS.escape(category)}"]`);
    const wrong = judgement.problems.filter(({ kind }) => kind !== MISSING && kind !== WARNING);
    return wrong.some((problem) => !isBeingWritten(problem) && section?.contains(placeOf(problem)));
  }
  /** The cursor is in the field, and nothing has been said of it yet. @param {Problem} problem */
  function isBeingWritten(problem) {
    return problem.field === focused(form) && placeOf(problem)?.hidden !== false;
  }
  /** @param {string} category */
  function linkTo(category) {
    const section = /** @type {HTMLElement} */ (form.querySelector(`[data-category="${CSS.escape(category)}"]`));
    const link = Object.assign(document.createElement("a"), { href: `#${section.id}`, textContent: section.querySelector("h2")?.textContent });
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  function showProblems() {
    /** @type {Map<HTMLElement, Problem[]>} */ const places = new Map();
    for (const problem of judgement.problems) {
      const place = placeOf(problem);
      if (place && (problem.kind === MISSING ? told : !isBeingWritten(problem))) places.set(place, [...(places.get(place) ?? []), problem]);
    }
    for (const control of form.querySelectorAll("[data-kind]:not([data-problem])")) unmark(control);
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-problem]"))) {
      const problems = places.get(place) ?? [];
      const text = [...new Set(problems.map((problem) => problem.text))].join(" ");
      if (place.textContent !== text) place.textContent = text;
      place.hidden = problems.length === 0;
      place.dataset.kind = (problems.find(({ kind }) => kind !== MISSING && kind !== WARNING) ?? problems[0])?.kind ?? MISSING;
      for (const problem of problems) mark(problem, place);
    }
  }
  /** Where the problem is told: at its field, or for the whole question. @param {Problem} problem @returns {HTMLElement | null} */
  function placeOf({ question, field, kind }) {
    return document.getElementById(`p-${idOf(kind === TOLD_ONCE ? question : field)}`) ?? document.getElementById(`p-${idOf(question)}`);
  }
  /** @param {Problem} problem @param {HTMLElement} place */
  function mark(problem, place) {
    for (const control of controlsAt(problem)) {
      const marked = control.closest("[role=radiogroup]") ?? control;
      if (problem.kind !== WARNING) marked.setAttribute("aria-invalid", "true");
      marked.setAttribute("data-kind", problem.kind);
      marked.setAttribute("aria-describedby", place.id);
    }
  }
  /** The field itself; the fields of the row; or the first control of the question. @param {Problem} problem @returns {Element[]} */
  function controlsAt({ question, field }) {
    const controls = controlsOf(form).filter((control) => control.type !== "checkbox");
    const own = controls.filter((control) => control.name === field);
    if (own.length) return own;
    if (field !== question) return controls.filter((control) => control.name.startsWith(`${field}.`));
    const place = form.querySelector(`[data-question="${CSS.escape(question)}"]`);
    const first = FIRST_CONTROL.map((selector) => place?.querySelector(selector)).find(Boolean);
    return first ? [first] : [];
  }
  /** @param {Element} control */
  function unmark(control) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
    control.removeAttribute("data-kind");
  }
  /** @param {boolean} wanted */
  function tell(wanted) {
    told = wanted;
    show();
  }

  toggle.addEventListener("click", () => tell(!told));
  // What the field with the cursor lacks is told when the cursor has left.
  form.addEventListener("focusout", () => setTimeout(show));
  // Links to sections: index.js moves the view to the section, here the focus goes on to its first field at fault.
  list.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    const section = link && document.querySelector(link.hash);
    const fault = section?.querySelector("[aria-invalid]");
    const field = /** @type {HTMLElement | null | undefined} */ (fault?.matches("[role=radiogroup]") ? fault.querySelector("input") : fault);
    if (!section || !field) return;
    setTimeout(() => {
      field.focus({ preventScroll: true });
      const depth = field.getBoundingClientRect().bottom - section.getBoundingClientRect().top;
      if (depth > innerHeight / 2) field.scrollIntoView({ block: "center" });
    });
  });

  apply(first);
  return {
    apply,
    isComplete: () => judgement.complete,
    /** Tells what is missing, and brings the reader to the list. */
    tellMissing() {
      tell(true);
      list.scrollIntoView({ block: "nearest" });
      list.focus({ preventScroll: true });
    },
  };
}
