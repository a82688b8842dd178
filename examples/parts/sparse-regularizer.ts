/** A regularizer: the mean absolute value of the sampled code, which makes codes sparse. */
import { abs, definePart, mean, multiply, z } from "narrows/parts";

export default definePart({
  kind: "regularizer",
  type: "sparse",
  about: "mean absolute value of the code",
  settings: { weight: z.number().nonnegative().default(1).describe("its factor in the loss") },
  make: ({ weight }) => ({ penalty: (_, code) => multiply(mean(abs(code)), weight) }),
});
