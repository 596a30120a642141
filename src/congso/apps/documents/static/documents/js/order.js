// Writing a direction: phrases at a press, one part for each receiver, deadlines in working days.

function setUp(form) {
  const text = form.elements.text;
  const due = form.elements.due_on;
  const phrases = form.querySelector("[data-phrases]");
  const days = form.querySelector("[data-quick-days]");
  const told = form.querySelector("[data-targets-told]");

  const tell = () => {
    const parts = ["lead", "support", "inform"].map((name) => {
      const chosen = [...form.querySelectorAll(`input[name=${name}]:checked`)];
      const names = chosen.map((input) => input.closest("[data-picker-option]").getAttribute("aria-label"));
      return names.length ? `${told.dataset[name]}: ${names.join("; ")}` : "";
    });
    told.textContent = parts.filter(Boolean).join(" · ") || told.dataset.none;
  };

  // One receiver has one part: choosing another gives up the first.
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-picker-option]");
    if (!row) return;
    if (event.target.checked) {
      for (const other of row.querySelectorAll("input")) if (other !== event.target) other.checked = false;
    }
    tell();
  });
  // A lead chosen by mistake can be given up by pressing it again.
  form.addEventListener("pointerdown", (event) => {
    const radio = event.target.closest("label")?.querySelector("input[type=radio]");
    if (radio) radio.dataset.was = String(radio.checked);
  });
  form.addEventListener("click", (event) => {
    if (event.target.matches("input[type=radio]") && event.target.dataset.was === "true") {
      event.target.checked = false;
      event.target.dataset.was = "false";
      tell();
    }
    const phrase = event.target.closest("[data-phrase]");
    if (phrase) {
      text.value = [text.value.trim(), phrase.dataset.phrase].filter(Boolean).join(" ");
      text.focus();
    }
    const day = event.target.closest("[data-day]");
    if (day) due.value = due.type === "date" ? day.dataset.iso : day.dataset.day;
  });
  for (const part of [phrases, days]) if (part) part.hidden = false;
  tell();
}

for (const form of document.querySelectorAll("form[data-order]")) setUp(form);
