/** The guided tour: what each stop says, what it sets up, and where it comes from. */
import type { Experiment } from "../../../src/lab/experiment.js";

/** Parts of the page, by the names that a stop points to. */
export type PartOfPage = "map" | "plane" | "reconstruction" | "tuning-curves" | "indices" | "dimensions";

interface Source {
  readonly authors: string;
  readonly title: string;
  readonly where: string;
}

export interface TourStop {
  readonly title: string;
  readonly text: string;
  /** What to look for once it trains. */
  readonly lookFor: string;
  /** Where to look. */
  readonly at: PartOfPage;
  readonly settings: Partial<Experiment>;
  readonly source: Source;
}

const GEOMETRY: Source = {
  authors: "D'Amato, Lancia and Pezzulo",
  title:
    "The geometry of efficient codes: How rate-distortion trade-offs distort the latent representations of generative models",
  where: "PLOS Computational Biology, 2025",
};
const ECHO: Source = {
  authors: "Brekelmans, Moyer, Galstyan and Ver Steeg",
  title: "Exact Rate-Distortion in Autoencoders via Echo Noise",
  where: "NeurIPS 2019",
};
const THEORY: Source = {
  authors: "Shannon",
  title: "Coding theorems for a discrete source with a fidelity criterion",
  where: "IRE National Convention Record, 1959",
};

/** A stop sets all that others change, so that they can be visited in any order. */
const PLAIN = {
  frequencies: { kind: "uniform" },
  task: undefined,
  channel: "gaussian",
} satisfies Partial<Experiment>;
const capacity = (nats: number): Experiment["limit"] => ({ kind: "capacity", nats });

export const TOUR_STOPS: readonly TourStop[] = [
  {
    title: "What is a rate?",
    text: "The network turns each image into a code of a few numbers, and adds noise to them. The rate says how much of the image passes through this noise: a rate of 3 nats (4.3 bits) is enough to separate about 20 images. Here the network learns to use 3 nats.",
    lookFor:
      "Press train. Each dot is an image, placed by its code. The dots spread out, and images whose corridors are in similar places come to lie side by side.",
    at: "map",
    settings: { ...PLAIN, limit: capacity(3) },
    source: GEOMETRY,
  },
  {
    title: "Prototypes",
    text: "Now only 0.3 nats pass: not even enough to separate two images reliably. The code must give up details, so many different images share almost the same code. What the decoder draws for them is one typical image, a prototype.",
    lookFor:
      "Keep it training. The dots gather at a few places, and the reconstruction turns into a blurred mean of several images.",
    at: "reconstruction",
    settings: { ...PLAIN, limit: capacity(0.3) },
    source: GEOMETRY,
  },
  {
    title: "Specialists",
    text: "Some images are now shown more often: those whose lower corridor is on the left. An efficient code serves what is frequent first, since errors there cost the most. Rare images share the rest.",
    lookFor:
      "Keep a snapshot before you train, to compare. Frequent images (columns 0 to 6 of the lower corridor) move apart on the map, and rare ones move together.",
    at: "map",
    settings: { ...PLAIN, limit: capacity(1), frequencies: { kind: "lower" } },
    source: GEOMETRY,
  },
  {
    title: "Orthogonal axes",
    text: "A classifier now reads the code and answers a question: is the upper corridor left of the lower one, or in the same column? The code is trained to help it. What the answer needs gets an axis of its own, and the rest of the image is coded across that axis.",
    lookFor:
      "Compare with a snapshot that had no task. The orthogonalization index rises above 0, and the two classes separate along one direction of the map.",
    at: "indices",
    settings: { ...PLAIN, limit: capacity(3), task: "E2M1" },
    source: GEOMETRY,
  },
  {
    title: "The bound",
    text: "How good could any code be? For each rate there is a smallest possible error, and nothing, however clever, comes below it. This curve is computed here for exactly the frequencies that you chose, by the method of Blahut and Arimoto.",
    lookFor:
      "The path of the model moves towards the curve while it trains, and stops above it. Move the rate: the path follows the curve at a distance.",
    at: "plane",
    settings: { ...PLAIN, limit: capacity(2) },
    source: THEORY,
  },
  {
    title: "Echo's exact rate",
    text: "With gaussian noise the rate is only known to be at most a certain value. Echo makes the noise of a code out of the codes of other images. Then the rate is known exactly. It cannot become 0, since each dimension always sends a little.",
    lookFor:
      "Training begins again, as the channel is another one. Watch the rates of the dimensions: each stays above its minimum.",
    at: "dimensions",
    settings: { ...PLAIN, limit: capacity(3), channel: "echo" },
    source: ECHO,
  },
];
