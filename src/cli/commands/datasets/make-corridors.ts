import { existsSync } from "node:fs";
import { extname } from "node:path";
import type { Command } from "commander";
import { UserError } from "../../../errors.js";
import { printJson, printLine } from "../../output.js";

interface MakeOptions {
  readonly samples?: string;
  readonly seed?: string;
  readonly bias?: string;
  readonly size?: string;
  readonly sigma?: string;
  readonly out: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function registerMakeCorridors(make: Command): void {
  make
    .command("corridors")
    .description("Draw Corridors images: an upper and a lower corridor with ragged walls.")
    .requiredOption("--out <file.csv>", "the file to write")
    .option("--samples <n>", "number of images (default: 200000, or the bias summed over the cells)")
    .option("--seed <n>", "seed of the random stream (default: 0)")
    .option("--bias <rule:a/b>", "samples per favoured and per other (xU, xL) cell; rules: lower, aligned")
    .option("--size <pixels>", "side of the image, odd (default: 13)")
    .option("--sigma <pixels>", "width of the ragged walls (default: 1.2)")
    .option("--force", "replace the file if it exists")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
A bias sets how often each cell is drawn: lower:2000/260 draws a cell with xL in the left half, the middle
included, 2000 times for every 260 draws of another cell. With --samples the same ratio is kept.

Examples:
  narrows datasets make corridors --samples 200000 --seed 0 --out corridors.csv
  narrows datasets make corridors --bias lower:2000/260 --samples 200000 --out lower.csv
  narrows datasets make corridors --bias aligned:3000/300 --out aligned.csv`,
    )
    .action(makeCorridors);
}

async function makeCorridors({ out, force, json, ...given }: MakeOptions): Promise<void> {
  refuseOutput(out, force === true);
  const spec = await parseOptions(given);
  const [{ generateCorridors }, { imageCsvChunks }, { asDataset }, { writeFileAtomic }] = await Promise.all([
    import("../../../data/corridors.js"),
    import("../../../data/csv/writer.js"),
    import("../../../data/fingerprint.js"),
    import("../../../files/atomic.js"),
  ]);

  const progress = await startProgress();
  try {
    const table = generateCorridors(spec, (done) => progress.update("drawing", done, spec.samples));
    writeFileAtomic(
      out,
      imageCsvChunks(table, (done) => progress.update("writing", done, table.count)),
    );
    progress.stop();
    const { count, imageShape, fingerprint } = asDataset("corridors", table);
    if (json) return printJson({ file: out, count, imageShape, ...spec, fingerprint });
    printLine(`${out}: ${count.toLocaleString("en-US")} images of ${imageShape[0]} x ${imageShape[1]}`);
    printLine(`fingerprint ${fingerprint}`);
  } finally {
    progress.stop();
  }
}

function refuseOutput(out: string, force: boolean): void {
  if (extname(out).toLowerCase() !== ".csv") {
    throw new UserError({
      where: `--out ${out}`,
      what: "the data are written as CSV",
      remedy: "Give a name that ends in .csv",
    });
  }
  if (existsSync(out) && !force) {
    throw new UserError({
      where: out,
      what: "the file exists",
      remedy: "Choose another name, or add --force to replace it",
    });
  }
}

/** The options as numbers, checked by the schema that also checks configurations. */
async function parseOptions(given: Omit<MakeOptions, "out" | "force" | "json">) {
  const { corridorsSchema } = await import("../../../data/sources/corridors.js");
  const { bias, ...numbers } = given;
  const entries = Object.entries(numbers).map(([key, text]) => [
    key,
    text === "" ? Number.NaN : Number(text),
  ]);
  const parsed = corridorsSchema.safeParse({ ...Object.fromEntries(entries), bias });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = String(issue.path.at(-1)) as keyof typeof given;
  throw new UserError({
    where: `--${option} ${given[option]}`,
    what: issue.code === "invalid_type" ? "not such a number" : lowerFirst(issue.message),
    remedy: "See narrows datasets make corridors --help",
  });
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** A bar on standard error when that is a terminal; silence otherwise. */
async function startProgress() {
  if (!process.stderr.isTTY) return { update() {}, stop() {} };
  const { default: cliProgress } = await import("cli-progress");
  const bar = new cliProgress.SingleBar({
    format: "{phase} [{bar}] {value}/{total} images, {eta} s left",
    clearOnComplete: true,
    hideCursor: true,
  });
  let phase = "";
  return {
    update(name: string, done: number, total = done) {
      if (name === phase) return bar.update(done);
      phase = name;
      bar.start(total, done, { phase });
    },
    stop: () => bar.stop(),
  };
}
