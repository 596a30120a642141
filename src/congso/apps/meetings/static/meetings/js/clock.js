// Running clocks: the server says how many seconds had passed when the part was drawn; this machine only counts on.

const begun = new WeakMap();

function shown(seconds) {
  const minutes = Math.floor(seconds / 60);
  return `${String(minutes).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

function tick() {
  for (const clock of document.querySelectorAll("[data-elapsed]")) {
    if (!begun.has(clock)) begun.set(clock, performance.now());
    const passed = Math.floor((performance.now() - begun.get(clock)) / 1000);
    clock.textContent = shown(Number(clock.dataset.elapsed) + passed);
  }
}

// The room's code is drawn anew before the old one ends.
function freshCode() {
  for (const code of document.querySelectorAll("[data-code]")) {
    const address = new URL(code.src);
    address.searchParams.set("luc", String(Date.now()));
    code.src = address.href;
  }
}

document.querySelector("[data-whole]")?.addEventListener("click", () => {
  document.querySelector("#screen")?.requestFullscreen?.();
});
document.addEventListener("htmx:afterSwap", tick);
tick();
setInterval(tick, 1000);
setInterval(freshCode, 45_000);
