// Data out and back in, without a network: the whole book and a table are saved, read here by other means and
// compared with what the page shows; a copy brings back what was changed since, and a wrong file changes nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { csv, download as saveFile } from "../browser/files.mjs";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

// A Thursday.
const TODAY = "2026-09-10";
const DEALERS = 24;

let tablet;
let page;
let name;
let place;
let copy;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(new Date(`${TODAY}T10:00:00`));
  await page.reload();
  await opened(page);
  // The worker that makes files is on the device from here on.
  await loadDemo(page);
  await tablet.loseNetwork(page);
  await go(page, "#/dealers");
  const row = page.locator("main [data-role=list] a.row").first();
  name = await row.locator(".row-title").innerText();
  place = await row.getAttribute("href");
});

after(async () => {
  await tablet.putAway();
});

const button = (name) => page.getByRole("button", { name, exact: true });
const form = () => page.getByRole("dialog");
const region = (name) => page.getByRole("region", { name, exact: true });

const download = (tap) => saveFile(page, tap);

/** The parts of a workbook, which is a zip archive (APPNOTE.TXT 4.3), by their names. */
function unzipped(bytes) {
  const parts = new Map();
  let at = bytes.readUInt32LE(bytes.lastIndexOf("PK\x05\x06", undefined, "latin1") + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [packed, nameLength, extra, comment] = [20, 28, 30, 32].map((place) =>
      place === 20 ? bytes.readUInt32LE(at + place) : bytes.readUInt16LE(at + place));
    const header = bytes.readUInt32LE(at + 42);
    const begin = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const content = bytes.subarray(begin, begin + packed);
    const text = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content;
    parts.set(bytes.toString("utf8", at + 46, at + 46 + nameLength), text.toString("utf8"));
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}

const choose = (file, content) =>
  page.locator("input[type=file]").setInputFiles({ name: file, mimeType: "application/json", buffer: Buffer.from(content) });

async function refused(file, content, words) {
  await choose(file, content);
  const alert = page.getByRole("alert").filter({ hasText: words });
  await alert.waitFor();
  assert.match(await alert.innerText(), /台账没有改动/);
}

test("the settings lead to the export and say that no copy was saved", async () => {
  await go(page, "#/settings");
  const row = page.getByRole("listitem").filter({ hasText: "还没有保存过副本" });
  // A demo book alone is nothing to worry about.
  assert.equal(await row.getByText("该存一份了").count(), 0);
  await row.getByRole("link", { name: /导出/ }).click();
  await page.getByRole("heading", { name: "导出", level: 1 }).waitFor();
});

test("the whole book is one JSON file with the day in its name", async () => {
  copy = await download(() => button("保存一份副本").click());
  assert.equal(copy.file, `同行台账-${TODAY}.json`);
  const book = JSON.parse(copy.bytes);
  assert.deepEqual([book.format, book.version], ["tongxing-book", 1]);
  assert.equal(book.tables.dealer.length, DEALERS);
  await region("加密备份").getByText("上次保存副本：9月10日").waitFor();
  // Every table holds as many records as the settings count.
  await go(page, "#/settings");
  const counts = await page.getByRole("listitem").filter({ hasText: "现有内容" }).innerText();
  for (const [label, table] of [["经销商", "dealer"], ["联系人", "contact"], ["数据", "reading"]]) {
    const count = book.tables[table].length;
    assert.match(counts, new RegExp(`${label} ${count}(\\D|$)`), `${count} of ${table}`);
  }
});

test("a dealer's figures in the file are those of the page", async () => {
  const dealer = JSON.parse(copy.bytes).tables.dealer.find((dealer) => dealer.name === name);
  await go(page, `${place}/profile`);
  const shown = (await page.locator("main").innerText()).replaceAll(",", "");
  assert.ok(dealer.phone.length > 0 && shown.includes(dealer.phone), dealer.phone);
  assert.ok(Number(dealer.turnover) > 0 && shown.includes(`¥${Number(dealer.turnover)}`), dealer.turnover);
});

test("a table is saved as CSV with the number of records that its choice says", async () => {
  await go(page, "#/export");
  const offered = await page.getByLabel("哪张表").locator("option").allInnerTexts();
  assert.ok(offered.includes(`经销商（${DEALERS}）`), offered.join());
  const dealers = await download(() => button("保存为 CSV").click());
  assert.equal(dealers.file, `经销商-${TODAY}.csv`);
  const records = csv(dealers.bytes);
  assert.equal(records.length, DEALERS);
  const dealer = JSON.parse(copy.bytes).tables.dealer.find((dealer) => dealer.name === name);
  const record = records.find((record) => record["名称"] === name);
  assert.equal(record["电话"].replace(/^'/, ""), dealer.phone);
  assert.equal(Number(record["年营业额"]), Number(dealer.turnover));

  const people = offered.find((option) => option.startsWith("联系人（"));
  await page.getByLabel("哪张表").selectOption({ label: people });
  const contacts = csv((await download(() => button("保存为 CSV").click())).bytes);
  assert.equal(`联系人（${contacts.length}）`, people);
  assert.ok(contacts.some((contact) => contact["经销商"] === name));
  const cards = await download(() => button("保存为 vCard").click());
  assert.equal(cards.bytes.toString("utf8").match(/^BEGIN:VCARD/gm).length, contacts.length);
});

test("a table is saved as a workbook, and all tables as one", async () => {
  await page.getByLabel("哪张表").selectOption({ label: `经销商（${DEALERS}）` });
  const one = await download(() => button("保存为 XLSX").click());
  assert.equal(one.file, `经销商-${TODAY}.xlsx`);
  const parts = unzipped(one.bytes);
  const sheets = [...parts.get("xl/workbook.xml").matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(sheets, ["经销商", "列说明"]);
  const dealers = parts.get("xl/worksheets/sheet1.xml");
  assert.equal(dealers.match(/<row /g).length, 1 + DEALERS);
  assert.ok(parts.get("xl/sharedStrings.xml").includes(name));
  // Amounts are numbers: what the copy has as text stands here as a value.
  const turnover = JSON.parse(copy.bytes).tables.dealer.find((dealer) => dealer.name === name).turnover;
  assert.ok(dealers.includes(`<v>${Number(turnover)}</v>`), turnover);

  const all = unzipped((await download(() => button("全部表存为一个 XLSX").click())).bytes);
  const names = [...all.get("xl/workbook.xml").matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name);
  const filled = Object.values(JSON.parse(copy.bytes).tables).filter((rows) => rows.some((row) => !row.deleted));
  assert.equal(names.length, filled.length + 1);
});

test("what another system cannot hold is listed before its file is saved", async () => {
  await button("生成 CSV").click();
  const note = region("给其他系统").getByRole("status");
  await note.getByText("Zoho CRM 没有这些列").waitFor();
  const accounts = await download(() => note.getByRole("button", { name: "保存文件" }).click());
  const records = csv(accounts.bytes);
  assert.equal(records.length, DEALERS);
  assert.ok(records.some((record) => record["Account Name"] === name));
});

test("a wrong file is refused in clear words", async () => {
  await refused("notes.json", "进货 100", "第 1 行");
  await refused("other.json", '{"a": 1}', "这不是同行的台账文件");
  await refused("cut.json", copy.bytes.subarray(0, copy.bytes.length / 2), "不是 JSON");
  const newer = { ...JSON.parse(copy.bytes), version: 2 };
  await refused("newer.json", JSON.stringify(newer), "请先更新程序");
  const nameless = structuredClone(JSON.parse(copy.bytes));
  delete nameless.tables.dealer[3].id;
  await refused("nameless.json", JSON.stringify(nameless), "dealer[3]");
});

test("a copy brings back what was changed since, and that can be undone", async () => {
  await choose("same.json", copy.bytes);
  await page.getByText("台账和这份备份一致").waitFor();

  const older = JSON.parse(copy.bytes);
  older.tables.dealer.find((dealer) => dealer.name === name).name = "副本里的名称";
  await choose("older.json", JSON.stringify(older));
  const outlook = page.getByRole("region", { name: "恢复后会怎样" });
  await outlook.getByText("经销商：改回 1 条").waitFor();
  await outlook.getByRole("button", { name: "恢复", exact: true }).click();
  const toast = page.locator(".toast").filter({ hasText: "已恢复 1 条" });
  await toast.waitFor();
  const heading = async (text) => {
    await go(page, place);
    await page.getByRole("heading", { name: text, level: 1 }).waitFor();
  };
  await heading("副本里的名称");
  await toast.getByRole("button", { name: "撤销" }).click();
  await heading(name);
  await saved(page);
});

test("a book with dealers of one's own asks for a copy after two weeks", async () => {
  await go(page, "#/dealers");
  await page.getByRole("button", { name: "新建经销商", exact: true }).first().click();
  await form().getByLabel(/^名称/).fill("自己的经销商");
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
  await saved(page);
  const due = async (day) => {
    await page.clock.setFixedTime(new Date(`${day}T10:00:00`));
    await page.reload();
    await opened(page);
    await go(page, "#/settings");
    const row = page.getByRole("listitem").filter({ hasText: "上次保存副本：9月10日" });
    await row.waitFor();
    return row.getByText("该存一份了").count();
  };
  await tablet.context.setOffline(false);
  assert.equal(await due("2026-09-24"), 0);
  assert.equal(await due("2026-09-25"), 1);
});

test("nothing is exported while the dealer looks on", async () => {
  await go(page, "#/export");
  await page.getByRole("button", { name: "同屏", exact: true }).click();
  await page.getByText("同屏时不能导出").waitFor();
  assert.equal(await page.locator("main button, main input").count(), 0);
  tablet.watch.calm();
});
