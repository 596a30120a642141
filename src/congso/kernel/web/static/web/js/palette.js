// The command palette: a combobox whose list the server draws. Ctrl+K or “/” opens it, “?” shows the keys.

const WAIT = 150;
const palette = document.querySelector("[data-palette]");
const sheet = document.querySelector("[data-key-sheet]");
const field = palette?.querySelector("[role=combobox]");
const results = palette?.querySelector("[data-palette-results]");
const told = palette?.querySelector("[data-palette-told]");
let timer = 0;
let asked = null;
let opener = null;
let answered = null; // what the list shown is the answer to

const options = () => [...results.querySelectorAll("[role=option]")];
const chosen = () => results.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  if (!option) {
    field.removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = options();
  if (!all.length) return;
  const place = all.indexOf(chosen());
  choose(all[(place + step + all.length) % all.length]);
}

function go(option, inNewTab) {
  if (!option) return;
  if (inNewTab) window.open(option.dataset.url, "_blank", "noopener");
  else window.location.assign(option.dataset.url);
}

async function ask() {
  clearTimeout(timer);
  asked?.abort();
  asked = new AbortController();
  const typed = field.value.trim();
  try {
    const answer = await fetch(`${palette.dataset.url}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
    if (answer.redirected) return window.location.reload(); // the session is over: sign in and come back
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    results.replaceChildren(...page.body.childNodes);
    answered = typed;
    choose(options()[0]);
    const count = results.querySelector("[role=listbox]").dataset.count;
    told.textContent = count === "0" ? palette.dataset.wordsNone : palette.dataset.wordsFound.replace("#", count);
  } catch (fault) {
    if (fault.name !== "AbortError") told.textContent = palette.dataset.wordsLost;
  }
}

function open() {
  if (palette.open) return;
  opener = document.activeElement;
  field.value = "";
  answered = null;
  choose(null);
  results.querySelector("[role=listbox]").replaceChildren();
  palette.showModal();
  field.focus();
  ask();
}

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null;
}

if (palette) {
  for (const button of document.querySelectorAll("[data-open-palette]")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) open();
    } else if (isPlain && !isTyping(event.target) && !document.querySelector("dialog[open]")) {
      if (event.key === "/") {
        event.preventDefault();
        open();
      } else if (event.key === "?") {
        event.preventDefault();
        sheet.showModal();
      }
    }
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", async (event) => {
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      move(steps[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (answered !== field.value.trim()) await ask(); // who types fast means what she typed, not what is shown yet
      if (answered === field.value.trim()) go(chosen(), event.ctrlKey || event.metaKey);
    }
  });
  results.addEventListener("click", (event) => go(event.target.closest("[role=option]"), event.ctrlKey || event.metaKey));
  results.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && option !== chosen()) choose(option);
  });
  palette.addEventListener("click", (event) => {
    if (event.target === palette || event.target.closest("[data-palette-close]")) palette.close();
  });
  palette.addEventListener("close", () => {
    asked?.abort();
    clearTimeout(timer);
    opener?.focus?.();
  });
}
