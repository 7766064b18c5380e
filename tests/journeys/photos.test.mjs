// Photos as evidence, without a network: added to an issue and to a step, turned upright, scaled down, kept over a new
// start, opened large, removed with a way back. What is no picture says so and changes nothing. The pictures are made here.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { png } from "../browser/pictures.mjs";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

let tablet;
let page;
let issue;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await loadDemo(page);
  await tablet.loseNetwork(page);
  await go(page, "#/issues");
  issue = await page.locator("main a[href*='#/issues/']").first().getAttribute("href");
  await go(page, issue);
});

after(async () => {
  await tablet.putAway();
});

const strip = () => page.getByRole("list", { name: "照片" });
const toast = (text) => page.locator(".toast").filter({ hasText: text }).last();
const choose = () => page.getByLabel("选择照片");

/** The same picture as a camera keeps it that was held upright: lying, with a note (EXIF 2.32, orientation 6) that it is to be turned. */
async function lying(width, height) {
  const bytes = await page.evaluate(async ([width, height]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d");
    context.fillStyle = "red";
    context.fillRect(0, 0, width, height / 2);
    context.fillStyle = "blue";
    context.fillRect(0, height / 2, width, height / 2);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, [width, height]);
  const tiff = Buffer.from("4d4d002a00000008000101120003000000010006000000000000", "hex");
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([Buffer.from(bytes.slice(0, 2)), head, body, Buffer.from(bytes.slice(2))]);
}

/** The size of a shown picture, and the colours at its left and right, top and bottom. */
const look = (picture) => picture.evaluate(async (img) => {
  await img.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: img.naturalWidth, height: img.naturalHeight });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(img, 0, 0);
  const at = (x, y) => {
    const [r, , b] = context.getImageData(Math.floor(x * (canvas.width - 1)), Math.floor(y * (canvas.height - 1)), 1, 1).data;
    return r > b ? "red" : "blue";
  };
  return { size: [img.naturalWidth, img.naturalHeight], colours: [at(0.1, 0.5), at(0.9, 0.5), at(0.5, 0.1), at(0.5, 0.9)] };
});

/** What lies on the shelf of blobs: how many bytes each has. */
const shelf = () => page.evaluate(async () => {
  const [{ name }] = await indexedDB.databases();
  const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
  const all = await new Promise((done) => {
    database.transaction("blobs").objectStore("blobs").getAll().onsuccess = (event) => done(event.target.result);
  });
  database.close();
  return all.map((blob) => blob.byteLength ?? blob.length);
});

test("a large photo is scaled down and kept with the issue", async () => {
  const before = await shelf();
  await choose().setInputFiles({ name: "门头.png", mimeType: "image/png", buffer: png(2400, 1200) });
  await toast("已添加 1 张照片").waitFor();
  await saved(page);
  const { size, colours } = await look(strip().locator("img"));
  assert.deepEqual(size, [1600, 800]);
  assert.deepEqual(colours.slice(0, 2), ["red", "blue"]);
  const after = await shelf();
  assert.equal(after.length, before.length + 1);
  assert.ok(Math.max(...after) <= 400_000, `${after}`);
});

test("a photo taken upright stands upright", async () => {
  await page.getByLabel("拍照").setInputFiles({ name: "IMG_0001.JPG", mimeType: "image/jpeg", buffer: await lying(800, 400) });
  await strip().locator("img").nth(1).waitFor();
  const { size, colours } = await look(strip().locator("img").nth(1));
  // Turned to the right: what was at the bottom is at the left.
  assert.deepEqual(size, [400, 800]);
  assert.deepEqual(colours.slice(0, 2), ["blue", "red"]);
});

test("what is no picture, is damaged or far too large says so, and nothing is lost", async () => {
  const before = [(await shelf()).length, await strip().locator("img").count()];
  const broken = png(400, 300).subarray(0, 900);
  for (const [name, buffer, said] of [
    ["报价.xlsx", Buffer.from("PK\x03\x04 no picture"), "「报价.xlsx」不是能打开的图片"],
    ["broken.png", broken.fill(0, 60), "「broken.png」不是能打开的图片"],
    ["empty.jpg", Buffer.alloc(0), "「empty.jpg」不是能打开的图片"],
  ]) {
    await choose().setInputFiles({ name, mimeType: "image/png", buffer });
    await toast(said).waitFor();
  }
  // Playwright hands no more than 50 MB over at a time: the page is given a file of that size itself.
  await choose().evaluate((input) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(52_000_000)], "全景.jpg", { type: "image/jpeg" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await toast("「全景.jpg」有 52 MB，最多 40 MB").waitFor();
  await saved(page);
  assert.deepEqual([(await shelf()).length, await strip().locator("img").count()], before);
});

test("good ones are kept though one among them is not", async () => {
  const before = await strip().locator("img").count();
  await choose().setInputFiles([
    { name: "a.png", mimeType: "image/png", buffer: png(40, 30) },
    { name: "b.png", mimeType: "image/png", buffer: Buffer.from("no picture") },
    { name: "c.png", mimeType: "image/png", buffer: png(30, 40) },
  ]);
  await toast("已添加 2 张照片").waitFor();
  await page.locator(".photos img").nth(before + 1).waitFor();
  assert.equal(await strip().locator("img").count(), before + 2);
});

test("opened large, one is removed; undone, it is there again, also after a new start", async () => {
  const before = await strip().locator("img").count();
  await strip().getByRole("button").first().click();
  const dialog = page.getByRole("dialog", { name: "照片" });
  assert.deepEqual((await look(dialog.locator("img"))).size, [1600, 800]);
  await dialog.getByRole("button", { name: "移除照片" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.waitForFunction((count) => document.querySelectorAll(".photos img").length === count, before - 1);
  await toast("已移除照片").getByRole("button", { name: "撤销" }).click();
  await page.waitForFunction((count) => document.querySelectorAll(".photos img").length === count, before);
  await saved(page);
  await tablet.context.setOffline(false);
  await page.reload();
  await opened(page);
  await tablet.loseNetwork(page);
  await page.waitForFunction((count) => document.querySelectorAll(".photos img").length === count, before);
  assert.deepEqual((await look(strip().locator("img").first())).size, [1600, 800]);
});

test("a step of a plan has photos of its own, and the dealer may see them", async () => {
  await go(page, issue);
  const dealer = await page.locator("main .head-sub a").getAttribute("href");
  await go(page, `${dealer}/plans`);
  const step = page.locator("main li.row").first();
  await step.getByRole("button", { name: /^更多/ }).click();
  await page.getByRole("menuitem", { name: "照片" }).click();
  const dialog = page.getByRole("dialog", { name: "照片" });
  await dialog.getByLabel("选择照片").setInputFiles({ name: "样机.png", mimeType: "image/png", buffer: png(300, 200) });
  await dialog.locator("img").waitFor();
  await dialog.getByRole("button", { name: "关闭" }).last().click();
  await dialog.waitFor({ state: "detached" });
  await step.locator(".photo img").waitFor();
  await page.getByRole("button", { name: "同屏" }).click();
  await page.getByRole("button", { name: "长按结束" }).waitFor();
  await settled(page);
  await step.locator(".photo img").waitFor();
  await saved(page);
  tablet.watch.calm();
});
