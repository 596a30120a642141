// Highlights on the pages of a paper: drawn where they were, made by dragging while marking is on. One's own alone.

const marking = document.querySelector("[data-marking]");
const frame = document.querySelector("#xem-tep [data-pages]");

function draw(sheet, box, isKept) {
  const mark = document.createElement("span");
  mark.className = isKept ? "mt-mark" : "mt-mark is-new";
  for (const side of ["left", "top", "width", "height"]) mark.style[side] = `${box[side]}%`;
  sheet.append(mark);
  return mark;
}

function place(sheet, event) {
  const box = sheet.getBoundingClientRect();
  const within = (value, whole) => Math.min(100, Math.max(0, (value / whole) * 100));
  return { x: within(event.clientX - box.left, box.width), y: within(event.clientY - box.top, box.height) };
}

function between(one, other) {
  const box = { left: Math.min(one.x, other.x), top: Math.min(one.y, other.y) };
  return { ...box, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) };
}

async function keep(page, box) {
  const told = marking.querySelector("[data-marking-told]");
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("version", marking.dataset.version);
  body.set("page", page);
  for (const [side, value] of Object.entries(box)) body.set(side, value.toFixed(2));
  try {
    const answer = await fetch(marking.dataset.url, { method: "POST", body });
    if (answer.status === 201) {
      location.hash = "xem-tep";
      location.reload();
      return true;
    }
    told.textContent = (await answer.json()).message;
  } catch {
    told.textContent = marking.dataset.wordsLost;
  }
  return false;
}

function setUp() {
  const button = marking.querySelector("[data-marking-on]");
  let begun = null;
  frame.before(marking); // beside the pages, not below them
  marking.hidden = false;
  button.addEventListener("click", () => {
    const isOn = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isOn));
    frame.classList.toggle("is-marking", isOn);
  });
  frame.addEventListener("pointerdown", (event) => {
    const sheet = event.target.closest(".viewer-sheet");
    if (!sheet || !frame.classList.contains("is-marking")) return;
    event.preventDefault();
    const from = place(sheet, event);
    begun = { sheet, from, mark: draw(sheet, between(from, from), false) };
    sheet.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!begun) return;
    const box = between(begun.from, place(begun.sheet, event));
    for (const side of ["left", "top", "width", "height"]) begun.mark.style[side] = `${box[side]}%`;
  });
  frame.addEventListener("pointerup", async (event) => {
    if (!begun) return;
    const { sheet, from, mark } = begun;
    begun = null;
    const kept = await keep(sheet.closest("[data-page]").dataset.page, between(from, place(sheet, event)));
    if (!kept) mark.remove();
  });
  frame.addEventListener("pointercancel", () => {
    begun?.mark.remove();
    begun = null;
  });
}

if (marking && frame) {
  for (const one of document.querySelectorAll(`[data-mark][data-version="${marking.dataset.version}"]`)) {
    const sheet = frame.querySelector(`[data-page="${one.dataset.page}"] .viewer-sheet`);
    if (sheet) draw(sheet, one.dataset, true);
  }
  setUp();
}
