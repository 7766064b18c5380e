// From another system and back, through the interface alone and without a network: files of Zoho CRM and 纷享销客 and
// cards of a telephone come in by the one wizard, go out again, and are read here by other means.
import assert from "node:assert/strict";
import { writeFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import ICAL from "ical.js";
import { takeCommandLine } from "../browser/command_line.mjs";
import { csv, download } from "../browser/files.mjs";
import { go } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

// A Tuesday.
const TODAY = "2026-03-10";
const PASSWORD = "青禾 kitchens 2026";

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

test("a second import updates by the record id, and is undone as one", async () => {
  await preview("Accounts.csv", "Record Id,Account Name,Phone\r\nzcrm_2,Muxi Home Group,\r\nzcrm_1,Qinghe Kitchens,0571-8888-0000\r\n");
  await bringIn(1);
  const names = async () => {
    await go(page, "#/dealers");
    return (await page.locator("main [data-role=list] a.row .row-title").allInnerTexts()).filter(Boolean).sort();
  };
  assert.deepEqual(await names(), ["Muxi Home Group", "Qinghe Kitchens"]);
  await page.locator(".toast").filter({ hasText: "已更新" }).getByRole("button", { name: "撤销" }).click();
  await saved(page);
  assert.deepEqual(await names(), ["Muxi Home", "Qinghe Kitchens"]);
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

const CARDS = [
  "BEGIN:VCARD", "VERSION:3.0", "FN:李知秋", "N:李;知秋;;;", "ORG:Muxi Home;市场部", "TITLE:采购",
  "TEL;TYPE=CELL:137000", " 00000", "TEL;TYPE=WORK:0512-9", "NOTE:爱喝茶\\, 不喝咖啡\\n周末不打扰", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg==", "END:VCARD",
  "BEGIN:VCARD", "VERSION:2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=B5=B5;=E4=B8=80;;;", "TEL;CELL:136", "END:VCARD", "",
].join("\r\n");

test("cards of a telephone come in; what they say beyond is told, and whoever has no dealer is given one", async () => {
  await choose("people.vcf", CARDS, "text/vcard");
  await button("选经销商").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("searchbox").fill("Qinghe");
  await dialog.locator("label.option").filter({ hasText: "Qinghe Kitchens" }).click();
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "detached" });
  await button("检查并预览").click();
  await page.getByRole("region", { name: "文件里的行" }).waitFor();
  assert.deepEqual(await withoutPlace(), ["ORG 2（1 行）", "PHOTO（1 行）", "TEL 2（1 行）"]);
  await bringIn(2);
  await go(page, "#/export");
  const cards = await download(page, () => button("保存为 vCard").click());
  const people = ICAL.parse(cards.bytes.toString("utf8")).map(([, properties]) =>
    Object.fromEntries(properties.map(([name, , , value]) => [name, value])));
  const li = people.find((person) => person.fn === "李知秋");
  assert.deepEqual([li.tel, li.title, li.note, li.org].flat(), ["13700000000", "采购", "爱喝茶, 不喝咖啡\n周末不打扰", "Muxi Home"]);
  assert.equal(String(people.find((person) => person.fn === "赵一").org), "Qinghe Kitchens");
  // The same file again has nothing that is new: each card says whose it is.
  await preview("people.vcf", cards.bytes, "text/vcard");
  await page.getByText("没有需要导入的内容").waitFor();
});

test("a workbook of ours comes back without a change", async () => {
  await go(page, "#/export");
  await page.getByLabel("哪张表").selectOption({ label: "经销商（3）" });
  const file = await download(page, () => button("保存为 XLSX").click());
  assert.equal(await preview(file.file, file.bytes), "经销商");
  await page.getByText("没有需要导入的内容").waitFor();
  tablet.watch.calm();
});

/** Opens a backup on the export page. */
async function bringBack(file, password) {
  await go(page, "#/export");
  await page.locator("input[type=file]").setInputFiles({ name: "backup.tongxing", mimeType: "application/octet-stream", buffer: file });
  await page.getByRole("dialog").getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("dialog").getByRole("button", { name: "打开" }).click();
}

test("a sealed backup is made with one tap, and says what is wrong in its own words", async () => {
  await go(page, "#/settings");
  await button("立即备份").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await dialog.getByLabel("再输一次").fill(PASSWORD);
  const first = await download(page, () => dialog.getByRole("button", { name: "加密并保存" }).click());
  assert.equal(first.file, `同行备份-${TODAY}.tongxing`);
  await page.getByRole("listitem").filter({ hasText: "上次保存副本：3月10日" }).waitFor();
  assert.ok(!first.bytes.includes("Qinghe") && !first.bytes.includes("王小满"));

  // A dealer goes, another is called otherwise.
  await preview("Accounts.csv", "Record Id,Account Name\r\nzcrm_2,Renamed since\r\n");
  await bringIn(1);
  await bringBack(first.bytes, "something else");
  await page.getByRole("alert").filter({ hasText: "密码不对" }).waitFor();
  const flipped = Buffer.from(first.bytes);
  flipped[flipped.length >> 1] ^= 1;
  await bringBack(flipped, PASSWORD);
  await page.getByRole("alert").filter({ hasText: "备份文件已损坏" }).waitFor();

  await bringBack(first.bytes, PASSWORD);
  const outlook = page.getByRole("region", { name: "恢复后会怎样" });
  await outlook.getByText("经销商：改回 1 条").waitFor();
  await outlook.getByRole("button", { name: "恢复", exact: true }).click();
  const toast = page.locator(".toast").filter({ hasText: "已恢复" });
  await toast.waitFor();
  await saved(page);
  await go(page, "#/dealers");
  await page.getByText("Muxi Home", { exact: true }).first().waitFor();
  await toast.getByRole("button", { name: "撤销" }).click();
  await page.getByText("Renamed since", { exact: true }).first().waitFor();

  // The next one asks for nothing, and opens in an empty book with all there is.
  await go(page, "#/settings");
  const second = await download(page, () => button("立即备份").click());
  const other = await takeTablet();
  try {
    const empty = await other.open("#/export");
    await empty.locator("input[type=file]").setInputFiles({ name: "backup.tongxing", mimeType: "application/octet-stream", buffer: second.bytes });
    await empty.getByRole("dialog").getByLabel("密码", { exact: true }).fill(PASSWORD);
    await empty.getByRole("dialog").getByRole("button", { name: "打开" }).click();
    await empty.getByRole("region", { name: "恢复后会怎样" }).getByText("经销商：找回 3 条").waitFor();
    await empty.getByRole("button", { name: "恢复", exact: true }).click();
    await empty.locator(".toast").filter({ hasText: "已恢复" }).waitFor();
    await saved(empty);
    await empty.reload();
    await opened(empty);
    await go(empty, "#/dealers");
    await empty.getByText("Renamed since", { exact: true }).first().waitFor();
    other.watch.calm();
  } finally {
    await other.putAway();
  }
  tablet.watch.calm();
});

test("the command line opens a backup of the page, and the page one of the command line", async () => {
  await go(page, "#/settings");
  const { bytes } = await download(page, () => button("立即备份").click());
  const client = await takeCommandLine();
  try {
    const [ours, theirs, password] = ["ours.tongxing", "theirs.tongxing", "password"].map((name) => join(client.folder, name));
    await writeFile(ours, bytes);
    await writeFile(password, PASSWORD);
    await client.run(["restore", ours, "--password-file", password]);
    const { tables } = await client.book();
    await go(page, "#/export");
    const copy = await download(page, () => button("保存一份副本").click());
    assert.deepEqual(tables, JSON.parse(copy.bytes.toString()).tables);

    await client.edit(({ dealer }) => {
      dealer.find((one) => one.name === "Renamed since").name = "由脚本改名";
    });
    await client.run(["backup", theirs, "--password-file", password]);
    await bringBack(await readFile(theirs), PASSWORD);
    const outlook = page.getByRole("region", { name: "恢复后会怎样" });
    await outlook.getByText("经销商：改回 1 条").waitFor();
    await outlook.getByRole("button", { name: "恢复", exact: true }).click();
    await page.locator(".toast").filter({ hasText: "已恢复" }).last().waitFor();
    await saved(page);
    await go(page, "#/dealers");
    await page.getByText("由脚本改名", { exact: true }).first().waitFor();
  } finally {
    await client.putAway();
  }
  tablet.watch.calm();
});
