// Passkeys: a form with data-passkey asks the device (create or get) and then sends what the device signed.

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const named = (list) => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));

async function create(options, form) {
  const replacesPassword = form.elements.passwordless?.checked ?? false;
  const selection = { ...options.authenticatorSelection };
  selection.residentKey = replacesPassword ? "required" : "discouraged";
  selection.requireResidentKey = replacesPassword;
  if (replacesPassword) selection.userVerification = "required";
  return navigator.credentials.create({
    publicKey: {
      ...options,
      authenticatorSelection: selection,
      challenge: decode(options.challenge),
      user: { ...options.user, id: decode(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
    },
  });
}

async function get(options) {
  return navigator.credentials.get({
    publicKey: { ...options, challenge: decode(options.challenge), allowCredentials: named(options.allowCredentials) },
  });
}

function describe(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = encode(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function optionsOf(form) {
  if (!form.dataset.optionsUrl) return JSON.parse(form.querySelector("script[type='application/json']").textContent);
  const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).request_options;
}

function setUp(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      const options = (await optionsOf(form)).publicKey;
      const made = form.dataset.passkey === "create" ? await create(options, form) : await get(options);
      form.elements.credential.value = JSON.stringify(describe(made));
      form.submit();
    } catch {
      problem.textContent = form.dataset.wordsCancelled;
      problem.hidden = false;
    }
  });
}

// Browsers keep passkeys for names, over HTTPS or on localhost; an address of figures has none.
const mayBeUsed = window.PublicKeyCredential && window.isSecureContext && !/^[\d.]+$|:/.test(window.location.hostname);

function tellUnusable(form) {
  form.hidden = Boolean(form.dataset.optionsUrl); // on the sign-in page it is one way of several
  form.querySelector("button").disabled = true;
  const problem = form.querySelector("[data-passkey-problem]");
  problem.textContent = form.dataset.wordsUnusable;
  problem.hidden = false;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (mayBeUsed) setUp(form);
  else tellUnusable(form);
}
