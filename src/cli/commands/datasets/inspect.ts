import { isTableFile } from "../../../data/csv/options.js";
import { summarize } from "../../../data/inspect.js";
import { previewImages } from "../../../data/preview.js";
import { datasetSources, loadDataset } from "../../../data/sources/index.js";
import { choice, flag, text, whole } from "../../../settings/index.js";
import { defineCommand } from "../../command/define.js";
import { csv } from "../../command/groups.js";
import { warn } from "../../output.js";
import { chooseData } from "./choose-data.js";
import { describeData } from "./describe-data.js";

const size = (about: string) => whole({ about, minimum: 1, maximum: 65_536 });
const count = (about: string) => whole({ about, minimum: 0, maximum: 65_536 });

export default defineCommand({
  arguments: {
    path: text({
      about:
        "a .csv, .npy, .npz or idx file, a folder or .zip of images, files of a published data set or their folder, or a configuration",
      required: true,
    }),
  },
  settings: {
    source: choice(
      datasetSources.map(({ name }) => name),
      { about: "read it as this source, whatever it looks like" },
    ),
    height: size("rows of an image, where it is not square"),
    width: size("columns of an image, where it is not square"),
    channels: size("values per pixel (1 by default)"),
    labels: count("label columns after the pixels (inferred up to 2 by default), or after the codes"),
    array: text({ about: "name of the images, or of the codes, in an .npz archive", placeholder: "name" }),
    labelArray: text({
      about: "name of the labels in an .npz archive (labels by default)",
      placeholder: "name",
    }),
    skipOthers: flag({ about: "of a folder or .zip: skip files that are not PNG or JPEG images" }),
    preview: count("draw the first n images (4 on a terminal by default, otherwise none)"),
    ...csv,
  },
  details: `
A configuration (.yaml) shows the data that it names, with all its options, and the split that it takes.`,
  examples: [
    "narrows datasets inspect corridors.csv",
    "narrows datasets inspect scans.csv --height 24 --width 32 --labels 3 --json",
    "narrows datasets inspect data/mnist",
    "narrows datasets inspect photographs.zip --preview 2",
    "narrows datasets inspect archive.npz --array x_train --label-array y_train",
    "narrows datasets inspect codes.csv --source codes --labels 2",
    "narrows datasets inspect my-experiment.yaml",
  ],
  async run({ path, source, preview, skipOthers, json, height, width, channels, labels, ...options }) {
    const layout = withoutUndefined({ height, width, channels, labels });
    const { spec, splitOf, orderOf } = chooseData(path, source, {
      ...layout,
      ...options,
      ...(skipOthers && { skipOthers }),
    });
    const dataset = loadDataset(spec);
    for (const warning of dataset.warnings ?? []) warn(warning);
    const order = orderOf(dataset);
    const summary = {
      ...summarize(dataset),
      split: splitOf(dataset),
      ...(order && { splitOrder: { seed: order.seed, by: order.by } }),
    };
    const isTable = spec.file !== undefined && isTableFile(spec.file);
    const isInferred = isTable && Object.keys(layout).length === 0;
    const shown = preview ?? (process.stdout.isTTY === true ? 4 : 0);
    return {
      json: summary,
      text: [
        ...describeData(summary, { isTable, isInferred }),
        // Codes are not images: there is nothing to see in them.
        ...(shown > 0 && !json && spec.codes === undefined
          ? ["", ...previewImages(dataset, shown, process.stdout.columns ?? 110)]
          : []),
      ],
    };
  },
});

function withoutUndefined(sizes: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(sizes).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
