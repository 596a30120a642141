// Copies the few front-end files the portal serves out of node_modules and draws one icon sprite.
// Run by `npm run build`. The result is never edited and never committed.

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const PARTS = join(ROOT, "node_modules");
const VENDOR = join(ROOT, "src/congso/kernel/web/static/vendor");
const ICONS = join(PARTS, "@tabler/icons/icons/outline");

const FILES = {
  "tabler.css": "@tabler/core/dist/css/tabler.min.css",
  "htmx.js": "htmx.org/dist/htmx.min.js",
};
const LICENCES = {
  "tabler-icons.LICENSE": "@tabler/icons/LICENSE",
  "htmx.LICENSE": "htmx.org/LICENSE",
};
// A source map would be fetched by nobody and its address would have to exist for the hashed file names.
const SOURCE_MAP = /\/\*# sourceMappingURL=.*?\*\/|\/\/# sourceMappingURL=.*$/gm;
const OUTSIDE = /@import|url\(\s*["']?(?:https?:)?\/\//i;

async function copyPart(target, source) {
  const text = await readFile(join(PARTS, source), "utf8");
  if (target.endsWith(".css") && OUTSIDE.test(text)) {
    throw new Error(`${source} fetches something from outside`);
  }
  await writeFile(join(VENDOR, target), text.replace(SOURCE_MAP, ""));
}

function symbol(name, svg) {
  const body = svg
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace("</svg>", "")
    .replace(/<path stroke="none"[^>]*\/>/, "")
    .replace(/\s+/g, " ")
    .trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
}

async function drawSprite() {
  const list = await readFile(join(ROOT, "frontend/icons.txt"), "utf8");
  const names = list.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = [];
  for (const name of names) {
    symbols.push(symbol(name, await readFile(join(ICONS, `${name}.svg`), "utf8")));
  }
  await writeFile(
    join(VENDOR, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`,
  );
  return names.length;
}

await rm(VENDOR, { recursive: true, force: true });
await mkdir(VENDOR, { recursive: true });
for (const [target, source] of Object.entries(FILES)) {
  await copyPart(target, source);
}
for (const [target, source] of Object.entries(LICENCES)) {
  await copyFile(join(PARTS, source), join(VENDOR, target));
}
console.log(`${Object.keys(FILES).length} files and ${await drawSprite()} icons in ${VENDOR}`);
