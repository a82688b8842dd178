import { defaultFolder, getDataset } from "../../../data/downloads/get.js";
import { DOWNLOAD_NAMES, DOWNLOADS, type Download } from "../../../data/downloads/registry.js";
import { choice, text } from "../../../settings/index.js";
import { defineCommand } from "../../command/define.js";
import { EXIT_CODES } from "../../exit-codes.js";
import { watchInterrupt } from "../../interrupt.js";
import { batchProgress } from "../../progress/batch-progress.js";

const WIDTH = Math.max(...DOWNLOAD_NAMES.map((name) => name.length)) + 2;
const kilobytes = (bytes: number) => Math.ceil(bytes / 1000);

export default defineCommand({
  arguments: { name: choice(DOWNLOAD_NAMES, { about: "which data set", required: true }) },
  settings: {
    out: text({
      about: "the folder for its files",
      placeholder: "folder",
      defaultText: "data/NAME, where the configurations look",
      was: ["to"],
    }),
    from: text({
      about: "a mirror: the address of the folder that holds the same files",
      placeholder: "url",
    }),
  },
  details: `
${DOWNLOAD_NAMES.map((name) => `  ${name.padEnd(WIDTH)}${DOWNLOADS[name].about}`).join("\n")}

What is there already is not fetched again. A download that broke or was stopped continues where it was when the command
is run again. A file whose checksum is not the published one is set aside as FILE.bad.

Memory when loaded: dsprites takes 4 kB per image, 3 GB for all of them; data.dsprites.samples takes fewer.`,
  examples: [
    "narrows datasets get mnist",
    "narrows datasets get dsprites --out /scratch/dsprites",
    "narrows datasets get cifar10 --from http://mirror.example.org/cifar --json",
  ],
  async run({ name, from, out: folder = defaultFolder(name) }) {
    const download: Download = DOWNLOADS[name];
    const interrupt = watchInterrupt();
    const progress = batchProgress();
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
    return {
      json: { name, folder, files, unpacked },
      text: [
        ...files.map(({ path, outcome, checksum }) =>
          outcome === "stopped"
            ? `${path}: stopped; run the same command again to continue`
            : `${path}: ${outcome === "present" ? "there already" : "downloaded"}, ${checksum.algorithm} ${checksum.digits} as published`,
        ),
        ...unpacked.map((path) => `${path}: unpacked`),
      ],
      exitCode: wasStopped ? EXIT_CODES.interrupted : EXIT_CODES.done,
    };
  },
});
