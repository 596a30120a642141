// A further line without asking the server; ticking a whole group of units.

for (const button of document.querySelectorAll("[data-add-line]")) {
  button.addEventListener("click", (event) => {
    const body = button.closest("section").querySelector("[data-lines]");
    const last = body?.lastElementChild;
    if (!last) return;
    event.preventDefault();
    const line = last.cloneNode(true);
    const number = body.children.length;
    for (const field of line.querySelectorAll("[name]")) {
      field.name = field.name.replace(/r\d+-/, `r${number}-`);
      if (field.type === "checkbox") field.checked = false;
      else if (field.tagName !== "SELECT") field.value = /-(decimals|least)$/.test(field.name) ? "0" : "";
      const label = field.getAttribute("aria-label");
      if (label) field.setAttribute("aria-label", label.replace(/\d+$/, `${number + 1}`));
    }
    body.append(line);
    line.querySelector("[name$=-title]").focus();
  });
}

for (const button of document.querySelectorAll("[data-tick]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...button.closest("fieldset").querySelectorAll("[type=checkbox]")];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  });
}
