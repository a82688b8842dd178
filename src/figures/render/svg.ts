/** A figure as SVG text: Vega-Lite compiled, laid out by Vega without a screen, then tidied. */
import * as vega from "vega";
import { compile } from "vega-lite";
import type { FigureSpec } from "../figure.js";
import { type ThemeName, themedSpec } from "../theme.js";
import { fontFiles, isBold, textMeasure } from "./fonts.js";
import { tidySvg } from "./tidy-svg.js";

export interface SvgOptions {
  /** Default `light`. */
  readonly theme?: ThemeName;
  /** Leaves the background out, whatever the theme. */
  readonly transparent?: boolean;
  /** Put before every id, so that several figures can stand in one page. */
  readonly idPrefix?: string;
}

/** Exported by Vega for this purpose, though its types do not say so. */
interface TextMetrics {
  width: (item: { fontSize?: number; fontWeight?: unknown }, text: unknown) => number;
}
const { textMetrics } = vega as unknown as { textMetrics: TextMetrics };

let measure: ReturnType<typeof textMeasure> | undefined;

/** Vega guesses 0.8 em a letter where there is no canvas; labels would be cut and margins gape. */
function measureTextWithOwnFont(): void {
  measure ??= textMeasure(fontFiles());
  const widthOf = measure;
  textMetrics.width = (item, text) =>
    text == null ? 0 : widthOf(String(text), item.fontSize ?? 11, isBold(item.fontWeight));
}

/**
 * Compiles a figure to a Vega specification in the colours of a theme.
 * @throws Error on any warning of the compiler: it means the figure would not show what it says.
 */
export function compileFigure(figure: FigureSpec, theme: ThemeName, transparent = false): vega.Spec {
  const spec = themedSpec(figure, theme);
  const logger = vega.logger(vega.Warn);
  logger.warn = (...messages) => {
    throw new Error(`figure ${figure.name}: ${messages.join(" ")}`);
  };
  const { spec: compiled } = compile(transparent ? { ...spec, background: "transparent" } : spec, { logger });
  return compiled;
}

/** Draws the figure as a stand-alone SVG document. The same figure gives the same text, byte for byte. */
export async function renderSvg(figure: FigureSpec, options: SvgOptions = {}): Promise<string> {
  measureTextWithOwnFont();
  const theme = options.theme ?? "light";
  const compiled = compileFigure(figure, theme, options.transparent);
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logLevel: vega.Error });
  try {
    const svg = await view.toSVG();
    return tidySvg(svg, {
      idPrefix: options.idPrefix ?? "",
      title: figure.title,
      description: figure.caption,
    });
  } finally {
    view.finalize();
  }
}
