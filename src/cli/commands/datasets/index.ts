import type { CommandGroup } from "../../command/tree.js";

export const datasets: CommandGroup = {
  about: "list the known sources of data; get published data; make or inspect data files",
  default: "list",
  examples: [
    "narrows datasets",
    "narrows datasets list --json",
    "narrows datasets get mnist",
    "narrows datasets inspect data/mnist",
    "narrows datasets make corridors --samples 200000 --seed 0 --out corridors.csv",
    "narrows datasets inspect corridors.csv",
  ],
  commands: {
    list: { about: "list the known sources of data", load: () => import("./list.js") },
    get: {
      about: "fetch a published data set from its official address, and verify it",
      load: () => import("./get.js"),
    },
    make: {
      about: "draw a data set and write it as CSV",
      commands: {
        corridors: {
          about: "draw Corridors images: an upper and a lower corridor with ragged walls",
          load: () => import("./make-corridors.js"),
        },
      },
    },
    inspect: {
      about: "show what data hold: rows, image shape, values, labels, split, the first images",
      load: () => import("./inspect.js"),
    },
  },
};
