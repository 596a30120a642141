// The frame on every page: menus, toasts, the bell, and what happens when a fragment cannot be fetched.

const BELL_EVERY = 120_000;
const toasts = document.querySelector("[data-toasts]");

function showToast(words, tone = "bad") {
  const pattern = document.querySelector("template[data-toast]");
  if (!toasts || !pattern) return;
  const toast = pattern.content.firstElementChild.cloneNode(true);
  toast.classList.add(`notice-${tone}`);
  toast.querySelector("[data-words]").textContent = words;
  toasts.append(toast);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details.drop[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.drop[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const closer = event.target.closest("[data-close-toast]");
  if (closer) closer.closest(".notice").remove();
  if (event.target.closest("[data-print]")) window.print();
});

// Which groups of the menu stand open is remembered on this device; the page's own group opens without being asked.
const groupsOpened = document.cookie.match(/(?:^|; )menu=([a-z.]*)/)?.[1];
const opened = new Set(groupsOpened?.split(".").filter(Boolean));
if (groupsOpened === undefined) {
  for (const fold of document.querySelectorAll(".nav-side [data-menu-group][open]")) opened.add(fold.dataset.menuGroup);
}
for (const heading of document.querySelectorAll("[data-menu-group] > summary")) {
  heading.addEventListener("click", () => {
    const fold = heading.parentElement;
    const { menuGroup } = fold.dataset;
    const willOpen = !fold.open; // the click itself opens or folds it, after this
    if (willOpen) opened.add(menuGroup);
    else opened.delete(menuGroup);
    for (const copy of document.querySelectorAll(`[data-menu-group="${menuGroup}"]`)) {
      if (copy !== fold) copy.open = willOpen;
    }
    const secure = window.location.protocol === "https:" ? "; secure" : "";
    document.cookie = `menu=${[...opened].join(".")}; path=/; max-age=31536000; samesite=lax${secure}`;
  });
}

// The entry of this page is in sight although the menu is longer than the screen.
const here = document.querySelector(".nav-side [aria-current=page]");
if (here) {
  const side = here.closest(".nav-side");
  const below = here.getBoundingClientRect().bottom - side.getBoundingClientRect().bottom;
  if (below > 0) side.scrollTop += below + side.clientHeight / 3;
}

// Good news goes away by itself; a problem stays until it is read.
for (const toast of document.querySelectorAll("[data-toasts] .notice-good")) {
  setTimeout(() => toast.remove(), 8000);
}

// What a phone keeps folded stands open where there is room.
if (window.matchMedia("(min-width: 62em)").matches) {
  for (const folded of document.querySelectorAll("details[data-open-wide]")) folded.open = true;
}

// What the page asks for by itself must not keep a session open that nobody works in.
let lastWork = Date.now();
for (const sign of ["pointerdown", "keydown", "scroll"]) {
  document.addEventListener(sign, () => { lastWork = Date.now(); }, { passive: true, capture: true });
}
document.addEventListener("htmx:configRequest", (event) => {
  const isBell = event.detail.elt.matches?.("[data-bell]");
  if (isBell && Date.now() - lastWork > BELL_EVERY) event.detail.headers["X-Idle"] = "1";
});

function refreshBell() {
  const bell = document.querySelector("[data-bell]");
  if (bell && document.visibilityState === "visible") window.htmx?.trigger(bell, "refresh");
}
setInterval(refreshBell, BELL_EVERY);

const body = document.body;
document.addEventListener("htmx:sendError", () => showToast(body.dataset.wordsOffline));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  showToast(status === 403 ? body.dataset.wordsForbidden : body.dataset.wordsFailed);
});
// An expired session answers a fragment with the sign-in page: go there as a whole page.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.responseURL.includes(body.dataset.signIn)) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});
