/** What a builder refuses: one line that names the figure, the part at fault and the remedy. */
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.js";
import { capacityCurves } from "../../src/figures/capacity-curves.js";
import { codeMarginals } from "../../src/figures/code-marginals.js";
import { distortionMatrix } from "../../src/figures/distortion-matrix.js";
import { factorTuning } from "../../src/figures/factor-tuning.js";
import { imageGrid } from "../../src/figures/image-grid.js";
import { informationPlane } from "../../src/figures/information-plane.js";
import { latentMap } from "../../src/figures/latent-map.js";
import { layerProfiles } from "../../src/figures/layer-profiles.js";
import { noiseClouds } from "../../src/figures/noise-clouds.js";
import { overDimension } from "../../src/figures/over-dimension.js";
import { overEpochs } from "../../src/figures/over-epochs.js";
import { pointwiseRate } from "../../src/figures/pointwise-rate.js";
import { rateDistortionCurves } from "../../src/figures/rate-distortion-curves.js";
import { reconstructions } from "../../src/figures/reconstructions.js";
import { relativeImbalance } from "../../src/figures/relative-imbalance.js";
import { trainingCurves } from "../../src/figures/training-curves.js";
import { traversal } from "../../src/figures/traversal.js";
import { traversalAnimation } from "../../src/figures/traversal-animation.js";
import { tuningCurves } from "../../src/figures/tuning-curves.js";
import { filled } from "./examples/constructed.js";

const square = filled([2, 2], (i, j) => i - j);
const points = filled([3, 2], (i, j) => i + j);
const sweep = {
  panels: [{ title: "C = 3 nats", images: filled([3, 2, 2], () => 0) }],
  channelNames: ["z1"],
  values: [-1, 0, 1],
};
const colours = { kind: "quantity", name: "xU", values: [1, 2, 3] } as const;

const vae = { name: "VAE", points: [{ rateNats: [2], distortion: [80] }] };
const clouds = {
  source: points,
  channels: [{ name: "Echo", noise: points, output: points }],
};
const factors = {
  variances: [0.5],
  map: {
    rows: { name: "posY", values: [0, 1] },
    columns: { name: "posX", values: [0, 1] },
    means: filled([1, 2, 2], () => 0.1),
  },
  curves: [{ axis: { name: "scale", values: [0.5, 1] }, means: filled([1, 1, 2], () => 0.1) }],
  classes: ["heart"],
};
const cells = { name: "xU", values: [0, 1] };
const layers = ["l0", "l1", "l2"];
const marginal = { name: "z1", rateNats: 1, values: [0, 1, 2], density: [0, 1, 0] };

const REFUSALS: [string, () => unknown, RegExp][] = [
  [
    "a matrix that is not square",
    () => distortionMatrix({ panels: [{ matrix: filled([2, 3], () => 0), labels: [1, 2] }] }),
    /panel 1.*\[2, 3\].*square/,
  ],
  [
    "too few labels",
    () => distortionMatrix({ panels: [{ title: "E1M1", matrix: square, labels: [1] }] }),
    /E1M1.*labels.*1 given for 2/,
  ],
  [
    "a label twice",
    () => distortionMatrix({ panels: [{ matrix: square, labels: ["a", "a"] }] }),
    /two classes have the label a/,
  ],
  ["no matrix", () => distortionMatrix({ panels: [] }), /no matrix given/],
  [
    "points in three dimensions",
    () => latentMap({ panels: [{ points: filled([2, 3], () => 0) }], colours }),
    /coordinates.*3 given for 2/,
  ],
  [
    "another number of colours",
    () => latentMap({ panels: [{ points }], colours: { ...colours, values: [1] } }),
    /colours.*1 given for 3/,
  ],
  [
    "an example out of reach",
    () => latentMap({ panels: [{ points, examples: [{ index: 3, image: square }] }], colours }),
    /point 3 has an image.*0 to 2/,
  ],
  [
    "a point at infinity",
    () => latentMap({ panels: [{ points: filled([3, 2], (i) => (i === 1 ? Infinity : 0)) }], colours }),
    /panel 1: value 2 is not finite/,
  ],
  [
    "a class outside the order",
    () =>
      latentMap({
        panels: [{ points }],
        colours: { kind: "class", name: "task", values: ["a", "b", "c"], order: ["a", "b"] },
      }),
    /point 2.*class c/,
  ],
  [
    "curves of different shape",
    () =>
      tuningCurves({
        axes: [cells, cells],
        panels: [
          { title: "a", curves: filled([1, 2, 2], () => 0) },
          { title: "b", curves: filled([2, 2, 2], () => 0) },
        ],
      }),
    /tuning-curves, b.*\[2, 2, 2\].*\[1, 2, 2\] of a/,
  ],
  [
    "too few channel names",
    () =>
      tuningCurves(
        { axes: [cells, cells], panels: [{ title: "a", curves: filled([2, 2, 2], () => 0) }] },
        { channelNames: ["z"] },
      ),
    /channel names.*1 given for 2/,
  ],
  [
    "curves over another number of values",
    () => tuningCurves({ axes: [cells], panels: [{ title: "a", curves: filled([2, 3], () => 0) }] }),
    /tuning-curves, a, axis xU: 3 given for 2 values/,
  ],
  [
    "an empty array",
    () => reconstructions({ rows: [{ title: "input", images: filled([0, 2, 2], () => 0) }] }),
    /reconstructions, input.*\[0, 2, 2\]/,
  ],
  ["a grid without images", () => imageGrid({ panels: [] }), /image-grid.*no panel of images given/],
  [
    "images of two channels",
    () => imageGrid({ panels: [{ title: "samples", images: filled([1, 2, 2, 2], () => 0) }] }),
    /image-grid, samples.*2 channels/,
  ],
  [
    "a grid of no columns",
    () => imageGrid({ panels: [{ images: filled([1, 2, 2], () => 0) }] }, { columns: 0 }),
    /columns.*0 images/,
  ],
  [
    "a traversal of no channels",
    () => traversal({ ...sweep, channelNames: [] }),
    /traversal: no channel given/,
  ],
  [
    "a traversal that lacks an image",
    () => traversal({ ...sweep, channelNames: ["z1", "z2"] }),
    /traversal, C = 3 nats.*3 given for 6/,
  ],
  ["values in uneven steps", () => traversal({ ...sweep, values: [0, 1, 3] }), /equal steps/],
  ["falling values", () => traversalAnimation({ ...sweep, values: [1, 0, -1] }), /equal steps/],
  ["a single value", () => traversal({ ...sweep, values: [1] }), /equal steps/],
  [
    "a run that logged nothing",
    () => trainingCurves({ runs: [{ name: "c10", points: [] }] }),
    /run c10: no logged step given/,
  ],
  [
    "a distortion that is not finite",
    () => capacityCurves({ series: [{ name: "base", points: [{ capacityNats: 3, values: [Number.NaN] }] }] }),
    /base at C = 3 nats.*not finite/,
  ],
  ["no method", () => rateDistortionCurves({ methods: [] }), /rate-distortion-curves: no value given/],
  [
    "a rate without its distortion",
    () =>
      rateDistortionCurves({ methods: [{ name: "VAE", points: [{ rateNats: [1, 2], distortion: [3] }] }] }),
    /VAE, point 1, vertical values: 1 given for 2 horizontal ones/,
  ],
  [
    "a rate that is not finite",
    () =>
      rateDistortionCurves({
        methods: [{ name: "VAE", points: [{ rateNats: [Number.NaN], distortion: [3], label: "beta = 1" }] }],
      }),
    /VAE, beta = 1, horizontal: value 0 is not finite \(NaN\)/,
  ],
  [
    "two methods of one name",
    () => rateDistortionCurves({ methods: [vae, vae] }),
    /rate-distortion-curves, VAE: two curves have this name/,
  ],
  [
    "a bound upside down",
    () => rateDistortionCurves({ methods: [vae], bound: { points: [{ rateNats: 1, lower: 3, upper: 2 }] } }),
    /bound: at 1 nats the upper value \(2\) lies below the lower one \(3\)/,
  ],
  [
    "pictures of unequal number",
    () =>
      rateDistortionCurves({
        methods: [vae],
        pictures: [
          {
            title: "6 nats",
            rows: [
              { title: "image", images: filled([2, 3, 3], () => 0) },
              { title: "VAE", images: filled([1, 3, 3], () => 0) },
            ],
          },
        ],
      }),
    /6 nats, VAE: shape \[1, 3, 3\] differs from \[2, 3, 3\] of image/,
  ],
  [
    "a cloud in three dimensions",
    () => noiseClouds({ ...clouds, source: filled([4, 3], () => 0) }),
    /noise-clouds, source.*3 given for 2/,
  ],
  [
    "a cloud with a hole",
    () =>
      noiseClouds({
        ...clouds,
        channels: [{ name: "Echo", noise: filled([1, 2], () => Number.NaN), output: points }],
      }),
    /noise-clouds, Echo noise: value 0 is not finite/,
  ],
  [
    "a code that is not in use",
    () => factorTuning({ ...factors, variances: [0.001] }),
    /factor-tuning: no dimension has a variance above 0\.01/,
  ],
  [
    "a class without a name",
    () => factorTuning({ ...factors, classes: [] }),
    /factor-tuning, scale, axis class: 1 given for 0 values/,
  ],
  [
    "factors that are not finite",
    () =>
      factorTuning({
        ...factors,
        curves: [
          {
            axis: factors.curves[0].axis,
            means: filled([1, 1, 2], (_d, _s, k) => (k === 1 ? Infinity : 0)),
          },
        ],
      }),
    /factor-tuning, scale: value 1 is not finite/,
  ],
  ["no marginal", () => codeMarginals({ marginals: [] }), /code-marginals: no density given/],
  [
    "a density of another length",
    () => codeMarginals({ marginals: [{ ...marginal, density: [1] }] }),
    /code-marginals, z1, densities: 1 given for 3 values/,
  ],
  [
    "values that do not rise",
    () => codeMarginals({ marginals: [{ ...marginal, values: [0, 2, 1] }] }),
    /code-marginals, z1: value 2 does not lie above the one before/,
  ],
  [
    "a density of nothing",
    () => codeMarginals({ marginals: [{ ...marginal, density: [0, 0, 0] }] }),
    /code-marginals, z1: the density is 0 throughout/,
  ],
  [
    "examples without a rate",
    () => pointwiseRate({ logLikelihoodNats: [-1, -2], rateNats: [1], meanNorm: [1, 1] }),
    /pointwise-rate, rates: 1 given for 2 examples/,
  ],
  ["no profile", () => layerProfiles({ layers, profiles: [] }), /layer-profiles: no value given/],
  [
    "a profile of other layers",
    () => layerProfiles({ layers, profiles: [{ name: "K = 2", values: [[1], [2]] }] }),
    /layer-profiles, K = 2: 2 given for 3 layers/,
  ],
  [
    "a dimension that is not finite",
    () => layerProfiles({ layers, profiles: [{ name: "K = 2", values: [[1], [], [2, Number.NaN]] }] }),
    /layer-profiles, K = 2 at l2: value 1 is not finite \(NaN\)/,
  ],
  [
    "a level at infinity",
    () =>
      layerProfiles(
        { layers, profiles: [{ name: "K = 2", values: [[1], [2], [3]] }] },
        { levels: [{ value: Number.POSITIVE_INFINITY, name: "data" }] },
      ),
    /layer-profiles, levels.*not finite/,
  ],
  [
    "relative imbalances of layers, not of steps",
    () => relativeImbalance({ layers, profiles: [{ name: "K = 2", values: [[1], [2], [0]] }] }),
    /relative-imbalance, K = 2: 3 given for 2 steps between layers/,
  ],
  [
    "an epoch before the first",
    () => overEpochs({ curves: [{ name: "K = 2", points: [{ x: -1, values: [3] }] }] }),
    /over-epochs, K = 2: epoch -1 is below 0/,
  ],
  [
    "two curves of one name on two axes",
    () =>
      overDimension({
        curves: [{ name: "FID", points: [{ x: 2, values: [3] }] }],
        right: [{ name: "FID", points: [] }],
      }),
    /over-dimension, FID: two curves have this name/,
  ],
  [
    "a code without dimensions",
    () => overDimension({ curves: [{ name: "FID", points: [{ x: 0, values: [3] }] }] }),
    /over-dimension, FID: K = 0 is not above 0/,
  ],
  ["an empty plane", () => informationPlane({ series: [] }), /information-plane: no value given/],
  [
    "imbalances in one direction",
    () =>
      informationPlane({
        series: [{ name: "K = 2", points: [{ aToB: [0.1, 0.2], bToA: [0.1], label: "l0→l1" }] }],
      }),
    /information-plane, K = 2, l0→l1, vertical values: 1 given for 2 horizontal ones/,
  ],
  [
    "no examples",
    () => pointwiseRate({ logLikelihoodNats: [], rateNats: [], meanNorm: [] }),
    /pointwise-rate, log-likelihoods: no value given/,
  ],
];

describe("figures refuse", () => {
  it.each(REFUSALS)("%s", (_name, build, message) => {
    expect(build).toThrow(UserError);
    expect(build).toThrow(message);
  });
});
