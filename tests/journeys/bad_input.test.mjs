// What goes wrong is said in clear words and costs nothing: files that cannot be read, cells that cannot be
// taken in, a full disk, a damaged record.
import assert from "node:assert/strict";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { go } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

let tablet;
let page;
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tongxing-files-"));
  tablet = await takeTablet();
  page = await tablet.open("#/import");
});

after(async () => {
  await tablet.putAway();
  await rm(folder, { recursive: true });
});

const file = (name, content) => ({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
const button = (name) => page.getByRole("button", { name });

async function choose(chosen) {
  await page.locator("input[type=file]").setInputFiles(chosen);
}

async function refusedFile(chosen, words) {
  await choose(chosen);
  await page.getByRole("alert").filter({ hasText: words }).waitFor();
}

async function dealers() {
  await go(page, "#/dealers");
  const names = await page.locator("main [data-role=list] a.row .row-title").allInnerTexts();
  // The list keeps some rows in hand for scrolling.
  return names.filter((name) => name !== "");
}

test("files that cannot be read say why and what to do", async () => {
  await refusedFile(file("empty.csv", ""), "这个文件是空的（0 字节）");
  await refusedFile(file("unknown.csv", [...Buffer.from("name,code\nK"), 0xff, 0x80, 0xff, ...Buffer.from("ln,1\n")]), "认不出文字编码");
  await refusedFile(file("headings.csv", "客户名称,客户编码\n"), "没有找到数据");
  await refusedFile(file("quote.csv", '客户名称,客户编码\n"华盛,1\n东升,2\n'), "引号没有结束");

  const large = join(folder, "large.csv");
  const handle = await open(large, "w");
  await handle.truncate(200 * 1024 * 1024);
  await handle.close();
  await refusedFile(large, "文件有 200 MB");
});

const ROWS = [
  ["客户名称", "客户编码", "合作日期", "年营业额", "详细地址"],
  ["=cmd|' /C calc'!A0", "B1", "2020-01-01", "100", "甲"],
  ["日期不存在", "B2", "2026-02-30", "100", "乙"],
  ["金额为负", "B3", "2020-01-01", "-5", "丙"],
  ["金额太大", "B4", "2020-01-01", "99999999999999999999", "丁"],
  ["金额是公式", "B5", "2020-01-01", "=1+1", "戊"],
  ["长".repeat(10_000), "B6", "2020-01-01", "100", "己"],
  ["表情😀مرحبا", "B7", "2020-01-01", "100", "庚"],
  ["控制\u0007字符", "B8", "2020-01-01", "100", "辛"],
  ["重复一", "B9", "2020-01-01", "100", "壬"],
  ["重复二", "B9", "2020-01-01", "100", "癸"],
];
const FAULTS = [
  [3, "合作日期", "2026-02-30"],
  [4, "年营业额", "不能为负数"],
  [5, "年营业额", "数字太大"],
  [6, "年营业额", "公式"],
  [7, "客户名称", "最多 120 个字"],
];

test("cells that cannot be taken in are named by row and column, and nothing is half-written", async () => {
  const text = ROWS.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell}"` : cell)).join(",")).join("\r\n");
  await choose(file("bad.csv", `\u{feff}${text}\r\n`));
  await button("检查并预览").click();
  await page.getByText("5 行有错").first().waitFor();
  const table = page.getByRole("region", { name: "文件里的行" });
  for (const [line, column, words] of FAULTS) {
    const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: String(line), exact: true }) });
    const headings = await table.getByRole("columnheader").allInnerTexts();
    const cell = row.locator("th, td").nth(headings.indexOf(column));
    await cell.filter({ hasText: words }).waitFor();
  }
  assert.ok(await page.getByRole("button", { name: /^导入 \d+ 行/ }).isDisabled());
  assert.deepEqual(await dealers(), []);
});

test("what is sound comes in when she says so, odd characters and all", async () => {
  // The file is still at hand.
  await go(page, "#/import");
  await button("检查并预览").click();
  await page.getByRole("checkbox", { name: "不导入有错误的 5 行" }).check();
  await page.getByRole("button", { name: /^导入 \d+ 行/ }).click();
  await page.getByText(/已导入经销商 \d 条/).first().waitFor();
  await saved(page);
  const names = await dealers();
  assert.ok(names.includes("=cmd|' /C calc'!A0"), "a formula is plain text");
  assert.ok(names.includes("表情😀مرحبا"));
  assert.ok(names.includes("控制字符"));
  assert.ok(!names.some((name) => name.startsWith("长长")));
  tablet.watch.calm();
});

test("a full disk is said, and what was typed is stored once there is room", async () => {
  // A running browser goes by the room that it found some seconds ago, so it is started anew.
  await tablet.context.close();
  await tablet.switchOn();
  const [blank] = tablet.context.pages();
  const session = await tablet.context.newCDPSession(blank);
  const origin = tablet.host.origin;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  page = await tablet.open();
  await go(page, "#/dealers");
  await button("新建经销商").first().click();
  await page.getByRole("dialog").getByRole("textbox", { name: "名称", exact: true }).fill("磁盘已满时的新店");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  const banner = page.getByRole("alert").filter({ hasText: "设备空间不足" });
  await banner.waitFor();
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await banner.getByRole("button", { name: "重试" }).click();
  await banner.waitFor({ state: "detached" });
  await saved(page);
  await page.reload();
  await opened(page);
  assert.ok((await dealers()).includes("磁盘已满时的新店"));
});

test("a record that was altered on the disk is set aside, the rest opens", async () => {
  const before = await dealers();
  // The dealers came in as one large commit, so they lie in a segment. One bit of its last row is turned.
  const altered = await page.evaluate(async () => {
    const answer = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const [{ name }] = await indexedDB.databases();
    const database = await answer(indexedDB.open(name));
    for (const shelf of ["segments", "journal"]) {
      const keys = await answer(database.transaction(shelf).objectStore(shelf).getAllKeys());
      for (const key of keys) {
        const store = database.transaction(shelf, "readwrite").objectStore(shelf);
        const record = await answer(store.get(key));
        record[record.length - 1] ^= 1;
        await answer(store.put(record, key));
        database.close();
        return shelf;
      }
    }
    return null;
  });
  assert.notEqual(altered, null);
  await page.reload();
  await opened(page);
  await page.getByText("有部分存储记录损坏").first().waitFor();
  const rest = await dealers();
  assert.equal(rest.length, before.length - 1, `${rest} of ${before}`);
  await go(page, "#/settings");
  await page.getByText("读不出的记录").waitFor();
  tablet.watch.calm();
});
