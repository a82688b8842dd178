import { rmSync } from "node:fs";
import { vendorEngine } from "./vendor-engine.js";

// What npm runs around packing: `main.js before` in a clone of which dist/ was just built, `main.js after` when the tarball is written.

const ENGINE = "engine";

const [moment] = process.argv.slice(2);
if (moment === "before") vendorEngine(process.cwd(), ENGINE);
// Left in a clone it would be loaded in place of the package in node_modules, next to which tests load the same library again.
else if (moment === "after") rmSync(ENGINE, { recursive: true, force: true });
else throw new Error(`before or after, not ${moment}`);
