import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { type FigureSpec, requireLength, requireShape } from "./figure.js";
import { finiteExtent } from "./parts/extent.js";
import { type GreyConvention, imageUri, requireImages } from "./parts/picture.js";
import { placePictures } from "./parts/place-pictures.js";
import { colouringOf, type PointColours } from "./parts/point-colours.js";
import type { LayerSpec, UnitSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";

/** An image drawn beside the point it belongs to. */
export interface LatentMapExample {
  /** Which point. */
  readonly index: number;
  /** [height, width] of greys, or [height, width, channels] with 1 (grey) or 3 channels, in [0, 1]. */
  readonly image: NumericArray;
}

export interface LatentMapPanel {
  readonly title?: string;
  /** [points, 2]: an embedding of the codes. */
  readonly points: NumericArray;
  readonly examples?: readonly LatentMapExample[];
}

export interface LatentMapData {
  /** Maps of the same points under several models, beside each other. */
  readonly panels: readonly LatentMapPanel[];
  readonly colours: PointColours;
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
/** More points than this are drawn smaller. */
const CROWD = 800;
const PICTURE_SIDE = 32;
const PICTURE_GAP = 5;
const PICTURE_DISTANCE = 34;
/** Room around the points where pictures may stand. */
const MARGIN = { withPictures: PICTURE_DISTANCE + PICTURE_SIDE / 2 + PICTURE_GAP, plain: 12 };

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
    requireImages(asImages(example.image), `${where}, example image`);
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

function asImages(image: NumericArray): NumericArray {
  return { ...image, shape: [1, ...image.shape] };
}

function panelSpec(panel: LatentMapPanel, colours: PointColours, options: LatentMapOptions): LayerSpec {
  const side = options.side ?? SIDE;
  const examples = panel.examples ?? [];
  const margin = examples.length > 0 ? MARGIN.withPictures : MARGIN.plain;
  const { toPage, width, height } = pageOf(panel.points, side, margin);
  const colouring = colouringOf(colours);
  const dots = Array.from({ length: panel.points.shape[0] }, (_, k) => ({
    ...toPage(k),
    colour: colouring.valueOf(k),
  }));
  const places = placePictures(
    examples.map(({ index }) => toPage(index)),
    { width, height, side: PICTURE_SIDE + PICTURE_GAP, distance: PICTURE_DISTANCE },
  );
  const pictures = examples.map(({ index, image }, k) => ({
    pointX: toPage(index).x,
    pointY: toPage(index).y,
    ...places[k],
    colour: colouring.hexOf(index),
    picture: imageUri(asImages(image), 0, options.convention ?? "one-is-black"),
  }));
  const position = (extent: number): PagePosition => ({
    type: "quantitative",
    scale: { domain: [0, extent], nice: false, zero: false },
    axis: null,
  });
  const [x, y] = [position(width), position(height)];
  const dotLayer: UnitSpec = {
    data: { values: dots },
    mark: {
      type: "circle",
      size: dots.length > CROWD ? 13 : 24,
      opacity: 0.85,
      tooltip: { content: "data" },
    },
    encoding: { color: { field: "colour", ...colouring.channel } },
  };
  return {
    ...(panel.title === undefined ? {} : { title: panel.title }),
    width,
    height,
    encoding: { x: { field: "x", ...x }, y: { field: "y", ...y } },
    layer: pictures.length === 0 ? [dotLayer] : [dotLayer, ...pictureLayers(pictures, x, y)],
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

function pictureLayers(pictures: readonly object[], x: PagePosition, y: PagePosition): UnitSpec[] {
  const data = { values: [...pictures] };
  const color = { field: "colour", type: "nominal" as const, scale: null };
  const size = { width: PICTURE_SIDE, height: PICTURE_SIDE };
  return [
    {
      data,
      mark: { type: "rule", style: STYLE.leader },
      encoding: { x2: { field: "pointX" }, y2: { field: "pointY" } },
    },
    {
      data,
      mark: { type: "circle", size: 44, style: STYLE.chosenPoint },
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
