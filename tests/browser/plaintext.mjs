// Looking for texts in bytes, however they may be written there.

const utf16be = (text) => Buffer.from(text, "utf16le").swap16();
const escaped = (text) => text.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Base64 of bytes that stand anywhere among others: the letters that do not depend on what stands around them. */
function base64s(bytes) {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64").replaceAll("=", "");
    return text.slice(before === 0 ? 0 : before + 1, -2);
  });
}

/** All the ways in which bytes may be written that are looked for. */
function writings(bytes) {
  const texts = [bytes.toString("hex"), bytes.toString("hex").toUpperCase(), ...base64s(bytes)];
  return [bytes, ...texts.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]).map((text) => Buffer.from(text))];
}

/** Those of `texts` that stand in `haystack`: as UTF-8 or UTF-16, escaped, percent-encoded, in hexadecimal digits or base64. */
export function found(haystack, texts) {
  return texts.filter((text) => {
    const whole = [Buffer.from(text), Buffer.from(text, "utf16le"), utf16be(text)].flatMap(writings);
    const others = [escaped(text), encodeURIComponent(text)].map((written) => Buffer.from(written));
    return [...whole, ...others].some((written) => haystack.includes(written));
  });
}

/** Whether bytes stand in `haystack`, as they are, in hexadecimal digits or base64. */
export const holds = (haystack, bytes) => writings(bytes).some((written) => haystack.includes(written));

const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/** The bytes that a text of BIP-173 holds after its format. */
export function secretOf(text) {
  const fives = [...text.slice(text.indexOf("1") + 1, -6)].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0"));
  const bytes = fives.join("").match(/.{8}/g).map((bits) => Number.parseInt(bits, 2));
  return Buffer.from(bytes.slice(1));
}

/** The text of an invite (BIP-350) for these bytes. */
export function inviteOf(bytes) {
  const bits = [1, ...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const data = bits.match(/.{1,5}/g).map((five) => Number.parseInt(five.padEnd(5, "0"), 2));
  const kind = [..."txi"].map((letter) => letter.charCodeAt(0));
  let check = 1;
  for (const value of [...kind.map((code) => code >> 5), 0, ...kind.map((code) => code & 31), ...data, 0, 0, 0, 0, 0, 0]) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((generator, at) => {
      if ((top >> at) & 1) check ^= generator;
    });
  }
  check ^= 0x2bc830a3;
  const sum = [0, 1, 2, 3, 4, 5].map((at) => (check >>> (5 * (5 - at))) & 31);
  return `txi1${[...data, ...sum].map((value) => LETTERS[value]).join("")}`;
}
