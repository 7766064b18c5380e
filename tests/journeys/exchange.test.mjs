// From another system and back, through the interface alone and without a network: files of Zoho CRM and 纷享销客 come in
// by the one wizard, go out again, and are read here by other means.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { csv, download } from "../browser/files.mjs";
import { go } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

// A Tuesday.
const TODAY = "2026-03-10";

let tablet;
let page;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(new Date(`${TODAY}T10:00:00`));
  await page.reload();
  await opened(page);
  // The worker that opens files is on the device from here on.
  await go(page, "#/import");
  await page.locator("input[type=file]").setInputFiles({ name: "headings.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\r\n") });
  await page.getByRole("alert").filter({ hasText: "没有找到数据" }).waitFor();
  await tablet.loseNetwork(page);
});

after(async () => {
  await tablet.putAway();
});

const button = (name) => page.getByRole("button", { name });

/** Chooses a file on the import page, whatever stood there before. */
async function choose(name, content, mimeType = "text/csv") {
  await go(page, "#/import");
  for (const other of [button("再导入一个文件"), button("换一个文件")]) {
    if (await other.isVisible()) await other.click();
  }
  await page.locator("input[type=file]").setInputFiles({ name, mimeType, buffer: Buffer.from(content) });
  await button("检查并预览").waitFor();
}

/** Chooses a file and goes as far as the preview; what it was taken for. */
async function preview(name, content, mimeType) {
  await choose(name, content, mimeType);
  const holds = await page.getByRole("combobox", { name: "这个文件是" }).locator("option:checked").innerText();
  await button("检查并预览").click();
  await page.getByRole("region", { name: "文件里的行" }).waitFor();
  return holds;
}

/** Imports what the preview shows; `rows` is how many the button says. */
async function bringIn(rows) {
  await page.getByRole("button", { name: `导入 ${rows} 行`, exact: true }).click();
  await button("再导入一个文件").waitFor();
  await saved(page);
}

const withoutPlace = () => page.locator(".note details li").allInnerTexts();

async function exported(module) {
  await go(page, "#/export");
  await page.getByLabel("系统和模块").selectOption({ label: module });
  await button("生成 CSV").click();
  const file = await download(page, () => button("保存文件").click());
  return csv(file.bytes);
}

const ACCOUNTS = [
  "Record Id,Account Owner,Rating,Account Name,Phone,Account Type,Employees,Annual Revenue,Billing State",
  "zcrm_1,May Zhou,Active,Qinghe Kitchens,0571-8888-0000,Distributor,24,1200000.5,Zhejiang",
  "zcrm_2,May Zhou,,Muxi Home,0512-7777-0000,Analyst,many,,Jiangsu",
].join("\r\n");

test("a file of Zoho CRM is known by its headers; what is wrong is saved to be corrected", async () => {
  const holds = await preview("Accounts.csv", ACCOUNTS);
  assert.equal(holds, "Zoho CRM · Accounts（经销商）");
  await page.getByText("1 行有错").first().waitFor();
  assert.deepEqual(await withoutPlace(), ["Account Owner（2 行）", "Account Type: Analyst（1 行）"]);
  assert.ok(await page.getByRole("button", { name: /^导入 \d+ 行/ }).isDisabled());
  const wrong = await download(page, () => button("下载出错的行").click());
  const [row] = csv(wrong.bytes);
  assert.match(row["导入失败原因"], /第 3 行「Employees」列：请填整数/);
  assert.equal(row["Account Name"], "Muxi Home");
  // Nothing came in. The file is mended and taken once more.
  await go(page, "#/dealers");
  assert.equal(await page.locator("main [data-role=list] a.row").count(), 0);
  await preview("Accounts.csv", ACCOUNTS.replace("many", "7"));
  await bringIn(2);
});

test("people, goals, meetings, tasks and notes find their dealer by its name", async () => {
  const files = [
    ["Contacts", "Record Id,First Name,Last Name,Account Name,Mobile,Date of Birth\r\nc1,Wei,Zhang,Qinghe Kitchens,138,03/25/1980\r\n"],
    ["Deals", "Record Id,Deal Name,Account Name,Amount,Created Time,Closing Date,Stage\r\nd1,Autumn,Qinghe Kitchens,250000.5,01/05/2026,06/30/2026,Qualification\r\n"],
    ["Events", "Record Id,Title,Related To,Start DateTime,End DateTime,Channel,Description\r\ne1,Spring,Qinghe Kitchens,03/02/2026 02:30 PM,03/02/2026 04:00 PM,Visit,Six units\r\n"],
    ["Tasks", "Record Id,Subject,Related To,Task Owner,Due Date,Status\r\nt1,Send,Qinghe Kitchens,May,2026-03-15,Not Started\r\n"],
    ["Notes", "Record Id,Note Title,Parent Name,Note Content,Created Time\r\nn1,WeChat,Qinghe Kitchens,Wants prices,2026-03-01T18:20:00+08:00\r\n"],
  ];
  for (const [module, text] of files) {
    assert.match(await preview(`${module}.csv`, text), new RegExp(`^Zoho CRM · ${module}`));
    await bringIn(1);
  }
});

test("what came from Zoho goes back to it as it came", async () => {
  const accounts = await exported("Zoho CRM · Accounts（经销商）");
  const [, first] = accounts.map((row) => row["Account Name"]).sort();
  const qinghe = accounts.find((row) => row["Account Name"] === first);
  assert.deepEqual(
    ["Record Id", "Account Type", "Rating", "Phone", "Employees", "Annual Revenue", "Billing State"].map((name) => qinghe[name]),
    ["zcrm_1", "Distributor", "Active", "0571-8888-0000", "24", "1200000.5", "Zhejiang"],
  );
  const [deal] = await exported("Zoho CRM · Deals（进货目标）");
  assert.deepEqual([deal["Record Id"], deal["Amount"], deal["Closing Date"]], ["d1", "250000.5", "2026-06-30"]);
  const [event] = await exported("Zoho CRM · Events（沟通）");
  assert.deepEqual([event["Record Id"], event["Start DateTime"], event["Description"]], ["e1", "2026-03-02 14:30:00", "Six units"]);
  const [note] = await exported("Zoho CRM · Notes（消息）");
  assert.deepEqual([note["Record Id"], note["Created Time"], note["Note Content"]], ["n1", "2026-03-01 18:20:00", "Wants prices"]);
});

test("files of 纷享销客 come in and go back", async () => {
  const files = [
    ["客户", "唯一性ID,客户名称,客户编号,客户级别,省,电话,成交状态\r\nk1,苏州木樨家居,MX-01,A,江苏,0512-1,已成交\r\n"],
    ["联系人", "唯一性ID,姓名,客户名称,职务,手机\r\np1,王小满,苏州木樨家居,店长,139\r\n"],
    ["销售订单", "销售订单编号,客户名称,下单日期,销售订单金额(元)\r\nSO-1,苏州木樨家居,2026-01-05,1000.5\r\nSO-2,苏州木樨家居,2026-01-20,-500\r\n"],
    ["拜访", "唯一性ID,拜访主题,客户名称,计划开始时间,计划结束时间,拜访状态,拜访总结\r\nv1,春季陈列,苏州木樨家居,2026-03-02 14:30:00,2026-03-02 16:00:00,已完成,六台样机\r\n"],
    ["跟进记录", "唯一性ID,客户名称,跟进时间,跟进方式,主题,跟进内容\r\nf1,苏州木樨家居,2026-03-05 11:00:00,电话,价格,想要新价格表\r\n"],
  ];
  for (const [module, text] of files) {
    const holds = await preview(`${module}.csv`, text);
    assert.match(holds, new RegExp(`^纷享销客 · ${module}`));
    if (module === "客户") assert.deepEqual(await withoutPlace(), ["成交状态（1 行）"]);
    await bringIn(module === "销售订单" ? 2 : 1);
  }
  const orders = await exported("纷享销客 · 销售订单（进货额）");
  assert.deepEqual(
    orders.map((row) => [row["销售订单编号"], row["下单日期"], Number(row["销售订单金额(元)"])]),
    [["SO-1", "2026-01-05", 1000.5], ["SO-2", "2026-01-20", -500]],
  );
  const visit = (await exported("纷享销客 · 拜访（拜访）")).find((row) => row["拜访主题"] === "春季陈列");
  assert.deepEqual([visit["唯一性ID"], visit["拜访状态"], visit["拜访总结"]], ["v1", "已完成", "六台样机"]);
});

test("a workbook of ours comes back without a change", async () => {
  await go(page, "#/export");
  await page.getByLabel("哪张表").selectOption({ label: "经销商（3）" });
  const file = await download(page, () => button("保存为 XLSX").click());
  assert.equal(await preview(file.file, file.bytes), "经销商");
  await page.getByText("没有需要导入的内容").waitFor();
  tablet.watch.calm();
});

