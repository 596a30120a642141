// A session nobody works in ends by itself: a minute before, the page says so and asks; at the end it leads to the
// sign-in page, so that nothing stays readable on the screen. What was typed is kept by drafts.js.

const box = document.querySelector("[data-session]");
const told = box?.querySelector("[data-left]");
const whole = Number(box?.dataset.seconds ?? 0);
const ahead = Math.min(60, whole / 2);
let counting = 0;
let endsAt = 0;

async function ask(isWork) {
  const answer = await fetch(box.dataset.url, { headers: isWork ? {} : { "X-Idle": "1" } });
  if (answer.redirected || answer.status === 401) return 0;
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).left;
}

function wait(left) {
  clearInterval(counting);
  if (box.open) box.close();
  setTimeout(look, Math.max(500, (left - ahead) * 1000));
}

async function look() {
  try {
    const left = await ask(false); // another tab may be working
    if (left > ahead + 1) wait(left);
    else if (left <= 0) window.location.reload();
    else warn(left);
  } catch {
    setTimeout(look, 15_000); // no line: nothing is known, nothing is lost
  }
}

function warn(left) {
  endsAt = Date.now() + left * 1000;
  if (!box.open) box.showModal();
  clearInterval(counting);
  counting = setInterval(tell, 1000);
  tell();
}

async function tell() {
  const left = Math.ceil((endsAt - Date.now()) / 1000);
  told.textContent = Math.max(0, left);
  if (left > -1) return;
  clearInterval(counting);
  await look();
}

if (box && whole) {
  box.querySelector("[data-stay]").addEventListener("click", async () => {
    try {
      const left = await ask(true);
      if (left <= 0) window.location.reload();
      else wait(left);
    } catch {
      look();
    }
  });
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    box.querySelector("[data-stay]").click();
  });
  setTimeout(look, Math.max(500, (whole - ahead) * 1000));
}
