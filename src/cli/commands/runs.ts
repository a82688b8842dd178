import type { Command } from "commander";
import type { SummarizedListing, SummarizedRun } from "../../runs/summary.js";
import { decimal, formatTime, signed } from "../format.js";
import { jsonOption, runsOption } from "../options.js";
import { printJson, printLine } from "../output.js";
import { formatDuration } from "../progress/duration.js";
import { type Column, tableLines } from "../table.js";

interface RunsOptions {
  readonly runs: string;
  readonly json?: boolean;
}

/** `narrows runs`. */
export function registerRuns(program: Command): void {
  program
    .command("runs")
    .description("list the runs: status, progress, target C, rate, gap, distortion and loss of each")
    .addOption(runsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Rate, gap (rate - C), MSE and loss are those of the newest evaluation on the validation rows; C is the target at that step.
A classifier of given codes has a loss alone: see its heads with "narrows show".
A run whose process has ended without a word is listed as interrupted; a damaged one as unreadable.

Examples:
  narrows runs
  narrows runs --runs /data/runs --json`,
    )
    .action(async ({ runs: root, json }: RunsOptions) => {
      const { summarizeRuns } = await import("../../runs/summary.js");
      const listings = summarizeRuns(root);
      if (json) return printJson(listings.map(asJson));
      if (listings.length === 0) {
        return printLine(
          `No runs in ${root} yet: begin one with "narrows train CONFIG", or give --runs DIR.`,
        );
      }
      const rows = listings.flatMap((listing) => ("unreadable" in listing ? [] : [cells(listing)]));
      if (rows.length > 0) for (const line of tableLines(COLUMNS, rows)) printLine(line);
      for (const listing of listings) {
        if ("unreadable" in listing) printLine(`${listing.name}: unreadable: ${listing.unreadable}`);
      }
    });
}

const left = (title: string): Column => ({ title, align: "left" });
const right = (title: string): Column => ({ title, align: "right" });

const COLUMNS: readonly Column[] = [
  left("run"),
  left("status"),
  right("step"),
  right("epoch"),
  right("C nats"),
  right("rate nats"),
  right("gap nats"),
  right("MSE per pixel"),
  right("loss"),
  left("device"),
  right("threads"),
  right("wall time"),
  left("started"),
];

function cells({ name, manifest, summary }: SummarizedRun): string[] {
  const { step, totalSteps, epoch, epochs, validation } = summary;
  return [
    name,
    manifest.importedFrom === undefined ? manifest.status : `${manifest.status} (imported)`,
    outOf(step, totalSteps),
    outOf(epoch, epochs),
    decimal(validation?.targetRateNats, 3),
    decimal(validation?.rateNats, 3),
    signed(validation?.gapNats),
    decimal(validation?.squaredErrorPerPixel, 5),
    decimal(validation?.loss, 5),
    manifest.device ?? "-",
    manifest.threads === undefined ? "-" : String(manifest.threads),
    manifest.wallTimeSeconds > 0 ? formatDuration(manifest.wallTimeSeconds) : "-",
    formatTime(manifest.startedAt ?? manifest.createdAt),
  ];
}

const outOf = (done: number, total: number | undefined) =>
  total === undefined ? String(done) : `${done}/${total}`;

/** What the folder tells of a run, but for its configuration: that is for `show`. */
function asJson(listing: SummarizedListing) {
  if ("unreadable" in listing) {
    const { name, path, unreadable } = listing;
    return { name, path, status: "unreadable", reason: unreadable };
  }
  const { configuration, format, ...manifest } = listing.manifest;
  const { validations, ...summary } = listing.summary;
  return { ...manifest, path: listing.path, ...summary };
}
