// A member of a team without a screen: the real program `tongxing`, with a store of its own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const { CLIENT } = process.env;

/** The program on a store that does not exist yet. */
export async function takeCommandLine() {
  return new CommandLine(await mkdtemp(join(tmpdir(), "tongxing-client-")));
}

class CommandLine {
  constructor(folder) {
    this.folder = folder;
  }

  /** Runs a command with this on standard input, which has to go well, and reads its answer. */
  async run(words, input = "") {
    const kept = Object.entries(process.env).filter(([name]) => !/^TONGXING_|_proxy$/i.test(name));
    const program = spawn(CLIENT, [...words, "--json", "--store", join(this.folder, "store")], {
      env: Object.fromEntries(kept),
      stdio: ["pipe", "pipe", "pipe"],
    });
    program.stdin.on("error", () => {});
    program.stdin.end(input);
    const [[code], out, said] = await Promise.all([once(program, "close"), text(program.stdout), text(program.stderr)]);
    assert.equal(code, 0, `tongxing ${words.join(" ")}: ${out}${said}`);
    return JSON.parse(out);
  }

  /** The whole book, as a JSON copy has it. */
  async book() {
    const path = join(this.folder, "book.json");
    await this.run(["export", "--format", "json", "--out", path]);
    return JSON.parse(await readFile(path, "utf8"));
  }

  /** Edits the book as a script does: a copy is changed and brought in. No network is used. */
  async edit(change) {
    const book = await this.book();
    change(book.tables);
    const path = join(this.folder, "edited.json");
    await writeFile(path, JSON.stringify(book));
    return this.run(["import", path]);
  }

  async putAway() {
    await rm(this.folder, { recursive: true, force: true });
  }
}
