// The grid of new tasks: Enter goes on and adds rows, Excel rows are pasted as rows, unit names complete while one types.

const MOST = 10;

function fold(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
}

// --- unit names ---------------------------------------------------------------------------------------------------

const asked = new Map();

function ask(query) {
  const { organizations } = document.querySelector("[data-organizations]").dataset;
  if (!asked.has(query)) {
    asked.set(query, fetch(organizations + query).then((answer) => answer.json()).catch(() => {
      asked.delete(query); // without a network now, perhaps with one at the next letter
      return { organizations: [], is_whole: false };
    }));
  }
  return asked.get(query);
}

// All names, where they are few; else the server is asked for what is typed.
async function organizations(typed = "") {
  const whole = await ask("");
  const found = whole.is_whole || !typed ? whole : await ask(`?q=${encodeURIComponent(typed)}`);
  return found.organizations;
}

// Exact names first, then names that begin so, then short names that hold all words; shorter before longer.
function rank([short, full, symbol], words) {
  const plain = fold(short);
  const typed = words.join(" ");
  const place = [fold(symbol) === typed || plain === typed, plain.startsWith(typed), words.every((word) => plain.includes(word))];
  const at = place.indexOf(true);
  return (at < 0 ? place.length : at) * 1000 + full.length;
}

function matching(all, typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const fits = all.filter(([, , , key]) => words.every((word) => key.includes(word)));
  return fits.sort((a, b) => rank(a, words) - rank(b, words)).slice(0, MOST);
}

class Suggestions {
  constructor() {
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = "unit-suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    document.querySelector("main").append(this.list);
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("li");
      if (option) this.take(option);
    });
  }

  // In a field of several units only the part behind the last semicolon is completed.
  part(input) {
    const from = input.dataset.organization === "many" ? input.value.lastIndexOf(";") + 1 : 0;
    return { before: input.value.slice(0, from), typed: input.value.slice(from).trim() };
  }

  async show(input) {
    const { typed } = this.part(input);
    const found = typed ? matching(await organizations(typed), typed) : [];
    if (document.activeElement !== input || this.part(input).typed !== typed) return;
    this.input = input;
    this.list.replaceChildren(...found.map(([short, full], place) => {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(place === 0));
      option.id = `unit-${place}`;
      option.dataset.value = short;
      option.textContent = short === full ? short : `${short} · ${full}`;
      return option;
    }));
    this.list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.tell();
    this.place();
  }

  place() {
    const box = this.input.getBoundingClientRect();
    this.list.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - 320)) + window.scrollX}px`;
    this.list.style.top = `${box.bottom + window.scrollY + 2}px`;
  }

  get current() {
    return this.list.hidden ? null : this.list.querySelector("[aria-selected=true]");
  }

  tell() {
    if (this.current) this.input.setAttribute("aria-activedescendant", this.current.id);
    else this.input?.removeAttribute("aria-activedescendant");
  }

  step(by) {
    const options = [...this.list.children];
    const place = (options.indexOf(this.current) + by + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    options[place].scrollIntoView({ block: "nearest" });
    this.tell();
  }

  take(option) {
    const { before } = this.part(this.input);
    const many = this.input.dataset.organization === "many";
    this.input.value = `${before}${before ? " " : ""}${option.dataset.value}${many ? "; " : ""}`;
    this.hide();
  }

  hide() {
    this.list.hidden = true;
    this.input?.setAttribute("aria-expanded", "false");
    this.tell();
  }
}

const suggestions = new Suggestions();

function prepareUnit(input) {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", "unit-suggestions");
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-organization]")) suggestions.show(event.target);
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-organization]")) organizations();
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches("[data-organization]")) suggestions.hide();
});
document.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-organization]") || !suggestions.current) return;
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) {
    event.preventDefault();
    suggestions.step(moves[event.key]);
  } else if ((event.key === "Enter" && !event.ctrlKey) || event.key === "Tab") {
    if (event.key === "Enter") event.preventDefault();
    event.stopPropagation();
    suggestions.take(suggestions.current);
  } else if (event.key === "Escape") {
    suggestions.hide();
  }
}, true);

// --- rows ---------------------------------------------------------------------------------------------------------

// Excel quotes a cell that holds line breaks or quotes.
function cellsOf(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const row = rows[rows.length - 1];
    const letter = text[at];
    if (quoted && letter === '"' && text[at + 1] === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (letter === '"' && (quoted || row[row.length - 1] === "")) quoted = !quoted;
    else if (!quoted && letter === "\t") row.push("");
    else if (!quoted && letter === "\n") rows.push([""]);
    else if (letter !== "\r") row[row.length - 1] += letter;
  }
  if (rows.at(-1).every((cell) => cell === "")) rows.pop();
  return rows;
}

class Grid {
  constructor(form) {
    this.form = form;
    this.body = form.querySelector("[data-rows]");
    this.total = form.querySelector("[name$=TOTAL_FORMS]");
    this.most = Number(form.querySelector("[name$=MAX_NUM_FORMS]").value);
    this.template = form.querySelector("[data-row-template]");
    form.querySelector("[data-add]").addEventListener("click", (event) => {
      event.preventDefault();
      this.fields(this.add())[0].focus();
    });
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("paste", (event) => this.paste(event));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit(form.querySelector("[data-send]"));
      }
    });
  }

  get rows() {
    return [...this.body.querySelectorAll("[data-row]")];
  }

  fields(row) {
    return [...row.querySelectorAll("input, select, textarea")];
  }

  add() {
    const place = this.rows.length;
    if (place >= this.most) return this.rows.at(-1);
    const holder = document.createElement("tbody");
    holder.innerHTML = this.template.innerHTML.replaceAll("__prefix__", place);
    const row = holder.firstElementChild;
    row.querySelector("[data-place]").textContent = place + 1;
    row.querySelectorAll("[data-organization]").forEach(prepareUnit);
    this.body.append(row);
    this.total.value = place + 1;
    return row;
  }

  key(event) {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (event.shiftKey && event.target.matches("textarea")) return;
    event.preventDefault();
    const row = event.target.closest("[data-row]");
    const fields = this.fields(row);
    const next = fields[fields.indexOf(event.target) + 1];
    const following = row.nextElementSibling ?? (next ? null : this.add());
    (next ?? this.fields(following)[0]).focus();
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    let row = event.target.closest("[data-row]");
    const first = this.fields(row).indexOf(event.target);
    const pasted = cellsOf(text);
    pasted.forEach((cells, place) => {
      const fields = this.fields(row);
      cells.forEach((cell, at) => this.put(fields[first + at], cell.trim()));
      if (place < pasted.length - 1) row = row.nextElementSibling ?? this.add();
    });
    this.fields(row)[first].focus();
  }

  // A list takes the choice whose words were pasted; anything else is left as it was.
  put(field, value) {
    if (!field) return;
    if (field.tagName !== "SELECT") {
      field.value = value;
      return;
    }
    const choice = [...field.options].find((option) => fold(option.textContent.trim()) === fold(value));
    if (choice) field.value = choice.value;
  }
}

document.querySelectorAll("[data-organization]").forEach(prepareUnit);
document.addEventListener("htmx:load", (event) => {
  event.detail.elt.querySelectorAll?.("[data-organization]").forEach(prepareUnit);
});
for (const form of document.querySelectorAll("[data-grid]")) new Grid(form);
document.querySelector(".error-summary")?.focus();
