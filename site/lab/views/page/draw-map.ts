/** Drawing of the latent map on a canvas: net, samples, points, axes or a scale bar, the stimulus that is picked. */
import { ticks } from "d3-array";
import type { Batch } from "../numbers/draw-order.js";
import { threeDigits } from "../numbers/format.js";
import type { Palette } from "./use-palette.js";

export interface MapPicture {
  /** CSS pixels of the square. */
  readonly side: number;
  /** Half the side in units of the code. */
  readonly extent: number;
  /** [points, 2] */
  readonly points: Float32Array;
  /** [points, 2] */
  readonly samples: Float32Array | undefined;
  /** Means of the cells [cells, 2], joined to their neighbours; undefined without a net. */
  readonly net: Float32Array | undefined;
  readonly batches: readonly Batch[];
  /** Names of the axes; undefined where directions mean nothing, and a bar gives the scale. */
  readonly axes: readonly [x: string, y: string] | undefined;
  readonly picked: number | undefined;
  /** Pictures beside the point that is picked, each with a word below. */
  readonly thumbnails: readonly { readonly image: CanvasImageSource; readonly text: string }[];
  readonly palette: Palette;
}

const THUMBNAIL = 52;
/** Samples are smaller than means. */
const SAMPLE_SHARE = 0.62;

export function drawMap(context: CanvasRenderingContext2D, picture: MapPicture): void {
  const { side, palette } = picture;
  context.clearRect(0, 0, side, side);
  context.font = `12px ${palette.font}`;
  context.lineWidth = 1;
  if (picture.axes) drawAxes(context, picture, picture.axes);
  if (picture.net) drawNet(context, picture, picture.net);
  const radius = radiusOf(side, picture.points.length / 2);
  if (picture.samples) drawDots(context, picture, picture.samples, radius * SAMPLE_SHARE, false);
  drawDots(context, picture, picture.points, radius, true);
  if (!picture.axes) drawScaleBar(context, picture);
  if (picture.picked !== undefined) drawPicked(context, picture, picture.picked, radius);
}

/** Where a point of the code stands on the square, in CSS pixels. */
export function toPixels(side: number, extent: number) {
  const unit = side / (2 * extent);
  return {
    unit,
    x: (value: number) => side / 2 + value * unit,
    y: (value: number) => side / 2 - value * unit,
  };
}

/** Many points are smaller. */
function radiusOf(side: number, count: number): number {
  return Math.min(6, Math.max(1.7, (side / 115) * Math.min(1, Math.sqrt(170 / Math.max(1, count)) + 0.25)));
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { side, extent, palette }: MapPicture,
  axes: readonly [string, string],
): void {
  const { x, y } = toPixels(side, extent);
  const at = ticks(-extent, extent, Math.max(3, Math.round(side / 90)));
  context.strokeStyle = palette.ink;
  context.fillStyle = palette.ink;
  for (const value of at) {
    context.globalAlpha = value === 0 ? 0.4 : 0.1;
    context.beginPath();
    context.moveTo(x(value), 0);
    context.lineTo(x(value), side);
    context.moveTo(0, y(value));
    context.lineTo(side, y(value));
    context.stroke();
  }
  context.globalAlpha = 1;
  context.textBaseline = "bottom";
  context.textAlign = "center";
  // Not where the names of the axes stand.
  const isFree = (pixel: number, start: number, end: number) => pixel > start && pixel < side - end;
  for (const value of at)
    if (isFree(x(value), 34, 48)) halo(context, palette, threeDigits(value), x(value), side - 2);
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const value of at)
    if (isFree(y(value), 26, 24)) halo(context, palette, threeDigits(value), 4, y(value));
  context.font = `bold 12px ${palette.font}`;
  context.textBaseline = "bottom";
  context.textAlign = "right";
  halo(context, palette, `${axes[0]} →`, side - 4, side - 2);
  context.textAlign = "left";
  context.textBaseline = "top";
  halo(context, palette, `↑ ${axes[1]}`, 4, 4);
  context.font = `12px ${palette.font}`;
}

/** A bar of a round length, about a fifth of the side. */
function drawScaleBar(context: CanvasRenderingContext2D, { side, extent, palette }: MapPicture): void {
  const { unit } = toPixels(side, extent);
  const wanted = (2 * extent) / 5;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const length = power * (wanted / power >= 5 ? 5 : wanted / power >= 2 ? 2 : 1);
  const [left, bottom] = [10, side - 10];
  context.strokeStyle = palette.ink;
  context.fillStyle = palette.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(left, bottom - 4);
  context.lineTo(left, bottom);
  context.lineTo(left + length * unit, bottom);
  context.lineTo(left + length * unit, bottom - 4);
  context.stroke();
  context.lineWidth = 1;
  context.textAlign = "left";
  context.textBaseline = "bottom";
  halo(
    context,
    palette,
    `${threeDigits(length)} ${length === 1 ? "unit" : "units"} of the code`,
    left,
    bottom - 6,
  );
}

/** The cells as a net: each joined to the next column of either corridor. */
function drawNet(
  context: CanvasRenderingContext2D,
  { side, extent, palette }: MapPicture,
  net: Float32Array,
): void {
  const { x, y } = toPixels(side, extent);
  const columns = Math.round(Math.sqrt(net.length / 2));
  context.strokeStyle = palette.ink;
  context.globalAlpha = 0.28;
  context.beginPath();
  const line = (from: number, to: number) => {
    if (Number.isNaN(net[2 * from] + net[2 * to])) return;
    context.moveTo(x(net[2 * from]), y(net[2 * from + 1]));
    context.lineTo(x(net[2 * to]), y(net[2 * to + 1]));
  };
  for (let cell = 0; cell < columns * columns; cell++) {
    if (cell % columns < columns - 1) line(cell, cell + 1);
    if (cell < columns * (columns - 1)) line(cell, cell + columns);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function drawDots(
  context: CanvasRenderingContext2D,
  { side, extent, batches, palette }: MapPicture,
  places: Float32Array,
  radius: number,
  outlined: boolean,
): void {
  const { x, y } = toPixels(side, extent);
  context.strokeStyle = palette.ink;
  context.lineWidth = 0.6;
  for (const { colour, points } of batches) {
    context.beginPath();
    for (const k of points) {
      const [left, top] = [x(places[2 * k]), y(places[2 * k + 1])];
      context.moveTo(left + radius, top);
      context.arc(left, top, radius, 0, 2 * Math.PI);
    }
    context.fillStyle = colour;
    context.globalAlpha = outlined ? 1 : 0.5;
    context.fill();
    if (!outlined) continue;
    // A thin line of ink: a colour near that of the page is seen as well.
    context.globalAlpha = 0.55;
    context.stroke();
  }
  context.globalAlpha = 1;
  context.lineWidth = 1;
}

function drawPicked(
  context: CanvasRenderingContext2D,
  picture: MapPicture,
  picked: number,
  radius: number,
): void {
  const { side, extent, points, thumbnails, palette } = picture;
  const scale = toPixels(side, extent);
  const [x, y] = [scale.x(points[2 * picked]), scale.y(points[2 * picked + 1])];
  for (const [colour, width] of [
    [palette.paper, 5],
    [palette.ink, 2.2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, radius + 4, 0, 2 * Math.PI);
    context.stroke();
  }
  context.lineWidth = 1;
  const gap = radius + 12;
  const width = thumbnails.length * (THUMBNAIL + 8);
  // Away from the middle, where the other points are, as far as there is room.
  const [right, left] = [x + gap, x - gap - width];
  const isRight = left < 4 || (x > side / 2 && right + width < side - 4);
  const start = isRight ? right : left;
  const top = Math.min(Math.max(4, y - THUMBNAIL / 2), side - THUMBNAIL - 24);
  context.imageSmoothingEnabled = false;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const [k, { image, text }] of thumbnails.entries()) {
    const place = start + k * (THUMBNAIL + 8) + 4;
    context.drawImage(image, place, top, THUMBNAIL, THUMBNAIL);
    context.strokeStyle = palette.ink;
    context.strokeRect(place - 0.5, top - 0.5, THUMBNAIL + 1, THUMBNAIL + 1);
    halo(context, palette, text, place + THUMBNAIL / 2, top + THUMBNAIL + 4);
  }
}

/** Text that can be read on top of points. */
function halo(
  context: CanvasRenderingContext2D,
  { ink, paper }: Palette,
  text: string,
  x: number,
  y: number,
): void {
  context.lineJoin = "round";
  context.strokeStyle = paper;
  context.lineWidth = 3.5;
  context.strokeText(text, x, y);
  context.lineWidth = 1;
  context.fillStyle = ink;
  context.fillText(text, x, y);
}
