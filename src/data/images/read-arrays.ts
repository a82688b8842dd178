import { extname } from "node:path";
import { refuse, UserError } from "../../errors.js";
import { fileSource, streamOf } from "../../files/source.js";
import { assertNumericArray, type NumericArray } from "../../numeric-array.js";
import { readNpy } from "../arrays/npy.js";
import { openNpz } from "../arrays/npz.js";
import { imageCsvLayout } from "../csv/layout.js";
import {
  asIntegers,
  type ImageTable,
  labelNamesFor,
  requireFiniteLabels,
  valuesPerImage,
} from "../dataset.js";
import type { ImageArrayOptions } from "../file-keys.js";
import { asPixels } from "./pixels.js";

const IMAGES = "images";
const LABELS = "labels";
/** More channels than these, where there are few rows, and the axes are likely in another order. */
const USUAL_CHANNELS = 4;

/**
 * Reads images from `FILE.npy` or `FILE.npz` (rule D19): an array [N, height, width], [N, height, width, channels] or, with
 * a row of pixels an image, [N, D]; in an archive also the array `labels` (another name: `labelArray`), [N] or [N, L], where it is there.
 * @throws UserError with file and array when it cannot be read, has another shape than the options say, has its channels first,
 * holds no pixels, or has labels for another number of images.
 */
export function readImageArray(path: string, options: ImageArrayOptions = {}): ImageTable {
  const isArchive = extname(path).toLowerCase() === ".npz";
  const { images, labels, where, labelsAt, unread } = isArchive
    ? fromArchive(path, options)
    : fromFile(path, options);
  const table = imageTable(images, where, options);
  const warning = `${path}: the images have no labels: ${unread.join(", ")} not read; the option labelArray (--label-array) names the labels`;
  return {
    ...table,
    ...labelsOf(labels, table.count, options, labelsAt),
    ...(unread.length > 0 && { warnings: [warning] }),
  };
}

/**
 * An array in memory as a table of images without labels (rule D19): [N, height, width], [N, height, width, channels] or, with a
 * row of pixels an image, [N, D].
 * @param where how messages call the array.
 * @throws UserError when it has another shape than the options say, has its channels first, or holds no pixels.
 */
export function imageTable(
  images: NumericArray,
  where = "images",
  options: Pick<ImageArrayOptions, "height" | "width" | "channels"> = {},
): ImageTable {
  assertNumericArray(images, where);
  const imageShape = imageShapeOf(images, options, where);
  return {
    count: images.shape[0]!,
    imageShape,
    ...asPixels(images.data, valuesPerImage({ imageShape }), where),
    labels: undefined,
    labelNames: [],
  };
}

interface Parts {
  readonly images: NumericArray;
  readonly labels: NumericArray | undefined;
  /** How messages call the images. */
  readonly where: string;
  /** How they call the labels. */
  readonly labelsAt: string;
  /** Other arrays of the archive, where no labels were found. */
  readonly unread: readonly string[];
}

function fromFile(path: string, { array, labelArray }: ImageArrayOptions): Parts {
  if (array !== undefined || labelArray !== undefined) {
    refuse(
      path,
      `the option ${array === undefined ? "labelArray" : "array"} ("${array ?? labelArray}") has no meaning for a file of one array`,
      "Remove it, or give an .npz archive",
    );
  }
  const images = readNpy(streamOf(fileSource(path)));
  return { images, labels: undefined, where: path, labelsAt: `${path}:${LABELS}`, unread: [] };
}

function fromArchive(path: string, { array, labelArray = LABELS, labels }: ImageArrayOptions): Parts {
  const archive = openNpz(fileSource(path));
  const { keys } = archive;
  const others = keys.filter((key) => key !== labelArray);
  const key = array ?? (keys.includes(IMAGES) || others.length !== 1 ? IMAGES : others[0]!);
  if (!keys.includes(key)) {
    refuse(
      path,
      `it holds no array named "${key}"`,
      `Name the array of the images with the option array (--array): ${others.join(", ") || "there are none"}`,
    );
  }
  const images = readNpy(archive.stream(key));
  const isRead = labels !== 0 && (keys.includes(labelArray) || labelArray !== LABELS);
  return {
    images,
    labels: isRead ? readNpy(archive.stream(labelArray)) : undefined,
    labelsAt: `${path}:${labelArray}`,
    where: `${path}:${key}`,
    unread: isRead || labels === 0 ? [] : others.filter((name) => name !== key),
  };
}

function imageShapeOf(
  { shape }: NumericArray,
  { height, width, channels }: Pick<ImageArrayOptions, "height" | "width" | "channels">,
  where: string,
): ImageTable["imageShape"] {
  const [, ...axes] = shape;
  if (axes.length === 1) {
    return imageCsvLayout(axes[0]!, { height, width, channels, labels: 0 }, where).imageShape;
  }
  const refuse = (what: string, remedy: string) =>
    new UserError({ where, what: `an array of shape [${shape.join(", ")}] ${what}`, remedy });
  if (axes.length !== 2 && axes.length !== 3) {
    throw refuse(
      "is no array of images",
      "Give one of shape [N, height, width], [N, height, width, channels] or [N, pixels]",
    );
  }
  const [h, w, c = 1] = axes as [number, number, number?];
  if (channels === undefined && c > USUAL_CHANNELS && h <= USUAL_CHANNELS) {
    throw refuse(
      "seems to have its channels first",
      "Put them last (numpy.transpose(images, (0, 2, 3, 1))), or give the option channels if they are",
    );
  }
  const given = [height ?? h, width ?? w, channels ?? c];
  if (given.join() !== [h, w, c].join()) {
    throw refuse(`holds no images of ${given.join(" x ")}`, "Remove the options height, width and channels");
  }
  return [h, w, c];
}

function labelsOf(
  labels: NumericArray | undefined,
  count: number,
  { labels: wanted, labelNames }: ImageArrayOptions,
  where: string,
): Pick<ImageTable, "labels" | "labelNames"> {
  const [rows = count, width = 1, ...rest] = labels?.shape ?? [count, 0];
  if (rows !== count || rest.length > 0 || (wanted ?? width) !== width) {
    refuse(
      where,
      labels
        ? `it has shape [${labels.shape.join(", ")}], where [${count}, ${wanted ?? "labels"}] is expected`
        : `there is no such array, and ${wanted} labels are asked for`,
      "Give as many rows of labels as there are images",
    );
  }
  const names = labelNamesFor(width, where, labelNames);
  if (labels) requireFiniteLabels(labels.data, (at) => `${where}, row ${Math.floor(at / width) + 1}`);
  return { labels: labels && asIntegers(labels.data), labelNames: names };
}
