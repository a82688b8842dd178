import { isAutoencoder } from "../model/kinds.js";
import type { Trainable } from "../model/trainable.js";
import { readsImages } from "../training/export-texts.js";

/**
 * The lines of Python that load an export and run it once.
 * @param options To what it is exported, and the layout of its images.
 */
export function pythonLines(
  model: Trainable,
  { to, layout }: { readonly to: "onnx" | "pytorch"; readonly layout: "NHWC" | "NCHW" },
): readonly string[] {
  const [height, width, channels] = model.imageShape;
  const shape = layout === "NHWC" ? [height, width, channels] : [channels, height, width];
  const given = readsImages(model)
    ? { name: "images", extents: shape, about: "yours, values from 0 to 1" }
    : { name: "codes", extents: [height * width * channels], about: "yours" };
  const extents = [8, ...given.extents].join(", ");
  if (to === "pytorch") {
    return [
      "import torch",
      "from model import load",
      "",
      "model = load()",
      `${given.name} = torch.rand(${extents})  # ${given.about}`,
      isAutoencoder(model)
        ? `mean, ${model.channel.posterior ? "log_variance" : "log_scale"} = model.encode(images)`
        : `logits = model.classify(${given.name})`,
      ...(isAutoencoder(model) ? ["reconstructions = model.decode(mean)"] : []),
    ];
  }
  const session = (file: string) => `onnxruntime.InferenceSession("${file}.onnx")`;
  const values = `${given.name} = numpy.random.rand(${extents}).astype("float32")  # ${given.about}`;
  if (!isAutoencoder(model)) {
    return [
      "import numpy, onnxruntime",
      "",
      values,
      `logits = ${session("heads")}.run(None, {"${given.name}": ${given.name}})`,
    ];
  }
  return [
    "import numpy, onnxruntime",
    "",
    values,
    `mean, = ${session("encoder")}.run(["mean"], {"images": images})`,
    `reconstructions, = ${session("decoder")}.run(None, {"codes": mean})`,
  ];
}
