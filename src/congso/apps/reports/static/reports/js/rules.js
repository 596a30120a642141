// What counts as a good answer, as apps/reports/rules says it; a test gives both the same cases. No page, no network:
// numbers are whole millionths (BigInt), so that 0,1 + 0,2 is 0,3 here as on the server.

const SPACES = /[ \t\r\n\u00a0\u2009\u202f]+/g;
const GROUPED = /^-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?$/;
const ENGLISH = /^(?:-?[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|-?[1-9][0-9]{0,2}(?:,[0-9]{3}){2,})$/;
const COMMA = /^-?[0-9]+,[0-9]+$/;
const POINT = /^-?[0-9]+(?:\.[0-9]+)?$/;
const LIKE_THOUSANDS = /^-?[1-9][0-9]{0,2},[0-9]{3}$/;
const MOST_DIGITS = 15;
const SHOWN = 40;
const UNIT = 1_000_000n;

export class NotANumber extends Error {
  constructor(code, facts = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

function plainOf(written) {
  if (GROUPED.test(written)) return written.replaceAll(".", "").replaceAll(",", ".");
  if (ENGLISH.test(written)) return written.replaceAll(",", "");
  if (COMMA.test(written)) return written.replace(",", ".");
  return POINT.test(written) ? written : null;
}

const cut = (text, most) => [...text].slice(0, most).join("");

export function parseNumber(raw, decimals) {
  const written = raw.replace(SPACES, "").replaceAll("\u2212", "-");
  if (!written) return null;
  if (written.startsWith("=")) throw new NotANumber("formula");
  if (decimals === 0 && LIKE_THOUSANDS.test(written)) {
    throw new NotANumber("ambiguous", { raw: written, as_whole: written.replaceAll(",", ".") });
  }
  const plain = plainOf(written);
  if (plain === null) throw new NotANumber("not_a_number", { raw: cut(raw.trim(), SHOWN) });
  const [whole, part = ""] = plain.split(".");
  const fraction = part.replace(/0+$/, "");
  if (whole.replace(/^-/, "").replace(/^0+/, "").length > MOST_DIGITS) throw new NotANumber("too_large");
  if (fraction.length > decimals) throw new NotANumber("decimals", { decimals: `${decimals}` });
  const size = BigInt(whole.replace(/^-/, "")) * UNIT + BigInt(fraction.padEnd(6, "0"));
  return whole.startsWith("-") ? -size : size;
}

export function exact(text) {
  const [whole, part = ""] = text.replace(/^-/, "").split(".");
  const size = BigInt(whole) * UNIT + BigInt(part.padEnd(6, "0").slice(0, 6));
  return text.startsWith("-") ? -size : size;
}

export function showNumber(value) {
  const size = value < 0n ? -value : value;
  const grouped = `${size / UNIT}`.replace(/\B(?=(\d{3})+$)/g, ".");
  const fraction = `${size % UNIT}`.padStart(6, "0").replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${grouped}${fraction ? `,${fraction}` : ""}`;
}

const fill = (words, facts) => words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

function ofNumber(cell, raw, values, words) {
  const error = (code, facts = {}) => ({ key: cell.key, severity: "error", message: fill(words[code], facts) });
  let value;
  try {
    value = parseNumber(raw, cell.decimals);
  } catch (wrong) {
    if (wrong instanceof NotANumber) return [error(wrong.code, wrong.facts)];
    throw wrong;
  }
  if (value === null) return cell.required ? [error("required")] : [];
  values.set(cell.key, value);
  const found = [];
  if (cell.least !== null && value < exact(cell.least)) found.push(error("least", { least: showNumber(exact(cell.least)) }));
  if (cell.most !== null && value > exact(cell.most)) found.push(error("most", { most: showNumber(exact(cell.most)) }));
  return found;
}

function ofChange(rule, values, form) {
  return rule.left.flatMap((key) => {
    const now = values.get(key);
    const before = form.last[key] === undefined ? 0n : exact(form.last[key]);
    if (now === undefined || before === 0n) return [];
    const moved = now > before ? now - before : before - now;
    if (moved * 100n <= (before < 0n ? -before : before) * BigInt(rule.percent)) return [];
    const facts = { last: showNumber(before), now: showNumber(now), percent: `${rule.percent}` };
    return [{ key, severity: "warning", message: rule.message || fill(form.words.change, facts) }];
  });
}

function ofRule(rule, values, form, titles) {
  if (rule.kind === "change") return ofChange(rule, values, form);
  if ([...rule.left, ...rule.right].some((key) => !values.has(key))) return [];
  const sum = (keys) => keys.reduce((total, key) => total + values.get(key), 0n);
  const [left, right] = [sum(rule.left), sum(rule.right)];
  if (left === right || (rule.kind === "at_most" && left < right)) return [];
  const named = (keys) => keys.map((key) => `“${titles.get(key)}”`).join(" + ");
  const facts = { left: named(rule.left), left_sum: showNumber(left), right: named(rule.right), right_sum: showNumber(right) };
  return [{ key: rule.left[0], severity: "error", message: rule.message || fill(form.words[rule.kind], facts) }];
}

export function check(form, filled) {
  const values = new Map();
  const titles = new Map(form.numbers.map((cell) => [cell.key, cell.title]));
  const found = form.numbers.flatMap((cell) => ofNumber(cell, filled[cell.key] ?? "", values, form.words));
  for (const text of form.texts) {
    const written = (filled[text.key] ?? "").trim();
    if (!written && text.required) found.push({ key: text.key, severity: "error", message: form.words.text_required });
    else if ([...written].length > text.most) {
      found.push({ key: text.key, severity: "error", message: fill(form.words.too_long, { most: `${text.most}` }) });
    }
  }
  return [...found, ...form.rules.flatMap((rule) => ofRule(rule, values, form, titles))];
}
