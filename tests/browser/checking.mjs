// The checking of a large file, given up in the middle.

/** Taps "cancel" as soon as the page shows how far it is; of how many rows that was. It takes a second or two, less than
 *  a hand from outside may need. */
export function givenUp(page, rows) {
  return page.evaluate((rows) => new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const status = [...document.querySelectorAll("[role=status]")].find((it) => it.innerText.includes("正在检查每一行"));
      const [, done] = new RegExp(`(\\d+) / ${rows} 行`).exec(status?.innerText ?? "") ?? [];
      if (done === undefined) return;
      observer.disconnect();
      [...status.querySelectorAll("button")].find((it) => it.innerText === "取消").click();
      resolve(Number(done));
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  }), rows);
}
