// Shows where on the paper something was read: while the focus is inside an element with data-places, its boxes are
// outlined on the pages of the viewer, which turns to them. A place is [page, left, top, width, height] in percent of
// the page, or [page] when only the page is known.

const viewer = document.querySelector("[data-viewer]");
const frame = viewer?.querySelector("[data-pages]");
const KEPT_ABOVE = 0.25; // of the frame's height: what stands above the box stays in sight
const GAP = 12; // pixels between the viewer and the field under it

function mark(sheet, [, left, top, width, height]) {
  const box = document.createElement("div");
  box.className = "viewer-mark";
  Object.assign(box.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
  sheet.append(box);
  return box;
}

function turnTo(target) {
  const shown = target.getBoundingClientRect();
  const seen = frame.getBoundingClientRect();
  const above = shown.top - seen.top;
  const aside = shown.left - seen.left;
  const move = { top: frame.scrollTop, left: frame.scrollLeft };
  if (above < 0 || above + shown.height > seen.height) move.top += above - seen.height * KEPT_ABOVE;
  if (aside < 0 || aside + shown.width > seen.width) move.left += aside - seen.width * KEPT_ABOVE;
  frame.scrollTo(move);
}

function show(places) {
  for (const old of frame.querySelectorAll(".viewer-mark")) old.remove();
  let first = null;
  for (const place of places) {
    const page = frame.querySelector(`[data-page="${place[0]}"]`);
    if (!page) continue;
    const shown = place.length > 1 ? mark(page.querySelector(".viewer-sheet"), place) : page;
    first ??= shown;
  }
  if (first) turnTo(first);
}

// On a narrow screen the viewer stands over the form: what is being filled in comes out from under it.
function uncover(field) {
  const over = viewer.getBoundingClientRect();
  const under = field.getBoundingClientRect();
  const aside = under.left >= over.right || under.right <= over.left;
  if (!aside && under.top < over.bottom && under.bottom > over.top) {
    window.scrollBy({ top: under.top - over.bottom - GAP, behavior: "instant" });
  }
}

if (frame) {
  document.addEventListener("focusin", (event) => {
    if (viewer.contains(event.target)) return;
    // After the browser's own scrolling, which knows nothing of the viewer.
    requestAnimationFrame(() => uncover(event.target.closest(".field") ?? event.target));
    const holder = event.target.closest("[data-places]");
    show(holder ? JSON.parse(holder.dataset.places) : []);
  });
}
