// The app's own code: pages of sealed rows, opened, joined, packed and written.
import start, { open_book, sync_book } from "./module/bench-page.js";

await start();

export const download = (address, name) => sync_book(name, address);
export const count = (name) => open_book(name);
