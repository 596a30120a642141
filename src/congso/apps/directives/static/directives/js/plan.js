// Proposed tasks by keyboard, with the page beside them following the row in hand. Every key presses a button or link
// that is there without script too.

const ZOOMS = [100, 150, 200];
const list = document.querySelector("#proposals");
const GOING = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
list.classList.add("is-live");
let current = null; // the id of the row in hand; rows are drawn anew, ids stay
let wanted = null; // the row to take in hand after the list was drawn anew

// --- the page ---------------------------------------------------------------------------------------------------------

class Sheet {
  constructor(section) {
    this.section = section;
    this.pictures = JSON.parse(section.dataset.pictures);
    this.picture = section.querySelector("[data-sheet]");
    this.marks = section.querySelector("[data-marks]");
    this.scroll = section.querySelector("[data-scroll]");
    this.zoom = 0;
    this.page = 1;
    this.places = [];
    for (const button of section.querySelectorAll("[data-turn], [data-zoom-by]")) button.hidden = false;
    section.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.turn) this.turn(this.page + Number(button.dataset.turn));
      if (button?.dataset.zoomBy) this.enlarge(Number(button.dataset.zoomBy));
    });
    this.picture.addEventListener("load", () => this.reveal());
  }

  show(places) {
    this.places = places;
    if (places.length) this.turn(places[0][0]);
    else this.draw();
  }

  turn(page) {
    const reached = Math.max(1, Math.min(this.pictures.length, page));
    if (reached !== this.page) {
      this.page = reached;
      this.picture.src = this.pictures[reached - 1][0];
      this.picture.alt = `${this.section.dataset.words} ${reached}`;
      this.section.querySelector("[data-place]").textContent = `${reached}/${this.pictures.length}`;
    }
    this.draw();
    this.reveal();
  }

  enlarge(by) {
    this.zoom = Math.max(0, Math.min(ZOOMS.length - 1, this.zoom + by));
    this.section.dataset.zoom = ZOOMS[this.zoom];
    this.reveal();
  }

  get boxes() {
    return this.places.filter(([page, ...box]) => page === this.page && box.length === 4).map(([, ...box]) => box);
  }

  draw() {
    const [, width, height] = this.pictures[this.page - 1];
    this.marks.setAttribute("viewBox", `0 0 ${width || 595} ${height || 842}`);
    this.marks.replaceChildren(...this.boxes.map(([left, top, right, bottom]) => {
      const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const facts = { x: left - 2, y: top - 2, width: right - left + 4, height: bottom - top + 4, rx: 2 };
      for (const [name, value] of Object.entries(facts)) mark.setAttribute(name, value);
      return mark;
    }));
  }

  reveal() {
    const [box] = this.boxes;
    if (!box) return;
    const height = this.pictures[this.page - 1][2] || 842;
    const top = (box[1] / height) * this.picture.clientHeight;
    this.scroll.scrollTo({ top: top - this.scroll.clientHeight / 3 });
  }
}

const section = document.querySelector("[data-plan-page]");
const sheet = section ? new Sheet(section) : null;

// --- rows -------------------------------------------------------------------------------------------------------------

const rows = () => [...list.querySelectorAll("[data-row]")];
const rowInHand = () => document.getElementById(current ?? "") ?? rows()[0];

function take(row, { focus = true } = {}) {
  if (!row) return;
  current = row.id;
  sheet?.show(JSON.parse(row.dataset.places));
  const line = row.querySelector("[data-line]");
  if (focus && line) {
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }
}

function go(by) {
  const all = rows();
  const row = rowInHand();
  const next = all[all.indexOf(row) + by];
  if (next) take(current ? next : row);
  else list.querySelector(`[data-page-by="${by}"]`)?.click();
}

function press(row, key) {
  const control = row?.querySelector(`[data-key="${key}"]`);
  if (!control) return false;
  control.click();
  return true;
}

function confirmAndGoOn() {
  const row = rowInHand();
  const all = rows();
  const next = all[all.indexOf(row) + 1];
  press(row, "Enter");
  take(next ?? row);
}

function key(event) {
  if (event.key in GOING) return go(GOING[event.key]);
  if (event.key === "Enter") return confirmAndGoOn();
  if (event.key === "u") {
    wanted = current;
    return list.querySelector("[data-undo]")?.click();
  }
  const row = rowInHand();
  take(row, { focus: false });
  wanted = row?.id ?? null;
  return press(row, event.key);
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key === "Escape" && target.closest?.("[data-editing]")) {
    target.closest("[data-editing]").querySelector("[data-cancel]").click();
    return;
  }
  if (target.matches?.("input, select, textarea, [contenteditable]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    list.querySelector("[data-certain]:not([disabled])")?.click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const known = event.key in GOING || "exsmdu".includes(event.key) || event.key === "Enter";
  const inHand = target === document.body || target.closest?.("#proposals");
  const pressed = event.key === "Enter" && target.matches?.("a, button, summary");
  if (!known || event.key.length === 0 || !inHand || pressed) return;
  event.preventDefault();
  key(event);
});

list.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && row.id !== current) take(row, { focus: false });
});
list.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) take(row, { focus: !event.target.closest("a, button, input, select, textarea, label") });
});

// Enter in the cutting field cuts where the caret is; Shift Enter marks one cut of several.
list.addEventListener("keydown", (event) => {
  const field = event.target.closest("[data-cut]");
  if (!field || event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
  if (!event.shiftKey) field.form.requestSubmit();
});

list.addEventListener("change", (event) => {
  if (event.target.matches("[data-send-on-change]")) event.target.form.requestSubmit();
});

// Drawn anew: a form takes the focus to its first field, a line takes it back.
document.addEventListener("htmx:afterSettle", (event) => {
  const drawn = document.getElementById(current ?? "");
  const field = drawn?.matches("[data-editing]") ? drawn.querySelector("[aria-invalid=true], [data-first]") : null;
  if (field) {
    if (!drawn.contains(document.activeElement)) {
      field.focus();
      field.select?.();
      if (field.matches("[data-cut]")) field.setSelectionRange(0, 0);
    }
    return;
  }
  const lost = document.activeElement === document.body;
  if (lost && event.detail.elt.closest?.("#proposals, #proposals-head") !== undefined) {
    take(document.getElementById(wanted ?? current ?? "") ?? rows()[0]);
    wanted = null;
  }
});

const named = window.location.hash.startsWith("#row-") ? document.getElementById(window.location.hash.slice(1)) : null;
// At a desk the first row is in hand at once; on a phone nothing jumps.
take(named ?? rows()[0], { focus: Boolean(named) || window.matchMedia("(min-width: 75em)").matches });
