/** Profiles of made-up networks: a hump in the encoder, one in the decoder where the code is larger than the data. */
import { informationPlane } from "../../../src/figures/information-plane.js";
import { layerProfiles } from "../../../src/figures/layer-profiles.js";
import { overDimension } from "../../../src/figures/over-dimension.js";
import { overEpochs } from "../../../src/figures/over-epochs.js";
import { relativeImbalance } from "../../../src/figures/relative-imbalance.js";
import { scatter } from "./constructed.js";

const layers = Array.from({ length: 11 }, (_, k) => `l${k}`);
const sizes = [2, 4, 8, 16, 32, 64, 128];
const order = sizes.map((size) => `${size}`);
const seedsOf = (mean: number, share: number, k: number) =>
  [0, 1, 2].map((seed) => mean * (1 + share * (scatter(7 * k + seed) - 0.5)));

const dimensionAt = (size: number, layer: number) => {
  const code = size / (1 + size / 150);
  if (layer < 5) return 31 + 40 * Math.exp(-((layer - 2.5) ** 2)) * (layer > 0 ? 1 : 0);
  if (layer === 5) return code;
  return (
    Math.min(code, 25) + Math.max(0, code - 25) * (1 + Math.sin((layer - 5) / 1.5)) * (layer < 10 ? 1 : 0)
  );
};

const ofSize = layerProfiles(
  {
    layers,
    profiles: sizes.map((size) => ({
      name: `${size}`,
      values: layers.map((_, k) =>
        size === 16 && k > 7 ? [] : seedsOf(dimensionAt(size, k), 0.08, size + k),
      ),
      ...(size === 4 ? {} : { published: layers.map((_, k) => ({ value: 1.1 * dimensionAt(size, k) })) }),
    })),
  },
  {
    quantity: "intrinsic dimension",
    legendTitle: "K",
    colours: "ordered",
    colourOrder: order,
    levels: [{ value: 31, name: "data", at: "start", below: true }],
    interval: "deviation",
  },
);

/** One seed, one profile, on a logarithmic axis with a value that cannot stand on it. */
const logarithmic = layerProfiles(
  { layers: ["in", "code", "out"], profiles: [{ name: "K = 2", values: [[0], [0.3], [0.02]] }] },
  { quantity: "Δ(layer → input)", log: true },
);

const epochs = [0, 1, 2, 5, 10, 20, 50, 100, 150, 200];
const imbalanceAt = (size: number, epoch: number) => 0.4 / size + Math.exp(-epoch) + epoch / 5000;
const trained = overEpochs(
  {
    curves: [2, 8, 64].map((size) => ({
      name: `${size}`,
      points: epochs.slice(0, 6).map((x) => ({ x, values: seedsOf(imbalanceAt(size, x), 0.2, size + x) })),
      published: epochs.map((x) => ({ x, value: 0.9 * imbalanceAt(size, x) })),
    })),
  },
  {
    quantity: "Δ(l10 → l0)",
    legendTitle: "K",
    colours: "ordered",
    colourOrder: order,
    interval: "deviation",
  },
);
const logarithmicEpochs = overEpochs(
  { curves: [{ name: "rate", points: [0, 1, 3].map((x) => ({ x, values: [10 ** x] })) }] },
  { quantity: "rate (nats)", log: true },
);

const twoAxes = overDimension(
  {
    curves: [
      {
        name: "Δ(l10 → l0)",
        points: sizes.map((x) => ({ x, values: seedsOf(0.4 / Math.sqrt(x), 0.3, x) })),
        published: sizes.map((x) => ({ x, value: 0.36 / Math.sqrt(x) })),
      },
    ],
    right: [
      { name: "Fréchet distance", points: sizes.map((x) => ({ x, values: seedsOf(200 + 300 / x, 0.1, x) })) },
    ],
  },
  { quantity: "information imbalance", rightQuantity: "Fréchet distance", interval: "deviation" },
);
const oneAxis = overDimension(
  {
    curves: ["K → 2K", "2K → K"].map((name, k) => ({
      name,
      points: sizes.slice(0, 6).map((x) => ({ x, values: [0.1 + 0.05 * k + 0.02 * Math.log2(x)] })),
    })),
  },
  { quantity: "information imbalance", levels: [{ value: 1, name: "independent", at: "start" }] },
);

const steps = layers.slice(1).map((layer, k) => `${layers[k]}→${layer}`);
const consecutive = informationPlane(
  {
    series: [4, 64].map((size) => ({
      name: `${size}`,
      points: steps.map((label, k) => {
        const forward = 0.002 * (1 + 40 * Math.exp(-((k - 4) ** 2)));
        const backward = forward * (k < 5 ? 0.4 * (size / 10) : 1.1);
        return {
          label: k === 4 ? label : "",
          aToB: seedsOf(forward, 0.4, k),
          bToA: seedsOf(backward, 0.4, k + 50),
          published: { aToB: 1.2 * forward, bToA: backward },
        };
      }),
    })),
  },
  {
    spaces: ["l", "l+1"],
    log: true,
    legendTitle: "K",
    colours: "ordered",
    colourOrder: order,
    interval: "deviation",
  },
);
const linear = informationPlane(
  {
    series: [
      {
        name: "layers",
        points: layers
          .slice(1)
          .map((label, k) => ({ label, aToB: [0.09 * k + 0.05], bToA: [0.9 * ((k + 1) / 10) ** 2] })),
      },
    ],
  },
  { spaces: ["layer", "input"] },
);

const relative = relativeImbalance(
  {
    layers,
    profiles: [4, 64].map((size) => ({
      name: `${size}`,
      values: steps.map((_, k) => seedsOf(Math.sin(k) * (size === 4 ? 0.5 : 1.1), 0.3, k + size)),
      published: steps.map((_, k) => ({ value: 0.9 * Math.sin(k), uncertainty: k === 6 ? 0.3 : 0 })),
    })),
  },
  { legendTitle: "K", colours: "ordered", colourOrder: order, interval: "deviation" },
);

export const profiles = { ofSize, logarithmic };
export const overTraining = { trained, logarithmic: logarithmicEpochs };
export const overSizes = { twoAxes, oneAxis };
export const planes = { consecutive, linear };
export const relatives = { twoSizes: relative };
