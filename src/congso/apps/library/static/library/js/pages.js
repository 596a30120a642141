// A PDF in the page viewer: the page kept across devices.

import { keeper, setUpNotes } from "./place.js";

const frame = document.querySelector("[data-pdf]");
const { book, placeUrl } = frame.dataset;
const kept = keeper(placeUrl, book);
const list = frame.querySelector("[data-pages]");
const pages = [...list.querySelectorAll("[data-page]")];
let timer = 0;

function current() {
  const middle = list.scrollTop + list.clientHeight / 3;
  return Math.max(1, pages.findLastIndex((page) => page.offsetTop - list.offsetTop <= middle) + 1);
}

function follow() {
  const found = location.hash.match(/^#trang-(\d+)$/);
  const page = found ? pages[Number(found[1]) - 1] : null;
  if (page) list.scrollTo({ top: page.offsetTop - list.offsetTop });
}

follow();
window.addEventListener("hashchange", follow);
list.addEventListener("scroll", () => {
  clearTimeout(timer);
  timer = setTimeout(() => kept.tell(current(), 0), 800);
}, { passive: true });
window.addEventListener("pagehide", () => kept.tell(current(), 0));
setUpNotes(() => ({ number: current(), share: 0 }));
await kept.catchUp();
await kept.tell(current(), 0);
