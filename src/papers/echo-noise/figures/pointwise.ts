/** Figure 7: what Echo spends on images that it reconstructs well and on those that it does not. */
import { pointwiseRate } from "../../../figures/pointwise-rate.js";
import { type PaperFigure, paperFigure } from "../../../reproduction/figures/paper-figure.js";
import { encodeTable, reconstructTable } from "../../../training/encode.js";
import { logLikelihoodsNats, rowLengths } from "../measures/pointwise.js";
import { echoPanels, type FigureSource, imageConcerns } from "./source.js";

/** A panel for each data set on which Echo is trained; undefined where it is on none. */
export async function pointwiseFigure(source: FigureSource): Promise<PaperFigure | undefined> {
  const panels = await echoPanels(source, async (trained, { title }) => {
    const device = await source.measuring.device();
    const { test } = trained.experiment.split;
    const { mean, rateNats } = await encodeTable(trained, device, test);
    const reconstruction = await reconstructTable(trained, device, test);
    return {
      spec: pointwiseRate(
        {
          logLikelihoodNats: logLikelihoodsNats(test, reconstruction),
          rateNats: rateNats.data,
          meanNorm: rowLengths(mean),
        },
        { title: `Rate of each example, ${title}` },
      ),
      rows: null,
    };
  });
  return paperFigure(7, {
    title: "Rate of each example",
    caption:
      "Test images from the minimum to the maximum likelihood under p(x|z), through one sample of Echo's code at beta = 1. Left the rate of each, i(x) = -ln |det S(x)|, right the length of its mean. Line: mean of neighbours; band: from their 10th to their 90th percentile.",
    panels,
    concerns: imageConcerns(source),
  });
}
