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

/** The bytes that a text of BIP-173 holds after its format. */
export function secretOf(text) {
  const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const fives = [...text.slice(text.indexOf("1") + 1, -6)].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"));
  const bytes = fives.join("").match(/.{8}/g).map((bits) => Number.parseInt(bits, 2));
  return Buffer.from(bytes.slice(1));
}
