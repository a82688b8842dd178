/** From a figure to a file, in Node: one renderer for each format, all from the same specification. */

import { extname } from "node:path";
import { closest } from "fastest-levenshtein";
import { refuse } from "../../errors.js";
import { writeFileAtomic } from "../../files/atomic.js";
import type { FigureSpec } from "../figure.js";
import { tableToCsv } from "../table.js";
import type { ThemeName } from "../theme.js";
import { ANIMATION_FORMATS, type AnimationFormat } from "./animation.js";
import { renderSvg } from "./svg.js";

export {
  ANIMATION_FORMATS,
  type AnimationFormat,
  type AnimationOptions,
  renderAnimation,
  writeAnimation,
} from "./animation.js";

/** How a figure is drawn. */
export interface RenderOptions {
  /** Default `light`. A page (`html`) follows the reader's setting instead. */
  readonly theme?: ThemeName;
  /** Pixels of a PNG for each unit of the figure. Default 2. */
  readonly pixelsPerUnit?: number;
  /** Leaves out the background. */
  readonly transparent?: boolean;
}

type Renderer = (figure: FigureSpec, options: RenderOptions) => Promise<string | Uint8Array>;

const PIXELS_PER_UNIT = 2;

const RENDERERS = {
  svg: renderSvg,
  png: async (figure, options) => {
    const { svgToPng } = await import("./png.js");
    return svgToPng(await renderSvg(figure, options), options.pixelsPerUnit ?? PIXELS_PER_UNIT);
  },
  pdf: async (figure, options) => {
    const { svgToPdfBytes } = await import("./pdf.js");
    return svgToPdfBytes(await renderSvg(figure, options), figure.title);
  },
  html: async (figure) => {
    const { renderHtml } = await import("./html.js");
    return renderHtml(figure);
  },
  /** Not a drawing, but what a reader asks for next: the numbers behind it. */
  csv: async (figure) => tableToCsv(figure.table),
} satisfies Record<string, Renderer>;

/** Name of a format, which is also the extension of its files. */
export type FigureFormat = keyof typeof RENDERERS;

/** Also the extensions that choose them. */
const FIGURE_FORMATS = Object.keys(RENDERERS) as readonly FigureFormat[];

/**
 * Draws a figure in one format.
 * @returns text for `svg`, `html` and `csv`, bytes for `png` and `pdf`.
 */
export function renderFigure(
  figure: FigureSpec,
  format: FigureFormat,
  options: RenderOptions = {},
): Promise<string | Uint8Array> {
  const render: Renderer = RENDERERS[format];
  return render(figure, options);
}

/**
 * The format of a still picture that a path's extension names.
 * @throws UserError for any other extension, naming the known ones.
 */
export function formatOfPath(path: string): FigureFormat {
  const extension = extensionOf(path);
  const moves = ANIMATION_FORMATS.some((format) => format === extension);
  const why = moves ? `this figure stands still, and a .${extension} file holds one that moves` : "";
  return chooseFormat(path, FIGURE_FORMATS, why);
}

/**
 * The format that a path's extension names, for a figure that can be drawn still (`.png` too) or moving.
 * @throws UserError for any other extension, naming the known ones.
 */
export function movingFormatOfPath(path: string): FigureFormat | AnimationFormat {
  return chooseFormat(path, [...FIGURE_FORMATS, ...ANIMATION_FORMATS]);
}

function chooseFormat<Format extends string>(path: string, formats: readonly Format[], why = ""): Format {
  const extension = extensionOf(path);
  const found = formats.find((format) => format === extension);
  if (found) return found;
  const nearest = extension === "" || why ? "" : `, for instance .${closest(extension, formats)}`;
  const unknown =
    extension === "" ? "the file name has no extension" : `figures are not written as .${extension}`;
  const known = formats.map((format) => `.${format}`).join(", ");
  return refuse(path, why || unknown, `Choose one of ${known}${nearest}`);
}

function extensionOf(path: string): string {
  return extname(path).slice(1).toLowerCase();
}

/**
 * Draws a figure into a file whose extension names the format; all of it is there or nothing.
 * @throws UserError for an unknown extension (before anything is drawn) and when the file cannot be written.
 */
export async function writeFigure(
  path: string,
  figure: FigureSpec,
  options: RenderOptions = {},
): Promise<void> {
  const format = formatOfPath(path);
  writeFileAtomic(path, await renderFigure(figure, format, options));
}
