// What somebody types in a form is kept in this tab until it has been sent: through a session's end, a refused form and
// a lost line. Never passwords, files or fields marked data-secret; gone with signing out, closing the tab, another person.

const MARK = "draft:";
const WAIT = 400;
const body = document.body;
const person = body.dataset.person ?? "";
const own = `${MARK}${person}:`;
const KEPT = new Set(["text", "email", "tel", "url", "number", "date", "time", "datetime-local", "month", "textarea", "select-one", "select-multiple", "checkbox", "radio"]);
const timers = new Map();

const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(MARK));
const read = (key) => JSON.parse(sessionStorage.getItem(key));
const drop = (key) => sessionStorage.removeItem(key);

function write(key, draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    drop(key); // too much for the browser to keep: rather nothing than half of it
  }
}

function isKept(field) {
  return field.name && KEPT.has(field.type) && !field.closest("[data-secret]") && field.autocomplete !== "one-time-code";
}

function isKeeping(form) {
  return person && form?.method === "post" && !form.closest("[data-no-draft]") && !form.querySelector("input[type=password]")
    && [...form.elements].some((field) => isKept(field) && field.type !== "checkbox" && field.type !== "radio");
}

function keyOf(form) {
  const action = form.getAttribute("action") ?? "";
  const alike = [...document.forms].filter((one) => (one.getAttribute("action") ?? "") === action);
  return `${own}${location.pathname}|${action}|${alike.indexOf(form)}`;
}

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  return field.type === "select-multiple" ? [...field.selectedOptions].map((one) => one.value) : field.value;
}

function put(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value;
  else if (field.type === "select-multiple") for (const one of field.options) one.selected = value.includes(one.value);
  else field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// A field by its name, and by its value or place among those of the same name.
function fieldsOf(form) {
  const seen = new Map();
  return [...form.elements].filter(isKept).map((field) => {
    const base = field.type === "checkbox" || field.type === "radio" ? `${field.name}=${field.value}` : field.name;
    const nth = seen.get(base) ?? 0;
    seen.set(base, nth + 1);
    return [`${base}#${nth}`, field];
  });
}

function stopWaiting(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
}

function keep(form, more = {}) {
  stopWaiting(form);
  const fields = Object.fromEntries(fieldsOf(form).map(([name, field]) => [name, valueOf(field)]));
  write(keyOf(form), { at: Date.now(), page: location.pathname + location.search, fields, ...more });
}

function bar(words, act, button) {
  const made = document.querySelector("template[data-draft-bar]").content.firstElementChild.cloneNode(true);
  made.querySelector("[data-words]").textContent = words;
  const pressed = made.querySelector("button");
  pressed.textContent = button;
  pressed.addEventListener("click", () => act(made));
  return made;
}

function restore(form, key, draft) {
  const changed = fieldsOf(form).filter(([name, field]) =>
    name in draft.fields && JSON.stringify(draft.fields[name]) !== JSON.stringify(valueOf(field)));
  if (!changed.length) return;
  const words = document.querySelector("template[data-draft-bar]").dataset;
  for (const [name, field] of changed) put(field, draft.fields[name]);
  const time = new Date(draft.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  form.prepend(bar(words.wordsRestored.replace("#", time), (shown) => {
    stopWaiting(form);
    drop(key);
    shown.remove();
    form.reset();
    [...form.elements].find(isKept)?.focus();
  }, words.wordsDrop));
}

// Where a form was refused or the session ended, nothing was taken: what was sent is a draft again.
function giveBack() {
  for (const key of keys()) {
    const draft = read(key);
    if (draft.sent) write(key, { ...draft, sent: false, interrupted: true });
  }
}

// What was taken leads on from the form's own page: to the page of another person's record it may lead to “not found”.
function settle(isRefused) {
  const way = performance.getEntriesByType("navigation")[0];
  const from = document.referrer && new URL(document.referrer).pathname;
  for (const key of keys()) {
    const draft = read(key);
    if (draft.sent && !isRefused && way?.type === "navigate" && from === draft.page.split("?")[0]) drop(key);
  }
  giveBack(); // back or again after a lost line
}

function begin() {
  if (!person) {
    const isSignIn = "signIn" in body.dataset;
    return settle(isSignIn || performance.getEntriesByType("navigation")[0]?.redirectCount === 0);
  }
  for (const key of keys()) if (!key.startsWith(own)) drop(key);
  const isRefused = document.querySelector(".error-summary") !== null;
  settle(isRefused);
  if (isRefused) return undefined; // the server gave the words back itself
  for (const form of document.forms) {
    const key = isKeeping(form) ? keyOf(form) : "";
    const draft = key ? read(key) : null;
    if (draft) restore(form, key, draft);
  }
  const left = keys().map(read).find((draft) => draft.interrupted && draft.page.split("?")[0] !== location.pathname);
  if (left) {
    const words = document.querySelector("template[data-draft-bar]").dataset;
    document.getElementById("main")?.prepend(bar(words.wordsElsewhere, () => window.location.assign(left.page), words.wordsOpen));
  }
  return undefined;
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!isKeeping(form) || !isKept(event.target)) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form), WAIT));
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sign-out]")) {
    for (const waiting of timers.keys()) stopWaiting(waiting);
    for (const key of keys()) drop(key);
  } else if (isKeeping(form) && !event.defaultPrevented) keep(form, { sent: true });
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (!(form instanceof HTMLFormElement) || !isKeeping(form)) return;
  if (event.detail.successful) drop(keyOf(form));
  else keep(form);
});
window.addEventListener("pagehide", () => {
  for (const form of timers.keys()) if (form.isConnected) keep(form);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) giveBack();
});
begin();
