/** Figures: specifications from plain data, files of them (SVG, PNG, PDF, HTML, CSV, APNG, GIF), and pages that hold several. */
export * from "../figures/index.js";
export {
  ANIMATION_FORMATS,
  type AnimationFormat,
  type AnimationOptions,
  type FigureFormat,
  type RenderOptions,
  renderAnimation,
  renderFigure,
  writeAnimation,
  writeFigure,
} from "../figures/render/index.js";
export type { ThemeName } from "../figures/theme.js";
export * from "../report/index.js";
