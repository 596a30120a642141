// Forms by keyboard: Enter goes on to the next field, Ctrl+Enter sends. Pickers filter as one types, without tone marks too.

const FIELDS = "input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled]), button[type=submit]";

function fold(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
}

function goOn(form, field) {
  const fields = [...form.querySelectorAll(FIELDS)].filter((one) => one.offsetParent !== null && one.tabIndex >= 0);
  const next = fields[fields.indexOf(field) + 1];
  next?.focus();
  if (next?.select && next.type !== "submit") next.select();
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-keys]");
  if (!form || event.key !== "Enter" || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[type=submit]"));
    return;
  }
  const plain = event.target.matches("input:not([type=submit]):not([type=file]), select, textarea[data-one-line]");
  if (plain && !event.shiftKey) {
    event.preventDefault();
    goOn(form, event.target);
  }
});

// A slow line must not register a document twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

function setUpPicker(picker) {
  const search = picker.querySelector("[data-picker-search]");
  const count = picker.querySelector("[data-picker-count]");
  const options = [...picker.querySelectorAll("[data-picker-option]")];
  const words = options.map((option) => fold(option.textContent));
  const tell = () => {
    if (!count) return;
    const chosen = options.filter((option) => option.querySelector("input").checked);
    count.textContent = chosen.length
      ? `${count.dataset.words}: ${chosen.map((option) => option.textContent.trim()).join("; ")}`
      : count.dataset.none;
  };
  search.hidden = false;
  search.querySelector("input").addEventListener("input", (event) => {
    const wanted = fold(event.target.value).split(/\s+/).filter(Boolean);
    options.forEach((option, place) => {
      option.hidden = !wanted.every((word) => words[place].includes(word));
    });
  });
  picker.addEventListener("change", tell);
  tell();
}

// A phone has a good date wheel; a clerk types 5/2/2026 faster than any calendar.
function useDateWheel(input) {
  const parts = input.value.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/);
  // A refused form comes back with what the wheel sent.
  const sent = /^\d{4}-\d{2}-\d{2}$/.test(input.value) ? input.value : "";
  const day = parts ? `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}` : sent;
  input.defaultValue = day; // a copy of the page (htmx makes one) carries the attribute, not the property
  input.value = "";
  input.type = "date";
  input.value = day;
}

function setUp(root) {
  for (const picker of root.querySelectorAll("[data-picker]")) setUpPicker(picker);
  if (window.matchMedia("(pointer: coarse)").matches) {
    for (const input of root.querySelectorAll("input[data-date]")) useDateWheel(input);
  }
}

setUp(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) setUp(event.detail.elt);
});
document.querySelector(".error-summary")?.focus();
