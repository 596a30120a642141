// Acts that need a reason: the link's own page works without script; with script the same question opens as a dialog.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-ask]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.ask);
    if (!dialog?.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opener.closest("details.drop")?.removeAttribute("open");
    dialog.showModal();
    dialog.querySelector("textarea, input:not([type=hidden]), select, button[type=submit]")?.focus();
    dialog.addEventListener("close", () => opener.focus(), { once: true });
  }
  if (event.target.closest("[data-ask-close]")) event.target.closest("dialog").close();
});
