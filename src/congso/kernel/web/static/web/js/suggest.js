// Codes are proposed while somebody types a name: into the field itself, or a line more into a list of codes.

const script = document.querySelector("script[data-suggestions]");
const PAUSE = 120;

function propose(input, what) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-proposed`;
  input.after(list);
  input.setAttribute("list", list.id);
  let waiting = 0;
  let asked = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const own = ++asked;
      const address = new URL(script.dataset.suggestions, location.href);
      address.search = new URLSearchParams({ q: input.value.replace(/^#\d+ /, ""), what });
      const answer = await fetch(address);
      if (!answer.ok || own !== asked) return;
      const { proposed } = await answer.json();
      list.replaceChildren(...proposed.map(([value, words]) => new Option(words, value)));
    }, PAUSE);
  });
  return list;
}

for (const input of document.querySelectorAll("[data-suggest]")) propose(input, input.dataset.suggest);

for (const area of document.querySelectorAll("[data-suggest-into]")) {
  const input = document.createElement("input");
  input.id = `${area.id}-more`;
  input.className = "form-control";
  input.setAttribute("aria-label", script.dataset.add);
  input.placeholder = script.dataset.add;
  input.autocomplete = "off";
  area.after(input);
  const list = propose(input, area.dataset.suggestInto);
  input.addEventListener("input", () => {
    if (![...list.options].some((option) => option.value === input.value)) return;
    area.value = `${area.value.trimEnd()}\n${input.value}`.trimStart();
    input.value = "";
  });
}
