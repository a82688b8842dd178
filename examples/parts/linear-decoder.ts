/** A decoder: one linear map from the code to the pixels, as in probabilistic principal component analysis. */
import { definePart, dense, sizeOf } from "narrows/parts";

export default definePart({
  kind: "decoder",
  type: "linear",
  about: "one linear map from the code to the pixels",
  settings: {},
  make: () => ({ decode: (scope, code, imageShape) => dense(scope.in("linear"), code, sizeOf(imageShape)) }),
});
