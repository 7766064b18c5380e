// What must never happen on any page: a request that leaves the origin, an error, a warning.
import assert from "node:assert/strict";

/** Watches every page of a context. `calm` fails with all that has happened since it was last asked. */
export function watch(context, origin) {
  const troubles = [];
  const own = (address) => address.startsWith(`${origin}/`) || /^(data|blob|about):/.test(address);

  function follow(page) {
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        troubles.push(`console ${message.type()}: ${message.text().split("\n", 1)[0]} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => troubles.push(`uncaught: ${error.message}`));
    page.on("crash", () => troubles.push("the page crashed"));
  }

  context.pages().forEach(follow);
  context.on("page", follow);
  context.on("request", (request) => {
    if (!own(request.url())) troubles.push(`request to ${request.url()}`);
  });
  return {
    calm: () => assert.deepEqual(troubles.splice(0), [], "nothing leaves the origin, nothing goes wrong"),
    /** Forgets troubles that a journey brings about on purpose. */
    expect(pattern) {
      const at = troubles.findIndex((trouble) => pattern.test(trouble));
      assert.notEqual(at, -1, `${pattern} among ${JSON.stringify(troubles)}`);
      this.forgive(pattern);
    },
    /** Forgets troubles that a journey may bring about, or may not. */
    forgive(pattern) {
      for (let index = troubles.length - 1; index >= 0; index -= 1) {
        if (pattern.test(troubles[index])) troubles.splice(index, 1);
      }
    },
  };
}
