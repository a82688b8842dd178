/** Figures: specifications from plain data, files of them (SVG, PNG, PDF, HTML, CSV, APNG, GIF), and pages that hold several. */
export * from "../figures/index.js";
export {
  type AnimationOptions,
  renderAnimation,
  renderFigure,
  writeAnimation,
  writeFigure,
} from "../figures/render/index.js";
export * from "../report/index.js";
