/** Figure 6: the densities of the dimensions of Echo's code. */
import { codeMarginals } from "../../../figures/code-marginals.js";
import type { NumericArray } from "../../../numeric-array.js";
import { type PaperFigure, paperFigure } from "../../../reproduction/figures/paper-figure.js";
import { encodeTable } from "../../../training/encode.js";
import { marginalDensity } from "../measures/marginals.js";
import { echoPanels, type FigureSource, imageConcerns } from "./source.js";

/** A panel for each data set on which Echo is trained; undefined where it is on none. */
export async function marginalFigure(source: FigureSource): Promise<PaperFigure | undefined> {
  const { samplesPerImage } = source.choice.recipe;
  const panels = await echoPanels(source, async (trained, { title }, { echo }) => {
    if (!echo) return { spec: undefined };
    const { marginals } = echo;
    const device = await source.measuring.device();
    const { test } = trained.experiment.split;
    const codes: NumericArray[] = [];
    // Each pass through the channel takes other noise.
    for (let k = 0; k < samplesPerImage; k++) {
      const { code } = await encodeTable({ ...trained, seed: trained.seed + k }, device, test);
      codes.push(code);
    }
    return {
      spec: codeMarginals(
        {
          marginals: marginals.map(({ dimension, rateNats, statistic, rejected }) => {
            const { positions, density } = marginalDensity(codes, dimension);
            return {
              name: `z${dimension + 1}`,
              rateNats,
              values: positions,
              density,
              normality: { rejected, detail: `A² = ${statistic.toFixed(2)}` },
            };
          }),
        },
        { title: `Marginals of Echo's code, ${title}` },
      ),
      rows: {
        columns: ["dimension", "rate, nats", "A², adjusted for n", "p, adjusted for all"],
        rows: marginals.map(({ dimension, rateNats, statistic, pValue }) => [
          `z${dimension + 1}`,
          rateNats,
          statistic,
          pValue,
        ]),
      },
    };
  });
  return paperFigure(6, {
    title: "Marginals of Echo's code",
    caption: `Kernel densities (rule I3) of up to 13 dimensions, nine of the highest and four of the lowest rate, over all test images with ${samplesPerImage} samples of the code for each (the paper has 2,000); dashed, the normal density of the same mean and deviation. Anderson and Darling's test (rule I4) is applied to one code for each of at most 1,000 images; its verdict at 0.05 is adjusted for the dimensions tested.`,
    panels,
    concerns: imageConcerns(source),
  });
}
