import { spawnSync } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { MAIN } from "./narrows.js";

const SESSION = pathToFileURL(join(MAIN, "../training-session.js")).href;

test.each([true, false])(
  "--low-priority %s: the process, and so its workers, lets others go first",
  (lowPriority) => {
    const { stdout } = spawnSync(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `import { getPriority } from "node:os";
       import { beginTraining } from ${JSON.stringify(SESSION)};
       const before = getPriority();
       beginTraining({ lowPriority: ${lowPriority} }).end();
       console.log(JSON.stringify([before, getPriority()]));`,
      ],
      { encoding: "utf8" },
    );
    const [before, after] = JSON.parse(stdout) as [number, number];
    expect(after).toBe(lowPriority ? constants.priority.PRIORITY_BELOW_NORMAL : before);
  },
);
