import { idxSchema, loadIdx, recognizeIdx } from "./idx-source.js";
import { defineSource } from "./source.js";

const NAME = "mnist";

export const mnist = defineSource({
  name: NAME,
  about: "MNIST: 70,000 handwritten digits, 28 x 28, grey or drawn binary, label digit; idx files",
  shape: { mnist: idxSchema("data/mnist").optional() },
  load: ({ mnist: options }) => loadIdx(NAME, "digit", options!),
  recognize(path) {
    const found = /fashion/i.test(path) ? undefined : recognizeIdx(path);
    return found && { mnist: found };
  },
});
