// Acts done while the network is away: kept in order, sent in order, each once. The server compares and answers.

const expected = new Map(); // address → key, told by the page just before it posts

let sending = null;

async function fieldsOf(request) {
  const fields = [...(await request.formData()).entries()];
  const bytes = fields.reduce((sum, [, value]) => sum + (value instanceof Blob ? value.size : 0), 0);
  return { fields: fields.filter(([, value]) => !(value instanceof Blob && value.size === 0)), bytes };
}

// A form is posted. With the network it goes as ever; without it waits, if the form said it may.
async function post(event) {
  const { request } = event;
  const url = addressOf(request);
  if (url === GIVEN.signOut) {
    await forgetEverything();
    return fetch(request).catch(() => Response.redirect(`${GIVEN.page}?tin=chua-dang-xuat`, 303));
  }
  const told = expected.get(url);
  expected.delete(url);
  const copy = told ? request.clone() : null;
  try {
    return await fetch(request);
  } catch {
    if (!copy) return Response.redirect(`${GIVEN.page}?tin=can-mang`, 303);
    const { fields, bytes } = await fieldsOf(copy);
    if (bytes > GIVEN.fileBytes) return Response.redirect(`${GIVEN.page}?tin=tep-lon`, 303);
    await put("acts", { ...told, url, fields, at: Date.now(), state: "waiting", told: null });
    await self.registration.sync?.register("acts").catch(() => {});
    await tellPages({ what: "changed" });
    const back = new URL(request.referrer || GIVEN.page, location.origin);
    const isHere = await one("copies", back.pathname + back.search);
    return Response.redirect(isHere ? back.pathname + back.search : `${GIVEN.page}?tin=da-xep`, 303);
  }
}

function bodyOf(act) {
  const hasFiles = act.fields.some(([, value]) => value instanceof Blob);
  const body = hasFiles ? new FormData() : new URLSearchParams();
  for (const [name, value] of act.fields) if (name !== "act_seen") body.append(name, value);
  if (act.seen) body.append("act_seen", act.seen);
  return body;
}

async function ordered() {
  return (await every("acts")).sort((a, b) => a.at - b.at);
}

// Who is signed in and what she may still keep. Null: nobody, or the server is away.
async function askWhoIAm() {
  const held = [...new Set((await every("copies")).map((copy) => copy.record))].slice(0, 500);
  const answer = await fetch(`${GIVEN.me}?ho-so=${held.join(",")}`, { headers: { "X-Idle": "1" } }).catch(() => null);
  if (!answer) return null;
  if (answer.status === 401) {
    await put("facts", { name: "signIn", value: true });
    return null;
  }
  if (!answer.ok) return null;
  const me = await answer.json();
  await belongTo(me.person);
  await remove("facts", "signIn");
  for (const record of held) if (!me.kept.includes(record)) await dropRecord(record);
  return me;
}

// True when the next act may be sent: this one was answered, whatever the answer.
async function send(act, me) {
  const headers = { "X-CSRFToken": me.csrf, "X-Queued": "1" };
  const given = { method: "POST", body: bodyOf(act), headers, redirect: "manual" };
  const answer = await fetch(act.url, given).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) return false;
  const said = await answer.json().catch(() => null);
  if (!said?.state) return false; // a sign-in page or a fault: it goes on waiting
  if (said.state !== "done") {
    await put("acts", { ...act, state: said.state, told: said });
    return true;
  }
  await remove("acts", act.key);
  // What she did herself is no surprise to what she did next.
  for (const next of await every("acts")) {
    if (next.record && next.record === act.record && next.seen === act.seen && said.version) {
      await put("acts", { ...next, seen: String(said.version) });
    }
  }
  return true;
}

async function sendAll() {
  await keepWithinLimits();
  const me = await askWhoIAm();
  const stopped = new Set();
  for (const { key } of me ? await ordered() : []) {
    const act = await one("acts", key); // as it stands now: changed, or taken back meanwhile
    if (!act) continue;
    if (act.state !== "waiting") stopped.add(act.record);
    if (act.record && stopped.has(act.record)) continue;
    if (act.state !== "waiting") continue;
    if (!(await send(act, me))) break;
    if ((await one("acts", key)) && act.record) stopped.add(act.record);
    await tellPages({ what: "changed", sent: !(await one("acts", key)) });
  }
  await tellPages({ what: "changed" });
}

// One sender at a time; who asks meanwhile is answered by a second round.
function sendNow() {
  sending = (sending ?? Promise.resolve()).catch(() => {}).then(sendAll);
  return sending;
}

async function sendSoon() {
  const waiting = (await every("acts")).some((act) => act.state === "waiting");
  const asked = await one("facts", "asked");
  const isTime = !asked || Date.now() - asked.value > 15 * 60 * 1000;
  if (!waiting && !isTime) return;
  await put("facts", { name: "asked", value: Date.now() });
  await sendNow();
}
