import { idxSchema, loadIdx, recognizeIdx } from "./idx-source.js";
import { defineSource } from "./source.js";

const NAME = "fashion-mnist";

export const fashionMnist = defineSource({
  name: NAME,
  about: "Fashion-MNIST: 70,000 articles of clothing, 28 x 28, grey, label article; idx files",
  shape: { [NAME]: idxSchema("data/fashion-mnist").optional() },
  load: ({ [NAME]: options }) => loadIdx(NAME, "article", options!),
  recognize(path) {
    // The files have the names of MNIST's: only the folder is different.
    const found = /fashion/i.test(path) ? recognizeIdx(path) : undefined;
    return found && { [NAME]: found };
  },
});
