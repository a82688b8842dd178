import { extname } from "node:path";
import { CORRIDORS_DEFAULTS, generateCorridors } from "../../../data/corridors.js";
import { imageCsvChunks } from "../../../data/csv/writer.js";
import { asDataset } from "../../../data/fingerprint.js";
import { corridorsSchema } from "../../../data/sources/corridors.js";
import { UserError } from "../../../errors.js";
import { writeFileAtomic } from "../../../files/atomic.js";
import { checked, text } from "../../../settings/index.js";
import { defineCommand } from "../../command/define.js";
import { force } from "../../command/groups.js";
import { grouped } from "../../format.js";
import { claimOutput } from "../../output.js";
import { batchProgress } from "../../progress/batch-progress.js";

const { samples, seed, bias, size, sigma } = corridorsSchema.shape;

export default defineCommand({
  settings: {
    out: text({ about: "the file to write", placeholder: "file.csv", required: true }),
    samples: checked(samples, {
      about: "number of images",
      placeholder: "n",
      defaultText: "200000, or the bias summed over the cells",
    }),
    seed: checked(seed, {
      about: "seed of the random stream",
      placeholder: "n",
      default: CORRIDORS_DEFAULTS.seed,
    }),
    bias: checked(bias, {
      about: "samples per favoured and per other (xU, xL) cell; rules: lower, aligned",
      placeholder: "rule:a/b",
    }),
    size: checked(size, {
      about: "side of the image in pixels, odd",
      placeholder: "pixels",
      default: CORRIDORS_DEFAULTS.size,
    }),
    sigma: checked(sigma, {
      about: "width of the ragged walls in pixels",
      placeholder: "pixels",
      default: CORRIDORS_DEFAULTS.sigma,
    }),
    ...force,
  },
  details: `
A bias sets how often each cell is drawn: lower:2000/260 draws a cell with xL in the left half, the middle
included, 2000 times for every 260 draws of another cell. With --samples the same ratio is kept.`,
  examples: [
    "narrows datasets make corridors --samples 200000 --seed 0 --out corridors.csv",
    "narrows datasets make corridors --bias lower:2000/260 --samples 200000 --out lower.csv",
    "narrows datasets make corridors --bias aligned:3000/300 --out aligned.csv",
  ],
  async run({ out, force, json: _, ...given }) {
    if (extname(out).toLowerCase() !== ".csv") {
      throw new UserError({
        where: `--out ${out}`,
        what: "the data are written as CSV",
        remedy: "Give a name that ends in .csv",
      });
    }
    claimOutput(out, force);
    const spec = corridorsSchema.parse(given);
    const progress = batchProgress();
    try {
      const table = generateCorridors(spec, (done) =>
        progress.update("drawing", done, spec.samples ?? CORRIDORS_DEFAULTS.samples),
      );
      writeFileAtomic(
        out,
        imageCsvChunks(table, (done) => progress.update("writing", done, table.count)),
      );
      const { count, imageShape, fingerprint } = asDataset("corridors", table);
      return {
        json: { out, count, imageShape, ...spec, fingerprint },
        text: [
          `${out}: ${grouped(count)} images of ${imageShape[0]} x ${imageShape[1]}`,
          `fingerprint ${fingerprint}`,
        ],
      };
    } finally {
      progress.stop();
    }
  },
});
