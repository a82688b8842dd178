import { distortionMatrix } from "../../../src/figures/distortion-matrix.js";
import { filled } from "./constructed.js";

const twoClasses = (title: string, within: number, between: number) => ({
  title,
  matrix: filled([2, 2], (i, j) => (i === j ? within : between)),
  labels: ["xL > 6", "xL ≤ 6"],
});

const classMatrices = distortionMatrix(
  { panels: [twoClasses("C = 10 nats", -0.31, 0.22), twoClasses("C = 0.3 nats", -0.71, 1.2)] },
  { title: "Class distortion" },
);

const wrapped = distortionMatrix(
  {
    panels: [
      twoClasses("ours", -0.31, 0.22),
      twoClasses("published", -0.3, 0.2),
      twoClasses("narrow", -0.71, 1.2),
    ],
  },
  { title: "Class distortion in two rows", columns: 2 },
);

const manyClasses = distortionMatrix(
  {
    panels: [
      {
        matrix: filled([25, 25], (i, j) => Math.abs(Math.floor(i / 5) - Math.floor(j / 5)) / 3 - 0.5),
        labels: Array.from({ length: 25 }, (_, k) => k),
      },
    ],
  },
  { axisTitle: "class", title: "25 classes" },
);

const positions = Array.from({ length: 169 }, (_, k) => k);

const capacityMatrices = distortionMatrix(
  {
    panels: [
      {
        title: "by xU",
        matrix: filled([169, 169], (i, j) => Math.abs(Math.floor(i / 13) - Math.floor(j / 13)) / 6 - 1),
        labels: positions,
      },
      {
        title: "by xL",
        matrix: filled([169, 169], (i, j) => Math.abs((i % 13) - (j % 13)) / 9 - 1),
        labels: positions,
      },
    ],
  },
  { title: "Capacity distortion", limits: "own", blocks: { size: 13, name: "xU (within each: xL 0 to 12)" } },
);

const longNames = distortionMatrix({
  panels: [
    {
      matrix: filled([10, 10], (i, j) => (i === j ? -0.6 : Math.abs(i - j) / 9 - 0.4)),
      labels: [
        "T-shirt/top",
        "trouser",
        "pullover",
        "dress",
        "coat",
        "sandal",
        "shirt",
        "sneaker",
        "bag",
        "ankle boot",
      ],
    },
    {
      matrix: filled([4, 4], (i, j) => (i === j ? -0.5 : 0.4)),
      labels: [
        "left hemisphere, medial wall",
        "left hemisphere, lateral wall",
        "right hemisphere, medial wall",
        "right hemisphere, lateral wall",
      ],
    },
  ],
});

/** More classes than rectangles are drawn for, each with its name all the same. */
const fiftyClasses = distortionMatrix({
  panels: [
    {
      matrix: filled([50, 50], (i, j) => Math.cos(i / 4) * Math.cos(j / 4) - (i === j ? 0.8 : 0)),
      labels: Array.from({ length: 50 }, (_, k) => `alphabet ${k + 1}`),
    },
  ],
});

export const examples = { classMatrices, wrapped, manyClasses, longNames, fiftyClasses, capacityMatrices };
