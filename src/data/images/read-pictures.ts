import { dirname } from "node:path/posix";
import { refuse } from "../../errors.js";
import { asIntegers, type ImageTable, labelNamesFor, valuesPerImage } from "../dataset.js";
import type { PictureOptions } from "../file-keys.js";
import { decodePicture } from "./decode.js";
import { type PictureEntries, type PictureEntry, pictureEntries } from "./entries.js";
import { type LabelColumn, readLabelFile } from "./label-file.js";
import { isColoured, type Picture, withChannels } from "./picture.js";
import { areaMeans } from "./resize.js";

/**
 * Reads the PNG and JPEG images of a folder and its sub-folders, or of a zip archive, in the order of their names (rule D18), one at
 * a time. Labels are those of `labels.csv` (rule D29); without it, where the images lie in several sub-folders, the label `folder` is
 * the place of an image's own among these, sorted.
 * @throws UserError naming the first image whose size differs from the first one's, or that cannot be decoded, the first file that
 * is none, and the first image without a row of labels; when there are no images, or they do not fit into memory.
 */
export function readPictures(path: string, options: PictureOptions = {}): ImageTable {
  const { size, channels, skipOthers = false } = options;
  if (channels !== undefined && channels !== 1 && channels !== 3) {
    refuse(
      path,
      `images of ${channels} channels are asked for`,
      "Give channels: 1 for grey or channels: 3 for colour",
    );
  }
  const entries = pictureEntries(path, { skipOthers });
  if (entries.pictures.length === 0) {
    refuse(path, "there are no images", "Give a folder or a zip archive with PNG or JPEG files");
  }
  // Labels first: what is wrong with them is found at once.
  const labels = labelsOf(entries, options, path);
  const { turned, ...table } = packed(entries.pictures, { size, channels }, path);
  const warnings = [
    ...skippedNotice(entries, path),
    ...(labels.warnings ?? []),
    ...turnedNotice(entries.pictures, turned, path),
  ];
  return { ...table, ...labels, ...(warnings.length > 0 && { warnings }) };
}

/**
 * Decodes images one after the other and resizes them where a size is given.
 * @throws UserError for the first that cannot be decoded, or whose size differs from that of the first.
 */
export function* decodeAll(
  entries: readonly PictureEntry[],
  size?: PictureOptions["size"],
): Generator<Picture> {
  let first: Picture | undefined;
  for (const { where, read } of entries) {
    const decoded = decodePicture(read(), where);
    const picture = size ? resized(decoded, size) : decoded;
    first ??= picture;
    if (picture.height !== first.height || picture.width !== first.width) {
      refuse(
        where,
        `it has ${picture.height} x ${picture.width} pixels (height x width), where the first image, ${entries[0]!.name}, has ${first.height} x ${first.width}`,
        "Give images of one size, or let them be resized with the option size: [height, width]",
      );
    }
    yield picture;
  }
}

function resized(picture: Picture, [height, width]: readonly [number, number]): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const means = areaMeans(picture.data, [picture.height, picture.width, picture.channels], [height, width]);
  return { ...picture, height, width, data: Uint8Array.from(means, Math.round) };
}

/** Images of one size as one table of bytes, all with as many channels: with one until a coloured one comes. */
function packed(
  entries: readonly PictureEntry[],
  { size, channels }: { readonly size: PictureOptions["size"]; readonly channels: 1 | 3 | undefined },
  path: string,
): Pick<ImageTable, "count" | "imageShape" | "images" | "scale"> & { readonly turned: readonly number[] } {
  const count = entries.length;
  let table: { readonly images: Uint8Array; readonly imageShape: ImageTable["imageShape"] } | undefined;
  const turned: number[] = [];
  let k = 0;
  for (const picture of decodeAll(entries, size)) {
    const { height, width } = picture;
    if (!table) {
      const imageShape = [height, width, channels ?? (isColoured(picture) ? 3 : 1)] as const;
      table = { images: allocate(count, imageShape, path), imageShape };
    } else if (channels === undefined && table.imageShape[2] === 1 && isColoured(picture)) {
      const images = allocate(count, [height, width, 3], path);
      const grey = { height: k, width: height * width, channels: 1 as const, data: table.images };
      images.set(withChannels(grey, 3).data);
      table = { images, imageShape: [height, width, 3] };
    }
    const size = valuesPerImage(table);
    table.images.set(withChannels(picture, table.imageShape[2] as 1 | 3).data, k * size);
    if (picture.isTurned) turned.push(k);
    k += 1;
  }
  const { images, imageShape } = table!;
  const binary = images.every((value) => value <= 1);
  return { count, imageShape, images, scale: binary ? 1 : 1 / 255, turned };
}

/** Images that viewers show otherwise than they are stored, as cameras write them. */
function turnedNotice(pictures: readonly PictureEntry[], turned: readonly number[], path: string): string[] {
  if (turned.length === 0) return [];
  const which = `${turned.length} of ${pictures.length} images, such as ${pictures[turned[0]!]!.name},`;
  return [
    `${path}: ${which} are shown turned or mirrored by viewers, as their EXIF data say, and read here as they are stored; save them turned where that matters`,
  ];
}

/**
 * Memory for all images at once, taken after the first is known.
 * @throws UserError when there is not enough.
 */
function allocate(count: number, imageShape: ImageTable["imageShape"], where: string): Uint8Array {
  const bytes = count * valuesPerImage({ imageShape });
  const free = process.availableMemory();
  try {
    if (bytes <= free) return new Uint8Array(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  refuse(
    where,
    `${count} images of ${imageShape.join(" x ")} take ${gigabytes(bytes)}, and ${gigabytes(free)} of memory are free`,
    "Make them smaller with the option size: [height, width], or take fewer",
  );
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toPrecision(3)} GB`;

function labelsOf(
  { pictures, labels: table, folders }: PictureEntries,
  { labels, labelNames }: PictureOptions,
  path: string,
): Pick<ImageTable, "labels" | "labelNames" | "labelClasses" | "warnings"> {
  const isLeftOut = labels === 0 && labelNames === undefined;
  const file = table && !isLeftOut ? readLabelFile(table, pictures) : undefined;
  const columns = file?.columns ?? (isLeftOut ? [] : folderLabel(pictures, folders));
  const wanted = labels ?? labelNames?.length ?? columns.length;
  if (wanted !== columns.length) {
    const there = columns.map(({ name }, k) => name ?? k + 1).join(", ");
    refuse(
      table?.where ?? path,
      `${wanted} labels are asked for, and there ${columns.length === 1 ? "is one" : `are ${columns.length}`}${there === "" ? ": all images lie in one folder" : `: ${there}`}`,
      table
        ? "Change the columns of the table, or the options labels and labelNames"
        : "Put the images of each class into a sub-folder of their own, or a table labels.csv next to them",
    );
  }
  const usual = labelNamesFor(columns.length, path);
  const names = labelNamesFor(wanted, path, labelNames ?? columns.map(({ name }, k) => name ?? usual[k]!));
  if (wanted === 0) return { labels: undefined, labelNames: [] };
  const values = Float64Array.from({ length: pictures.length * wanted }, (_, k) => {
    return columns[k % wanted]!.values[Math.floor(k / wanted)]!;
  });
  return {
    labels: asIntegers(values),
    labelNames: names,
    labelClasses: columns.map(({ classes }) => classes),
    ...(file?.notice !== undefined && { warnings: [file.notice] }),
  };
}

/** What `skipOthers` skipped, in one line. */
function skippedNotice({ skipped }: PictureEntries, path: string): string[] {
  const [first, ...others] = skipped;
  if (first === undefined) return [];
  return [
    `${path}: skipped ${first}${others.length > 0 ? ` and ${others.length} more` : ""}, as skipOthers says`,
  ];
}

/** The place of each image's folder among all, where there are images in several. */
function folderLabel(pictures: readonly PictureEntry[], folders: readonly string[]): LabelColumn[] {
  const own = pictures.map(({ name }) => dirname(name));
  if (new Set(own).size < 2) return [];
  const places = new Map(folders.map((folder, place) => [folder, place]));
  return [
    { name: "folder", values: Float64Array.from(own, (folder) => places.get(folder)!), classes: folders },
  ];
}
