/** An objective: the first nats of each image are free, so that a rate is not pressed to 0 (free bits, Kingma et al. 2016). */
import { add, definePart, mean, multiply, relu, subtract, z } from "narrows/parts";

export default definePart({
  kind: "objective",
  type: "free-nats",
  about: "distortion + beta x what the rate of an image has above some free nats",
  settings: {
    beta: z.number().nonnegative().default(1).describe("price of a nat, in the unit of the distortion"),
    freeNats: z.number().nonnegative().default(2).describe("nats of each image that cost nothing"),
  },
  make: ({ beta, freeNats }) => ({
    pricePerNat: () => beta,
    settingForPrice: (price) => ({ key: "model.objective.beta", value: price }),
    scalars: () => ({}),
    targetRateNats: () => undefined,
    finalTargetRateNats: undefined,
    loss: (_, { distortion, rateNats }) =>
      add(mean(distortion), multiply(mean(relu(subtract(rateNats, freeNats))), beta)),
  }),
});
