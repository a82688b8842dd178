import { rateDistortionCurves } from "../../../src/figures/rate-distortion-curves.js";
import { corridorImage, filled, scatter } from "./constructed.js";

const betas = [0.1, 0.3, 1, 2, 4];

/** Five betas with three seeds on a curve of the shape that autoencoders have. */
const method = (name: string, lift: number, leastRate: number) => ({
  name,
  points: betas.map((beta, k) => {
    const rate = Math.max(leastRate, 26 / beta ** 0.6);
    const seeds = [0, 1, 2].map((seed) => scatter(31 * k + 7 * seed + 100 * lift) - 0.5);
    return {
      label: `beta = ${beta}`,
      rateNats: seeds.map((noise) => rate + 0.9 * noise),
      distortion: seeds.map((noise) => 45 + lift + 150 * Math.exp(-rate / 12) - 4 * noise),
    };
  }),
});

const images = [0, 1, 2, 3, 4, 5].map((k) => corridorImage((5 * k) % 13, (3 * k + 4) % 13));
const originals = filled([6, 13, 13], (k, row, column) => images[k].data[row * 13 + column]);
const blurred = (width: number) =>
  filled([6, 13, 13], (k, row, column) => {
    const centre = row < 6 ? (5 * k) % 13 : (3 * k + 4) % 13;
    return row === 6 ? 0 : 1 - Math.exp(-((column - centre) ** 2) / width);
  });

const methods = [{ ...method("Echo", 0, 5.74), lowRateLimitNats: 5.74 }, method("VAE", 3, 2)];

const withPictures = rateDistortionCurves(
  {
    methods,
    negativeElbosNats: [88.8],
    pictures: [8, 26].map((rate) => ({
      title: `about ${rate} nats`,
      rows: [
        { title: "image", images: originals },
        { title: `Echo, ${rate}.2`, images: blurred(100 / rate) },
        { title: `VAE, ${rate - 0.3}`, images: blurred(140 / rate) },
      ],
    })),
  },
  { convention: "one-is-black" },
);

/** Nine methods end close together: their names must not cover each other. */
const nineMethods = rateDistortionCurves(
  {
    methods: Array.from({ length: 9 }, (_, k) => method(`method ${k + 1}`, k / 2, 2 + k / 4)),
  },
  { interval: "deviation" },
);

const overBound = rateDistortionCurves(
  {
    methods: [
      {
        name: "Baseline",
        points: [0.3, 1, 3, 6, 10].map((rate) => ({
          rateNats: [rate],
          distortion: [0.006 + 0.1 * Math.exp(-rate / 2.2)],
        })),
      },
    ],
    bound: {
      name: "bound",
      points: Array.from({ length: 30 }, (_, k) => {
        const upper = 0.095 * Math.exp(-k / 6);
        return { rateNats: k / 3, lower: 0.97 * upper, upper };
      }),
    },
  },
  { distortionName: "position distortion (squared error per pixel)" },
);

/** One run, whose rate and distortion have no extent. */
const onePoint = rateDistortionCurves({
  methods: [{ name: "Echo", points: [{ rateNats: [26.4], distortion: [62.4] }] }],
});

export const examples = { withPictures, nineMethods, overBound, onePoint };
