/** (vi): how good the pictures are (Figures 2 left and A1 left). */
import { claimNumber, maxPlace } from "../../../reproduction/statements/numbers.js";
import { onDataset, type StatementOf } from "./statement.js";

const SLACK = 1.05;

const notWorse: StatementOf = (data) => ({
  id: `quality-holds-${data}`,
  statement: `${onDataset(data)} reconstructions do not get worse once K has passed the images' dimension.`,
  rule: "At the last epoch, from the greatest K below the images' dimension on, the Fréchet distance of the reconstructions is at no K more than a twentieth above that at the K before. (Published, on other features and on the last batch alone: 228, 210, 205, 204 at K = 16, 32, 64, 128.)",
  check: (view) => {
    const from = view.below(1).at(-1);
    const large = [...(from === undefined ? [] : [from]), ...view.above(1)];
    const distance = (bottleneck: number) =>
      view.number("the Fréchet distance", bottleneck, ({ reconstructions }) => reconstructions.frechet);
    const steps = large.slice(1).map((bottleneck, k) => ({
      where: `K = ${bottleneck}`,
      value: distance(bottleneck) / distance(large[k]!),
    }));
    return {
      holds: steps.every(({ value }) => value <= SLACK),
      numbers: [
        ...large.map((bottleneck) => ({
          label: `Fréchet distance at K = ${bottleneck}`,
          value: distance(bottleneck),
        })),
        ...(steps.length > 0 ? [claimNumber("greatest, over that at the K before", maxPlace(steps))] : []),
      ],
    };
  },
});

export const QUALITY_STATEMENTS: readonly StatementOf[] = [notWorse];
