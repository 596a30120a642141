// This device asks to be woken when something is new. It needs the service worker, so a device that keeps copies.

const panel = document.querySelector("[data-push]");
const words = panel.dataset;
const button = panel.querySelector("[data-push-add]");
const told = panel.querySelector("[data-push-told]");
const WAIT = 5000; // milliseconds until a device is taken for one that keeps no copies
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window && window.isSecureContext;

function say(text) {
  told.textContent = text;
  told.hidden = !text;
}

function bytesOf(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function tellServer(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
  const token = panel.querySelector("input[name=csrfmiddlewaretoken]").value;
  return fetch(words.pushAddress, { method: "POST", body, headers: { "X-CSRFToken": token } });
}

async function subscribe(registration) {
  if (await Notification.requestPermission() !== "granted") return say(words.wordsDenied);
  // A subscription left by somebody else at this machine is hers: it ends here.
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(words.pushKey) };
  const subscription = await registration.pushManager.subscribe(options);
  const answer = await tellServer(subscription);
  if (answer.ok) return location.reload();
  await subscription.unsubscribe();
  return say((await answer.json().catch(() => ({}))).message ?? words.wordsFailed);
}

// The worker may be on its way: this page can be the first that asks for it.
function registered() {
  const tooLong = new Promise((resolve) => { setTimeout(resolve, WAIT); });
  return Promise.race([navigator.serviceWorker.ready, tooLong]);
}

async function begin() {
  if (!able) return say(words.wordsUnable);
  const registration = await registered();
  if (!registration) return say(words.wordsNoWorker);
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await subscribe(registration);
    } catch {
      say(words.wordsFailed);
    }
    button.disabled = false;
  });
}

begin();
