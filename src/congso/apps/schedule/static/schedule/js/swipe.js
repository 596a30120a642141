// On a phone the week shows one day: a swipe to the side leads to the next or the one before.

const FAR = 60;
const area = document.querySelector("[data-swipe]");
let from = null;

area?.addEventListener("touchstart", ({ touches }) => {
  from = touches.length === 1 && !touches[0].target.closest(".wk-days") ? touches[0] : null;
}, { passive: true });

area?.addEventListener("touchend", ({ changedTouches }) => {
  if (!from || !matchMedia("(max-width: 48rem)").matches) return;
  const x = changedTouches[0].clientX - from.clientX;
  const y = changedTouches[0].clientY - from.clientY;
  if (Math.abs(x) < FAR || Math.abs(x) < 2 * Math.abs(y)) return;
  document.querySelector(x < 0 ? "[data-after]" : "[data-before]").click();
}, { passive: true });
