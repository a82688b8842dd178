import { composite } from "../operation.js";
import { sizeOf } from "../shape.js";
import { constant, type Tensor } from "../tensor.js";
import { gather, scatterSum } from "./gather.js";
import { reshape } from "./layout.js";
import { matMul } from "./matmul.js";
import { transposed } from "./matrix.js";
import { tapTable, type Window } from "./window.js";

// The patches that windows see, and their adjoint. Maps of many channels are moved in blocks of channels. On maps of
// one or a few a block is a few numbers, and moving it costs more than a product with zeros and ones: there whole rows
// of the map are moved, and a small matrix picks the columns.

/** Fewer channels than this make blocks too small to move one by one. */
const FEW_CHANNELS = 8;
/** Rows shorter than this are no better to move than single positions. */
const SHORTEST_ROW = 8;
/** On wide maps the matrix is nearly all zeros: beyond this many entries it costs more than it saves. */
const LARGEST_SELECTION = 65_536;

function isMovedByRows(window: Window, channels: number): boolean {
  const { rowLength, patchLength } = selectionExtents(window, channels);
  const isSmall = rowLength * patchLength <= LARGEST_SELECTION;
  return channels < FEW_CHANNELS && window.fine[1] * channels >= SHORTEST_ROW && isSmall;
}

function selectionExtents({ fine, coarse, kernel }: Window, channels: number) {
  return { rowLength: kernel * fine[1] * channels, patchLength: coarse[1] * kernel ** 2 * channels };
}

/** im2col: x [B * fine, C] -> [B * coarse, kernel² * C], taps row by row, channels innermost; zeros in the padding. */
export function patches(x: Tensor, window: Window): Tensor {
  const channels = x.shape[1]!;
  const batch = x.shape[0]! / sizeOf(window.fine);
  const lowered = isMovedByRows(window, channels)
    ? patchesByRows(x, window, batch, channels)
    : patchesByPositions(x, window, batch, channels);
  return composite("patches", [x], lowered, (gradient) => [addPatches(gradient, window)]);
}

/** col2im, the adjoint of {@link patches}: y [B * coarse, kernel² * C] -> [B * fine, C]; taps on one position add up. */
export function addPatches(y: Tensor, window: Window): Tensor {
  const channels = y.shape[1]! / window.kernel ** 2;
  const batch = y.shape[0]! / sizeOf(window.coarse);
  const lowered = isMovedByRows(window, channels)
    ? addPatchesByRows(y, window, batch, channels)
    : addPatchesByPositions(y, window, batch, channels);
  return composite("addPatches", [y], lowered, (gradient) => [patches(gradient, window)]);
}

function patchesByPositions(x: Tensor, window: Window, batch: number, channels: number): Tensor {
  const { fine, coarse, kernel } = window;
  const map = reshape(x, [batch, sizeOf(fine), channels]);
  const picked = gather(map, 1, { shape: [sizeOf(coarse), kernel ** 2], positions: tapTable(window) });
  return reshape(picked, [batch * sizeOf(coarse), kernel ** 2 * channels]);
}

function addPatchesByPositions(y: Tensor, window: Window, batch: number, channels: number): Tensor {
  const taps = tapTable(window);
  const spread = reshape(y, [batch, taps.length, channels]);
  const fine = scatterSum(spread, 1, taps, sizeOf(window.fine));
  return reshape(fine, [batch * sizeOf(window.fine), channels]);
}

function patchesByRows(x: Tensor, window: Window, batch: number, channels: number): Tensor {
  const { fine, coarse, kernel } = window;
  const map = reshape(x, [batch, fine[0], fine[1] * channels]);
  const rows = gather(map, 1, { shape: [coarse[0] * kernel], positions: rowTable(window) });
  const perWindowRow = reshape(rows, [batch * coarse[0], kernel * fine[1] * channels]);
  const { matrix, rowLength, patchLength } = columnSelection(window, channels);
  const picked = matMul(perWindowRow, constant(matrix, [rowLength, patchLength]));
  return reshape(picked, [batch * sizeOf(coarse), kernel ** 2 * channels]);
}

function addPatchesByRows(y: Tensor, window: Window, batch: number, channels: number): Tensor {
  const { fine, coarse, kernel } = window;
  const { matrix, rowLength, patchLength } = columnSelection(window, channels);
  const back = constant(transposed(matrix, rowLength), [patchLength, rowLength]);
  const perWindowRow = matMul(reshape(y, [batch * coarse[0], patchLength]), back);
  const rows = reshape(perWindowRow, [batch, coarse[0] * kernel, fine[1] * channels]);
  return reshape(scatterSum(rows, 1, rowTable(window), fine[0]), [batch * sizeOf(fine), channels]);
}

/** The fine row that each row of each window reads, [coarse rows * kernel]; -1 in the padding. */
function rowTable({ fine, coarse, kernel, stride, padding }: Window): Int32Array {
  return Int32Array.from({ length: coarse[0] * kernel }, (_, i) => {
    const row = Math.floor(i / kernel) * stride - padding + (i % kernel);
    return row >= 0 && row < fine[0] ? row : -1;
  });
}

/**
 * The 0/1 matrix that takes the `kernel` fine rows under a row of windows, [kernel, fine columns, C], to the patches of
 * those windows, [coarse columns, kernel, kernel, C].
 */
function columnSelection(window: Window, channels: number) {
  const { fine, kernel, stride, padding } = window;
  const { rowLength, patchLength } = selectionExtents(window, channels);
  const matrix = new Float32Array(rowLength * patchLength);
  for (let patchEntry = 0; patchEntry < patchLength; patchEntry++) {
    const channel = patchEntry % channels;
    const tapColumn = Math.floor(patchEntry / channels) % kernel;
    const tapRow = Math.floor(patchEntry / (channels * kernel)) % kernel;
    const place = Math.floor(patchEntry / (channels * kernel ** 2));
    const column = place * stride - padding + tapColumn;
    if (column < 0 || column >= fine[1]) continue;
    matrix[((tapRow * fine[1] + column) * channels + channel) * patchLength + patchEntry] = 1;
  }
  return { matrix, rowLength, patchLength };
}
