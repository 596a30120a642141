// While one types, the form's own rules say what is wrong, under the cell; the server says the same again.

import { check, NotANumber, parseNumber, showNumber } from "./rules.js";

const form = document.querySelector("[data-report-form]");
const rules = JSON.parse(document.getElementById("form-rules").textContent);
const fields = new Map([...form.querySelectorAll("[data-cell]")].map((field) => [field.dataset.cell, field]));
const lists = new Map([...form.querySelectorAll("[data-said]")].map((list) => [list.dataset.said, list]));
const decimals = new Map(rules.numbers.map((cell) => [cell.key, cell.decimals]));
const touched = new Set();

function say(key, found) {
  const field = fields.get(key);
  const list = lists.get(key);
  if (!field || !list) return;
  list.replaceChildren(
    ...found.map((one) => {
      const item = document.createElement("li");
      item.textContent = one.message;
      if (one.severity === "warning") item.className = "rc-warning";
      return item;
    }),
  );
  if (found.some((one) => one.severity === "error")) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function judge() {
  const filled = Object.fromEntries([...fields].map(([key, field]) => [key, field.value]));
  const byKey = new Map();
  for (const one of check(rules, filled)) byKey.set(one.key, [...(byKey.get(one.key) ?? []), one]);
  for (const key of touched) say(key, byKey.get(key) ?? []);
  // A rule between cells speaks at its first cell as soon as any of them was touched.
  for (const rule of rules.rules) {
    if ([...rule.left, ...rule.right].some((key) => touched.has(key))) say(rule.left[0], byKey.get(rule.left[0]) ?? []);
  }
}

for (const [key, field] of fields) {
  field.addEventListener("input", () => {
    if (touched.has(key)) judge();
  });
  field.addEventListener("change", () => {
    touched.add(key);
    if (decimals.has(key)) {
      try {
        const value = parseNumber(field.value, decimals.get(key));
        if (value !== null) field.value = showNumber(value);
      } catch (wrong) {
        if (!(wrong instanceof NotANumber)) throw wrong;
      }
    }
    judge();
  });
}

// Enter goes to the next number, as in a spreadsheet; Ctrl+Enter saves.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input[data-cell]")) return;
  event.preventDefault();
  if (event.ctrlKey) {
    form.requestSubmit(form.querySelector("[name=save]"));
    return;
  }
  const all = [...form.querySelectorAll("[data-cell]")];
  all[all.indexOf(event.target) + 1]?.focus();
});
