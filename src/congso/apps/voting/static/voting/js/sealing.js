// What a voter's browser does to a secret ballot (docs/voting.md): it makes a paper that is signed without being seen
// (RFC 9474, RSABSSA-SHA384-PSS-Randomized) and seals a slip for k of n of the committee (Shamir 1979; HPKE, RFC 9180:
// X25519, HKDF-SHA256, AES-256-GCM). Primitives are the browser's own; the server's part is congso/apps/voting/sealing.

const { subtle } = crypto;
const EXPONENT = 65537n;
const SIZE = 256; // bytes of the signing key
const HASH = 48; // bytes of SHA-384; the salt is as long
const text = new TextEncoder();

export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

function join(...parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

// Numbers

const toNumber = (bytes) => BigInt(`0x${toHex(bytes)}`);
const toBytes = (number) => fromHex(number.toString(16).padStart(SIZE * 2, "0"));

function power(base, exponent, modulus) {
  let result = 1n;
  for (let left = exponent, square = base % modulus; left > 0n; left >>= 1n, square = (square * square) % modulus) {
    if (left & 1n) result = (result * square) % modulus;
  }
  return result;
}

function inverse(number, modulus) {
  let [rest, next] = [modulus, number % modulus];
  let [before, found] = [0n, 1n];
  while (next > 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [before, found] = [found, before - times * found];
  }
  return rest === 1n ? ((before % modulus) + modulus) % modulus : null;
}

// Papers

const digest = async (name, bytes) => new Uint8Array(await subtle.digest(name, bytes));

async function mask(seed, length) {
  const blocks = [];
  for (let number = 0; number * HASH < length; number += 1) {
    blocks.push(await digest("SHA-384", join(seed, Uint8Array.of(0, 0, 0, number))));
  }
  return join(...blocks).subarray(0, length);
}

// EMSA-PSS-ENCODE of RFC 8017, 9.1.1, for a key of exactly 2048 bits.
async function encode(message) {
  const salt = random(HASH);
  const proof = await digest("SHA-384", join(new Uint8Array(8), await digest("SHA-384", message), salt));
  const block = join(new Uint8Array(SIZE - 2 * HASH - 2), Uint8Array.of(1), salt);
  const cover = await mask(proof, block.length);
  const masked = block.map((byte, at) => byte ^ cover[at]);
  masked[0] &= 0x7f;
  return join(masked, proof, Uint8Array.of(0xbc));
}

// A random paper for the box and how to unblind what the server will sign. All in hex, so that it can be kept.
export async function blindPaper(modulus, box) {
  const n = BigInt(`0x${modulus}`);
  const token = random(32);
  const encoded = toNumber(await encode(join(token, fromHex(box))));
  let factor = 0n;
  let unblind = null;
  while (unblind === null) {
    factor = toNumber(random(SIZE));
    unblind = factor > 1n && factor < n ? inverse(factor, n) : null;
  }
  const blinded = (encoded * power(factor, EXPONENT, n)) % n;
  return { token: toHex(token), blinded: toHex(toBytes(blinded)), unblind: unblind.toString(16) };
}

// The signature under the paper; throws when the server signed something else.
export async function finishPaper(modulus, box, paper, signed) {
  const n = BigInt(`0x${modulus}`);
  const signature = toBytes((BigInt(`0x${signed}`) * BigInt(`0x${paper.unblind}`)) % n);
  const web = btoa(String.fromCharCode(...fromHex(modulus))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const algorithm = { name: "RSA-PSS", hash: "SHA-384" };
  const key = await subtle.importKey("jwk", { kty: "RSA", n: web, e: "AQAB" }, algorithm, false, ["verify"]);
  const message = join(fromHex(paper.token), fromHex(box));
  if (!await subtle.verify({ name: "RSA-PSS", saltLength: HASH }, key, signature, message)) throw new Error("signature");
  return toHex(signature);
}

// Shares, over the field of 256 elements

function multiply(left, right) {
  let product = 0;
  for (let a = left, b = right; b; b >>= 1) {
    if (b & 1) product ^= a;
    a <<= 1;
    if (a & 0x100) a ^= 0x11b;
  }
  return product;
}

function share(secret, count, threshold) {
  const higher = Array.from({ length: threshold - 1 }, () => random(secret.length));
  return Array.from({ length: count }, (_none, index) => secret.map((byte, at) => {
    let value = 0;
    for (const row of [...higher].reverse()) value = multiply(value ^ row[at], index + 1);
    return value ^ byte;
  }));
}

// HPKE, base mode, one message

const KEM = join(text.encode("KEM"), Uint8Array.of(0, 0x20));
const SUITE = join(text.encode("HPKE"), Uint8Array.of(0, 0x20, 0, 1, 0, 2));
const LABEL = text.encode("HPKE-v1");
const NOTHING = new Uint8Array(0);

async function hmac(key, data) {
  const raw = key.length ? key : new Uint8Array(32); // an empty key and one of zeros are the same to HMAC
  const imported = await subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", imported, data));
}

const extract = (suite, salt, label, input) => hmac(salt, join(LABEL, suite, text.encode(label), input));

// Up to 32 bytes, so one block of HKDF-Expand.
async function expand(suite, key, label, info, length) {
  const whole = await hmac(key, join(Uint8Array.of(0, length), LABEL, suite, text.encode(label), info, Uint8Array.of(1)));
  return whole.subarray(0, length);
}

async function seal(recipient, info, plain) {
  const pair = await subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const sender = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const theirs = await subtle.importKey("raw", recipient, { name: "X25519" }, false, []);
  const common = new Uint8Array(await subtle.deriveBits({ name: "X25519", public: theirs }, pair.privateKey, 256));
  const drawn = await extract(KEM, NOTHING, "eae_prk", common);
  const shared = await expand(KEM, drawn, "shared_secret", join(sender, recipient), 32);
  const psk = await extract(SUITE, NOTHING, "psk_id_hash", NOTHING);
  const context = join(Uint8Array.of(0), psk, await extract(SUITE, NOTHING, "info_hash", info));
  const secret = await extract(SUITE, shared, "secret", NOTHING);
  const key = await expand(SUITE, secret, "key", context, 32);
  const nonce = await expand(SUITE, secret, "base_nonce", context, 12);
  return join(sender, await lock(key, nonce, plain));
}

async function lock(key, nonce, plain, also = NOTHING) {
  const imported = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: also }, imported, plain));
}

// Slips

export function plainAnswer(choice) {
  const plain = new Uint8Array(32);
  plain[0] = 1;
  plain[1] = { yes: 1, no: 2, other: 3 }[choice];
  return plain;
}

export function plainPicks(places) {
  const plain = new Uint8Array(32);
  plain[0] = 2;
  for (const place of places) plain[1 + (place >> 3)] |= 1 << (place & 7);
  return plain;
}

export async function sealSlip(box, paper, keys, threshold, plain) {
  const name = fromHex(box);
  const key = random(32);
  const shares = share(key, keys.length, threshold);
  const sealed = [];
  for (const [index, recipient] of keys.entries()) {
    const info = join(text.encode("congso-ballot-1"), name, Uint8Array.of(index + 1));
    sealed.push(await seal(fromHex(recipient), info, shares[index]));
  }
  const choice = await lock(key, new Uint8Array(12), plain, name);
  return join(fromHex(paper.token), fromHex(paper.signature), ...sealed, choice);
}

export const receiptOf = async (slip) => toHex(await digest("SHA-256", slip));

// A committee member's key: the public half goes to the server, the private one is hers.
export async function makeKey() {
  const pair = await subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const whole = new Uint8Array(await subtle.exportKey("pkcs8", pair.privateKey));
  return {
    public: toHex(new Uint8Array(await subtle.exportKey("raw", pair.publicKey))),
    private: toHex(whole.subarray(whole.length - 32)),
  };
}
