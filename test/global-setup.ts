import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromiumPath } from "./browser.js";

/** Says once, before the first test, which of them cannot run on this machine. */
export default function tellWhatIsMissing(): void {
  const root = join(import.meta.dirname, "..");
  if (!existsSync(join(root, "dist/cli/main.js"))) {
    throw new Error("the tests of the command line need the built program: npm run build, or npm test");
  }
  if (!existsSync(join(root, "../shared/reference"))) {
    console.log("skipped: tests against published values, since ../shared/reference is not here");
  }
  if (!chromiumPath) console.log("skipped: tests in a browser, since no Chromium is on the PATH");
}
