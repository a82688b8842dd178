import { type Command, Option } from "commander";
import { type DeviceOptions, deviceOption, runsOption, threadsOption } from "../options.js";

interface DemoOptions extends DeviceOptions {
  readonly preset: "quick" | "paper";
  readonly runs: string;
  readonly out: string;
}

/** `narrows demo`: what `npm start` does. */
export function registerDemo(program: Command): void {
  program
    .command("demo")
    .description(
      "squeeze the Corridors through 10 nats and through 0.3 nats, and write a page that shows the difference",
    )
    .addOption(
      new Option("--preset <name>", "how much to train").choices(["quick", "paper"]).default("quick"),
    )
    .option("--out <file>", "where to write the page (replaced if it exists)", "report.html")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addHelpText(
      "after",
      `
quick: 42,500 training images and 5 epochs, about a minute; paper: the full recipe, 170,000 images and 6 epochs.
A demo that was stopped goes on where it was; what is finished is not trained again.

Examples:
  narrows demo
  narrows demo --preset paper --threads 2 --out baseline.html`,
    )
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import("../run-demo.js");
      process.exitCode = await runDemo(options);
    });
}
