// One of several processes that try for the same lock at the same moment; see lock.test.ts.
import { acquireLock } from "../../dist/files/lock.js";

process.on("message", ({ path, at }) => {
  while (process.hrtime.bigint() < BigInt(at)) {
    // All begin at once.
  }
  process.send({ owner: acquireLock(path) === undefined, pid: process.pid });
});
process.send("ready");
