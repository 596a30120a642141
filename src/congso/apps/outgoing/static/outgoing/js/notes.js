// Notes at a place of a page: pins over the pages, a tap chooses the place, the form writes there.
const root = document.querySelector("[data-sign]");
const form = root?.querySelector("[data-note-form]");

function sheetOf(page) {
  return root.querySelector(`[data-pages] [data-page="${page}"] .viewer-sheet`);
}

function pin(page, x, y, label, text) {
  const sheet = sheetOf(page);
  if (!sheet) return null;
  const mark = document.createElement("span");
  mark.className = "page-pin";
  mark.textContent = label;
  mark.title = text;
  mark.style.left = `${x}%`;
  mark.style.top = `${y}%`;
  sheet.append(mark);
  return mark;
}

let chosen = null;

function choose(event) {
  const sheet = event.target.closest(".viewer-sheet");
  const details = form.closest("details");
  if (!sheet || !details.open) return;
  const box = sheet.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * 100;
  const y = ((event.clientY - box.top) / box.height) * 100;
  const page = sheet.closest("[data-page]").dataset.page;
  form.elements.page.value = page;
  form.elements.x.value = x.toFixed(2);
  form.elements.y.value = y.toFixed(2);
  chosen?.remove();
  chosen = pin(page, x, y, "+", "");
  form.elements.text.focus({ preventScroll: true });
}

async function write(event) {
  event.preventDefault();
  const told = form.querySelector("[data-note-told]");
  const answer = await fetch(form.action, {
    method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" },
  });
  if (answer.status === 201) {
    chosen = null;
    location.reload();
    return;
  }
  told.textContent = (await answer.json()).message;
}

if (form) {
  root.querySelectorAll("[data-note]").forEach((note, place) => {
    pin(note.dataset.page, note.dataset.x, note.dataset.y, String(place + 1), note.textContent.trim());
  });
  root.querySelector("[data-pages]")?.addEventListener("click", choose);
  form.addEventListener("submit", write);
}
