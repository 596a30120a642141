// The slider and the number are one value; the number is what is sent.

for (const slider of document.querySelectorAll("[data-slider]")) {
  const range = slider.querySelector("input[type=range]");
  const number = slider.querySelector("[data-percent]");
  range.hidden = false;
  range.addEventListener("input", () => {
    number.value = range.value;
  });
  number.addEventListener("input", () => {
    range.value = number.value || 0;
  });
}
