import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { type FigureSpec, requireLength, requireShape } from "./figure.js";
import { BLUE_SAND_RED, manyColours, VIRIDIS } from "./parts/colour-map.js";
import { sequentialScale } from "./parts/colour-scale.js";
import { finiteExtent } from "./parts/extent.js";
import { type GreyConvention, greyPictureUri } from "./parts/picture.js";
import { placePictures } from "./parts/place-pictures.js";
import type { LayerSpec, UnitSpec } from "./parts/vega-types.js";
import { CATEGORY_COLOURS, STYLE } from "./theme.js";

/** An image drawn beside the point it belongs to. */
export interface LatentMapExample {
  /** Which point. */
  readonly index: number;
  /** [height, width] of greys in [0, 1]. */
  readonly image: NumericArray;
}

export interface LatentMapPanel {
  readonly title?: string;
  /** [points, 2]: an embedding of the codes. */
  readonly points: NumericArray;
  readonly examples?: readonly LatentMapExample[];
}

/** What the points are coloured by: a number for each (e.g. xU - xL), or a class for each. */
export type LatentMapColours =
  | { readonly kind: "quantity"; readonly name: string; readonly values: ArrayLike<number> }
  | {
      readonly kind: "class";
      readonly name: string;
      readonly values: ArrayLike<string | number>;
      /** Classes in the order of the legend. Default: sorted. */
      readonly order?: readonly (string | number)[];
    };

export interface LatentMapData {
  /** Maps of the same points under several models, beside each other. */
  readonly panels: readonly LatentMapPanel[];
  readonly colours: LatentMapColours;
}

export interface LatentMapOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Side of a map in pixels. Default 400. */
  readonly side?: number;
  /** Default `one-is-black`, as the Corridors are stored. */
  readonly convention?: GreyConvention;
}

const SIDE = 400;
/** A map is at least this share of its side high and wide, however flat the points lie. */
const LEAST_SHARE = 0.4;
const PICTURE_SIDE = 34;
const PICTURE_GAP = 5;
const PICTURE_DISTANCE = 34;
/** Room around the points where pictures may stand. */
const MARGIN = { withPictures: PICTURE_DISTANCE + PICTURE_SIDE / 2 + PICTURE_GAP, plain: 12 };
/** Named because pictures have frames in the same colours, and frames would make it a list of symbols. */
const GRADIENT = { type: "gradient" as const, gradientLength: 160, tickCount: 5 };

/**
 * A two-dimensional map of codes: one dot an image, coloured by what it shows, with some of the images beside
 * their dots. Both axes have the same scale, since distances are what an embedding keeps; the axes themselves
 * mean nothing and carry no numbers.
 * @throws UserError when the points are not [points, 2], the colours are not one for each, or an example is missing.
 */
export function latentMap(data: LatentMapData, options: LatentMapOptions = {}): FigureSpec {
  const [first] = data.panels;
  if (!first)
    throw new UserError({ where: "latent-map", what: "no points given", remedy: "Give at least one panel" });
  const count = data.colours.values.length;
  for (const [index, panel] of data.panels.entries()) requirePanel(panel, index, count);
  const { name } = data.colours;
  return {
    name: "latent-map",
    title: options.title ?? "Map of the latent space",
    caption:
      options.caption ??
      `Each dot is the code of one image, embedded in two dimensions; colour: ${name}. Images stand beside their dots.`,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      hconcat: data.panels.map((panel) => panelSpec(panel, data.colours, options)),
      spacing: 30,
    },
    table: {
      columns: ["panel", "point", "x", "y", name],
      rows: data.panels.flatMap((panel, index) =>
        Array.from({ length: count }, (_, k) => [
          panel.title ?? String(index + 1),
          k,
          panel.points.data[2 * k],
          panel.points.data[2 * k + 1],
          data.colours.values[k],
        ]),
      ),
    },
  };
}

function requirePanel(panel: LatentMapPanel, index: number, colours: number): void {
  const where = `latent-map, panel ${index + 1}${panel.title ? ` (${panel.title})` : ""}`;
  requireShape(panel.points, ["points", "2"], where);
  const [count, dimensions] = panel.points.shape;
  requireLength(dimensions, 2, `${where}, coordinates`, "axes");
  requireLength(colours, count, `${where}, colours`, "points");
  for (const example of panel.examples ?? []) {
    requireShape(example.image, ["height", "width"], `${where}, example image`);
    if (example.index >= 0 && example.index < count) continue;
    throw new UserError({
      where: `${where}, examples`,
      what: `point ${example.index} is annotated, but there are ${count} points`,
      remedy: `Choose points from 0 to ${count - 1}`,
    });
  }
  const bad = panel.points.data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new UserError({
    where,
    what: `point ${Math.floor(bad / 2)} is not finite`,
    remedy: "Leave such points out, or look why the embedding failed",
  });
}

function colourChannel(colours: LatentMapColours) {
  const base = { field: "colour", title: colours.name };
  if (colours.kind === "quantity") {
    const limits = finiteExtent(Array.from(colours.values)) ?? [0, 1];
    const [least, greatest] = limits;
    const signed = least < 0 && greatest > 0;
    const reach = Math.max(-least, greatest);
    const scale = signed ? sequentialScale([-reach, reach], BLUE_SAND_RED) : sequentialScale(limits, VIRIDIS);
    return {
      ...base,
      type: "quantitative" as const,
      scale: scale.vega,
      legend: GRADIENT,
    };
  }
  const domain = [...(colours.order ?? [...new Set(Array.from(colours.values))].sort(byNumberOrName))].map(
    String,
  );
  const named = domain.length <= CATEGORY_COLOURS.length;
  const range = named ? CATEGORY_COLOURS.slice(0, domain.length) : manyColours(domain.length);
  const legend = { symbolOpacity: 1, symbolSize: 70, symbolLimit: 0, columns: Math.ceil(domain.length / 13) };
  return { ...base, type: "nominal" as const, scale: { domain, range }, legend };
}

function byNumberOrName(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1;
}

function panelSpec(panel: LatentMapPanel, colours: LatentMapColours, options: LatentMapOptions): LayerSpec {
  const side = options.side ?? SIDE;
  const examples = panel.examples ?? [];
  const margin = examples.length > 0 ? MARGIN.withPictures : MARGIN.plain;
  const { toPage, width, height } = pageOf(panel.points, side, margin);
  const colourOf = (k: number) =>
    colours.kind === "quantity" ? colours.values[k] : String(colours.values[k]);
  const dots = Array.from({ length: panel.points.shape[0] }, (_, k) => ({
    ...toPage(k),
    colour: colourOf(k),
  }));
  const places = placePictures(
    examples.map(({ index }) => toPage(index)),
    { width, height, side: PICTURE_SIDE + PICTURE_GAP, distance: PICTURE_DISTANCE },
  );
  const pictures = examples.map(({ index, image }, k) => ({
    pointX: toPage(index).x,
    pointY: toPage(index).y,
    ...places[k],
    colour: colourOf(index),
    picture: greyPictureUri(
      { ...image, shape: [1, ...image.shape] },
      0,
      options.convention ?? "one-is-black",
    ),
  }));
  const position = (extent: number): PagePosition => ({
    type: "quantitative",
    scale: { domain: [0, extent], nice: false, zero: false },
    axis: null,
  });
  const [x, y] = [position(width), position(height)];
  const color = colourChannel(colours);
  const dotLayer: UnitSpec = {
    data: { values: dots },
    mark: { type: "circle", size: 22, opacity: 0.85, tooltip: { content: "data" } },
    encoding: { color },
  };
  return {
    ...(panel.title === undefined ? {} : { title: panel.title }),
    width,
    height,
    encoding: { x: { field: "x", ...x }, y: { field: "y", ...y } },
    layer: pictures.length === 0 ? [dotLayer] : [dotLayer, ...pictureLayers(pictures, color, x, y)],
  };
}

/** A page around the points with one scale for both axes, and places on it in pixels from the lower left corner. */
function pageOf(points: NumericArray, side: number, margin: number) {
  const column = (axis: number) =>
    Array.from({ length: points.shape[0] }, (_, k) => points.data[2 * k + axis]);
  const [left, right] = finiteExtent(column(0))!;
  const [bottom, top] = finiteExtent(column(1))!;
  const unit = (side - 2 * margin) / (Math.max(right - left, top - bottom) || 1);
  const length = (extent: number) => Math.ceil(Math.max(unit * extent + 2 * margin, LEAST_SHARE * side));
  const [width, height] = [length(right - left), length(top - bottom)];
  const toPage = (k: number) => ({
    x: width / 2 + unit * (points.data[2 * k] - (left + right) / 2),
    y: height / 2 + unit * (points.data[2 * k + 1] - (bottom + top) / 2),
  });
  return { toPage, width, height };
}

interface PagePosition {
  readonly type: "quantitative";
  readonly scale: { domain: number[]; nice: false; zero: false };
  readonly axis: null;
}

function pictureLayers(
  pictures: readonly object[],
  color: ReturnType<typeof colourChannel>,
  x: PagePosition,
  y: PagePosition,
): UnitSpec[] {
  const data = { values: [...pictures] };
  const size = { width: PICTURE_SIDE, height: PICTURE_SIDE };
  return [
    {
      data,
      mark: { type: "rule", style: STYLE.leader },
      encoding: { x2: { field: "pointX" }, y2: { field: "pointY" } },
    },
    {
      data,
      mark: { type: "circle", size: 52, opacity: 1, style: STYLE.pictureFrame, filled: true },
      encoding: { x: { field: "pointX", ...x }, y: { field: "pointY", ...y }, color },
    },
    {
      data,
      mark: { type: "image", ...size, aspect: false },
      encoding: { url: { field: "picture", type: "nominal" } },
    },
    { data, mark: { type: "rect", ...size, filled: false, strokeWidth: 2 }, encoding: { color } },
  ];
}
