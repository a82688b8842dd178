import { Argument, type Command } from "commander";
import {
  DOWNLOAD_NAMES,
  DOWNLOADS,
  type Download,
  type DownloadName,
} from "../../../data/downloads/registry.js";
import { EXIT_CODES } from "../../exit-codes.js";
import { jsonOption } from "../../options.js";
import { printJson, printLine } from "../../output.js";

interface GetOptions {
  readonly to?: string;
  readonly from?: string;
  readonly json?: boolean;
}

/** `narrows datasets get NAME`. */
export function registerGet(datasets: Command): void {
  const width = Math.max(...DOWNLOAD_NAMES.map((name) => name.length)) + 2;
  datasets
    .command("get")
    .description("Fetch a published data set from its official address, and verify it.")
    .addArgument(new Argument("<name>", "which data set").choices(DOWNLOAD_NAMES))
    .option("--to <folder>", "the folder for its files (default: data/NAME, where the configurations look)")
    .option("--from <url>", "a mirror: the address of the folder that holds the same files")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
${DOWNLOAD_NAMES.map((name) => `  ${name.padEnd(width)}${DOWNLOADS[name].about}`).join("\n")}

What is there already is not fetched again. A download that broke or was stopped goes on where it was when the command
is given again. A file whose checksum is not the published one is set aside as FILE.bad.

Memory when loaded: dsprites takes 4 kB an image, 3 GB for all of them; data.dsprites.samples takes fewer.

Examples:
  narrows datasets get mnist
  narrows datasets get dsprites --to /scratch/dsprites
  narrows datasets get cifar10 --from http://mirror.example.org/cifar --json`,
    )
    .action(get);
}

async function get(name: DownloadName, { to, from, json }: GetOptions): Promise<void> {
  const [{ defaultFolder, getDataset }, { batchProgress }, { watchInterrupt }] = await Promise.all([
    import("../../../data/downloads/get.js"),
    import("../../progress/batch-progress.js"),
    import("../../interrupt.js"),
  ]);
  const folder = to ?? defaultFolder(name);
  const download: Download = DOWNLOADS[name];
  const interrupt = watchInterrupt();
  const progress = await batchProgress();
  const kilobytes = (bytes: number) => Math.ceil(bytes / 1000);
  const { files, unpacked } = await getDataset(download, {
    folder,
    from,
    stopped: interrupt.requested,
    onProgress: (path, done, total = done) =>
      progress.update(`${path}, kB`, kilobytes(done), kilobytes(total)),
  }).finally(() => {
    progress.stop();
    interrupt.release();
  });

  const wasStopped = files.some(({ outcome }) => outcome === "stopped");
  if (wasStopped) process.exitCode = EXIT_CODES.interrupted;
  if (json) return printJson({ name, folder, files, unpacked });
  for (const { path, outcome, checksum } of files) {
    printLine(
      outcome === "stopped"
        ? `${path}: stopped; give the command again to go on`
        : `${path}: ${outcome === "present" ? "there already" : "downloaded"}, ${checksum.algorithm} ${checksum.digits} as published`,
    );
  }
  for (const path of unpacked) printLine(`${path}: unpacked`);
}
