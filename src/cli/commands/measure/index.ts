import type { CommandGroup } from "../../command/tree.js";

export const measure: CommandGroup = {
  about: "measure the geometry of any codes: arrays or a run in, numbers out",
  details: `
Arrays: FILE.npy, FILE.npz:KEY, or a table (.csv, .tsv, .txt); one row per sample.
Definitions of all measures: docs/definitions/ (geometry, disentanglement, information, and others).`,
  examples: [
    "narrows measure distortion-matrix --codes Z.npy --reference Z0.npy --labels y.npy --json",
    "narrows measure mds --codes run.npz:mu --seed 0 --out map.npy",
    "narrows measure mig --codes C.npy --labels F.npy",
    "narrows measure intrinsic-dimension my-vae --split test",
  ],
  commands: {
    "distortion-matrix": {
      about:
        "measure how a code stretches distances within and between classes, compared with a reference code",
      load: () => import("./distortion-matrix.js"),
    },
    distortion: { renamedTo: "distortion-matrix" },
    "distortion-indices": {
      about:
        "measure prototypization, specialization and orthogonalization of a code, compared with a reference code",
      load: () => import("./distortion-indices.js"),
    },
    indices: { renamedTo: "distortion-indices" },
    distortions: { renamedTo: "distortion-indices" },
    tuning: {
      about: "measure tuning curves: the mean response of each channel of a code to each label",
      load: () => import("./tuning.js"),
    },
    mds: {
      about: "map codes so that their distances are kept: metric multidimensional scaling",
      load: () => import("./mds.js"),
    },
    pca: {
      about: "find the principal components of codes, their variances, and the codes along them",
      load: () => import("./pca.js"),
    },
    mig: {
      about: "measure the mutual information gap: whether each factor has a dimension of its own",
      load: () => import("./mig.js"),
    },
    "factor-vae": {
      about: "measure the FactorVAE score: how well the dimensions identify the factors",
      load: () => import("./factor-vae.js"),
    },
    "total-correlation": {
      about: "measure the total correlation of the dimensions of a code, in nats, under a gaussian model",
      load: () => import("./total-correlation.js"),
    },
    "intrinsic-dimension": {
      about: "estimate the intrinsic dimension of codes from distances of nearest neighbours",
      load: () => import("./intrinsic-dimension.js"),
    },
    "information-imbalance": {
      about: "measure whether neighbours in one space predict neighbours in another, and the reverse",
      load: () => import("./information-imbalance.js"),
    },
    "feature-weights": {
      about:
        "find which columns of one space predict neighbours in another: weights of minimum information imbalance",
      load: () => import("./feature-weights.js"),
    },
    layers: {
      about:
        "measure intrinsic dimension and information imbalance of every layer of a run, or between the layers of two",
      load: () => import("./layers.js"),
    },
    quality: {
      about:
        "measure the quality of generated images: Fréchet and kernel distance on features, sliced Wasserstein",
      load: () => import("./quality.js"),
    },
  },
};
