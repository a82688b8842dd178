import onnxruntime from "../../../node_modules/onnxruntime-web/package.json" with { type: "json" };
import narrows from "../../../package.json" with { type: "json" };

/** Of what a run is made with. */
export const versions = { narrows: narrows.version, onnxruntime: onnxruntime.version };
