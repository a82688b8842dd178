/** A figure: how far codes lie from 0, as a histogram for every run. */
import { defineFigure, whole } from "narrows/parts";

export default defineFigure({
  name: "code-norms",
  about: "draw how far the codes of test images lie from 0, a histogram for each run",
  settings: { bins: whole({ about: "bins of a histogram", minimum: 2, default: 30 }) },
  draw({ runs }, { bins }) {
    const rows = runs.flatMap(({ title, codes }) =>
      codes.map((code) => ({ run: title, norm: Math.hypot(...code) })),
    );
    return {
      name: "code-norms",
      title: "Distance of codes from 0",
      caption: "Euclidean norm of the centre of each test image's code, in units of the code.",
      spec: {
        data: { values: rows },
        mark: "bar",
        width: 300,
        height: 160,
        encoding: {
          x: {
            field: "norm",
            type: "quantitative",
            bin: { maxbins: bins },
            title: "distance from 0",
            axis: { labelOverlap: true },
          },
          y: { aggregate: "count", type: "quantitative", title: "images" },
          row: { field: "run", type: "nominal", title: null },
        },
      },
      table: { columns: ["run", "norm"], rows: rows.map(({ run, norm }) => [run, norm]) },
    };
  },
});
