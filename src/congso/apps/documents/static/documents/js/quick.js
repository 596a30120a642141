// Registering many by keyboard: arrows walk the rows, Space ticks (the browser's own), Ctrl+Enter sends.

for (const form of document.querySelectorAll("form[data-quick]")) {
  const ticks = [...form.querySelectorAll("input[name=document]")];
  const all = form.querySelector("[data-quick-all]");
  const tell = () => {
    const count = ticks.filter((tick) => tick.checked).length;
    all.checked = count === ticks.length;
    all.indeterminate = count > 0 && count < ticks.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = all.checked;
  });
  form.addEventListener("change", tell);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const place = ticks.indexOf(event.target);
    if (!step || (place < 0 && event.target !== all)) return;
    event.preventDefault();
    (place + step < 0 ? all : ticks[place + step])?.focus();
  });
  ticks[0].focus();
}
