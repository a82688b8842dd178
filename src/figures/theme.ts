import type { Config, TopLevelSpec } from "vega-lite";
import type { FigureSpec } from "./figure.js";

/**
 * `light` and `dark` name their colours; `inherit` draws in `currentColor` on no background, for a page that
 * sets the colour of its text.
 */
export type ThemeName = "light" | "dark" | "inherit";

interface Theme {
  readonly ink: string;
  readonly paper: string;
}

const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: { ink: "#1c2530", paper: "#ffffff" },
  dark: { ink: "#e4e8ed", paper: "#14181d" },
  inherit: { ink: "currentColor", paper: "transparent" },
};

/** Arimo is measured and embedded; Arial, Helvetica and Liberation Sans have the same widths by design. */
const FONT_FAMILY = "Arimo, Arial, Helvetica, 'Liberation Sans', sans-serif";

/** Distinguishable by people who see no difference between red and green as well; all stand out from white and from near-black. */
export const CATEGORY_COLOURS: readonly string[] =
  "#3f7fc1 #e08434 #1ac79e #8061fa #c71a4d #944d80 #b2a86b #fa6bfa #57bdd1 #2e7557".split(" ");

/** What all others are to be seen against. */
export const GREY = "#8a8f98";

/** Names of the marks whose colour the theme decides, for `style` in a specification. */
export const STYLE = {
  ...{ annotation: "annotation", quietAnnotation: "quiet-annotation", leader: "leader", handle: "handle" },
  ...{ referenceLine: "reference-line", zeroLine: "zero-line", pictureFrame: "picture-frame" },
  ...{ chosenPoint: "chosen-point", boundBand: "bound-band", boundLine: "bound-line" },
} as const;

/** Vega-Lite configuration of one theme: one ink, varied only by opacity. */
function themeConfig({ ink, paper }: Theme): Config {
  const text = { font: FONT_FAMILY, color: ink };
  const thin = { color: ink, strokeWidth: 0.8 };
  const labels = { labelColor: ink, labelFontSize: 11, labelLimit: 0 };
  const titles = { titleColor: ink, titleFontSize: 12, titleFontWeight: "normal", titleLimit: 0 } as const;
  const subtitle = {
    subtitleColor: ink,
    subtitleFont: FONT_FAMILY,
    subtitleFontSize: 11,
    subtitlePadding: 3,
  };
  return {
    aria: false,
    background: paper,
    font: FONT_FAMILY,
    padding: 8,
    view: { stroke: null },
    title: {
      color: ink,
      fontSize: 13,
      fontWeight: "bold",
      anchor: "start",
      frame: "group",
      offset: 8,
      ...subtitle,
    },
    axis: {
      ...labels,
      ...titles,
      ...{ labelOpacity: 0.8, titlePadding: 8, gridColor: ink, gridOpacity: 0.1 },
      ...{ domainColor: ink, domainOpacity: 0.35, tickColor: ink, tickOpacity: 0.35, tickSize: 4 },
    },
    legend: { ...labels, ...titles, offset: 14, gradientThickness: 12 },
    range: { category: [...CATEGORY_COLOURS] },
    style: {
      [STYLE.annotation]: { ...text, fontSize: 11 },
      [STYLE.quietAnnotation]: { ...text, fontSize: 10, opacity: 0.75 },
      [STYLE.leader]: { color: ink, strokeWidth: 0.9, opacity: 0.75 },
      [STYLE.referenceLine]: { color: ink, strokeWidth: 1, strokeDash: [5, 4], opacity: 0.6 },
      [STYLE.pictureFrame]: { ...thin, strokeOpacity: 0.45, filled: false },
      [STYLE.chosenPoint]: { stroke: ink, strokeWidth: 1.3, opacity: 1 },
      [STYLE.handle]: { color: ink, opacity: 1 },
      [STYLE.boundBand]: { color: ink, opacity: 0.2 },
      [STYLE.boundLine]: { color: ink, strokeWidth: 1.2, opacity: 0.75 },
      [STYLE.zeroLine]: { ...thin, opacity: 0.3 },
    },
  };
}

/** The figure's specification with the theme's colours, ready for the Vega-Lite compiler. */
export function themedSpec(figure: FigureSpec, theme: ThemeName): TopLevelSpec {
  return { ...figure.spec, config: themeConfig(THEMES[theme]) };
}
