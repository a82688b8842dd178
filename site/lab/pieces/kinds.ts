/** The pieces of the lab that other pages show, by the names that their markers give them: what is said of each before it is loaded. */
export interface Kind {
  readonly title: string;
  /** What a reader can try, in a sentence or two. */
  readonly about: string;
  /** The experiment that it begins with, as the lab's address has it. */
  readonly link: string;
}

export const KINDS = {
  plane: {
    title: "Try it: a model above the bound",
    about:
      "The bound of these frequencies is computed in this page. Choose a rate and train a small model: its point moves, and never below the curve.",
    link: "rate=3",
  },
  tuning: {
    title: "Try it: which dimensions stay in use",
    about:
      "A small model of five dimensions is trained in this page. Lower the rate while it trains, and see which dimensions still send something, and about which corridor.",
    link: "rate=6",
  },
  map: {
    title: "Try it: prototypes as the rate falls",
    about:
      "Train at a high rate until the map is a net, keep that code as the reference, then lower the rate: images gather at a few places, and fewer can be separated.",
    link: "rate=10",
  },
  "gaussian-rate": {
    title: "Try it: what one dimension costs",
    about:
      "The rate of one dimension is the divergence of its posterior from the standard normal marginal: move its mean and its width.",
    link: "rate=1&dimensions=1",
  },
  target: {
    title: "Try it: how the target rises",
    about: "The target of each step of a training of 5,000 steps, by rules S1, S2 and S12.",
    link: "rate=10",
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;
