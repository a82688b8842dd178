/** A metric: how far the code of an image lies from 0. */
import { defineMetric, sqrt, square, sumOver } from "narrows/parts";

export default defineMetric({
  name: "codeNorm",
  label: "distance of the code from 0",
  digits: 3,
  measure: (_, { mean }) => sqrt(sumOver(square(mean), [1])),
});
