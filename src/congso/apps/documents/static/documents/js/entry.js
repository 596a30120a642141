// The register form by keyboard: what may be meant is offered while one types, without tone marks too.

const SHOWN = 8;

function fold(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
}

class Suggestions {
  constructor(input, datalist) {
    this.input = input;
    this.offers = [...datalist.options].map((option) => {
      const short = option.textContent.trim();
      return { value: option.value, short, key: fold(option.value), shortKey: fold(short) };
    });
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${input.id}_suggestions`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    input.insertAdjacentElement("afterend", this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("autocomplete", "off");
    this.current = -1;
    input.addEventListener("input", () => this.offer());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      const item = event.target.closest("[role=option]");
      if (!item) return;
      event.preventDefault();
      this.take(item);
    });
    this.close();
  }

  found(typed) {
    const wanted = fold(typed).split(/\s+/).filter(Boolean);
    if (!wanted.length) return [];
    const whole = wanted.join(" ");
    const rank = (one) => (one.shortKey && one.shortKey === whole ? 0 : one.key.startsWith(whole) ? 1 : 2);
    return this.offers
      .filter((one) => one.shortKey === whole || wanted.every((word) => one.key.includes(word)))
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, SHOWN);
  }

  offer() {
    const found = this.found(this.input.value);
    this.list.replaceChildren(...found.map((one, place) => {
      const item = document.createElement("li");
      item.id = `${this.list.id}_${place}`;
      item.setAttribute("role", "option");
      item.dataset.value = one.value;
      item.textContent = one.short ? `${one.value} (${one.short})` : one.value;
      return item;
    }));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    const exact = found.length && found[0].shortKey === fold(this.input.value.trim());
    this.mark(exact ? 0 : -1);
  }

  mark(place) {
    const items = [...this.list.children];
    this.current = items.length ? Math.max(-1, Math.min(items.length - 1, place)) : -1;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === this.current)));
    if (this.current >= 0) {
      this.input.setAttribute("aria-activedescendant", items[this.current].id);
      items[this.current].scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  take(item) {
    this.input.value = item.dataset.value;
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  key(event) {
    if (this.list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.mark(this.current + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if ((event.key === "Enter" || event.key === "Tab") && this.current >= 0) {
      // The key itself goes on to do its work: to the next field.
      this.take(this.list.children[this.current]);
    }
  }
}

for (const form of document.querySelectorAll("form[data-entry]")) {
  for (const datalist of form.querySelectorAll("datalist[data-suggest-for]")) {
    const input = form.elements[datalist.dataset.suggestFor];
    if (input) new Suggestions(input, datalist);
  }
  const first = form.querySelector("[aria-invalid=true]") ?? form.elements.is_another ?? form.elements.number;
  if (!document.querySelector(".error-summary")) first?.focus();
}
