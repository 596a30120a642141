// The page viewer: next and previous, zoom, keyboard. Without script the pages simply follow one another.

const ZOOMS = [50, 75, 100, 125, 150, 200, 300];

function setUp(viewer) {
  const frame = viewer.querySelector("[data-pages]");
  const pages = [...frame.querySelectorAll("[data-page]")];
  const place = viewer.querySelector("[data-place]");
  let current = 0;
  let zoom = ZOOMS.indexOf(100);

  const show = (number) => {
    current = Math.max(0, Math.min(pages.length - 1, number));
    frame.scrollTo({ top: pages[current].offsetTop - frame.offsetTop });
  };
  const enlarge = (step) => {
    zoom = Math.max(0, Math.min(ZOOMS.length - 1, zoom + step));
    viewer.dataset.zoom = ZOOMS[zoom];
    show(current);
  };
  const acts = {
    previous: () => show(current - 1),
    next: () => show(current + 1),
    larger: () => enlarge(1),
    smaller: () => enlarge(-1),
  };
  const keys = { ArrowLeft: "previous", ArrowRight: "next", "+": "larger", "=": "larger", "-": "smaller" };

  viewer.addEventListener("click", (event) => acts[event.target.closest("[data-view]")?.dataset.view]?.());
  frame.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    acts[keys[event.key]]();
  });
  frame.addEventListener("scroll", () => {
    const middle = frame.scrollTop + frame.clientHeight / 3;
    const seen = pages.findLastIndex((page) => page.offsetTop - frame.offsetTop <= middle);
    current = Math.max(0, seen);
    place.textContent = `${current + 1}/${pages.length}`;
  }, { passive: true });
  for (const button of viewer.querySelectorAll("[data-view]")) button.hidden = false;
}

for (const viewer of document.querySelectorAll("[data-viewer]")) setUp(viewer);
document.addEventListener("htmx:load", (event) => {
  for (const viewer of event.detail.elt.querySelectorAll?.("[data-viewer]") ?? []) {
    if (!viewer.dataset.zoom) setUp(viewer);
  }
});
