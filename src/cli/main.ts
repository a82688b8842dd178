#!/usr/bin/env node
import { tolerateClosedPipes } from "./output.js";
import { runCommandLine } from "./program.js";

tolerateClosedPipes();
await runCommandLine(process.argv.slice(2));
