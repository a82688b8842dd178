import { dirname } from "node:path/posix";
import { UserError } from "../../errors.js";
import { type ImageTable, valuesPerImage } from "../dataset.js";
import { decodePicture } from "./decode.js";
import { type PictureEntry, pictureEntries } from "./entries.js";
import { isColoured, type Picture, withChannels } from "./picture.js";
import { areaMeans } from "./resize.js";

/** How a folder or an archive of images is read (rule D18). */
export interface PictureOptions {
  /** Height and width that every image is resized to; where not given all must have the same. */
  readonly size?: readonly [height: number, width: number] | undefined;
  /** 1 for grey, 3 for colour; where not given 1, unless some pixel has a colour. */
  readonly channels?: number | undefined;
  /** 0 leaves the sub-folder out, which otherwise is the one label. */
  readonly labels?: number | undefined;
  /** A name for that label; `folder` where not given. */
  readonly labelNames?: readonly string[] | undefined;
}

/**
 * Reads the PNG and JPEG images of a folder and its sub-folders, or of a zip archive, in the order of their names (rule D18).
 * Where they lie in several sub-folders, the label `folder` is the place of an image's own among these, sorted.
 * @throws UserError naming the first image whose size differs from the first one's, or that cannot be decoded; when there
 * are no images, or the folder or archive cannot be read.
 */
export function readPictures(path: string, options: PictureOptions = {}): ImageTable {
  const { size, channels: asked } = options;
  if (asked !== undefined && asked !== 1 && asked !== 3) {
    throw new UserError({
      where: path,
      what: `images of ${asked} channels are asked for`,
      remedy: "Give channels: 1 for grey or channels: 3 for colour",
    });
  }
  const entries = pictureEntries(path);
  if (entries.length === 0) {
    throw new UserError({
      where: path,
      what: "there are no images",
      remedy: "Give a folder or a zip archive with PNG or JPEG files",
    });
  }
  const pictures = decodeAll(entries, size);
  const channels = asked ?? (pictures.some(isColoured) ? 3 : 1);
  const [{ height, width }] = pictures as [Picture];
  return {
    ...packed(pictures, [height, width, channels]),
    ...folderLabels(entries, options, path),
  };
}

/**
 * Decodes images and resizes them where a size is given.
 * @throws UserError for the first that cannot be decoded, or whose size differs from that of the first.
 */
export function decodeAll(entries: readonly PictureEntry[], size: PictureOptions["size"]): Picture[] {
  const pictures: Picture[] = [];
  for (const { where, read } of entries) {
    const decoded = decodePicture(read(), where);
    const picture = size ? resized(decoded, size) : decoded;
    const [first = picture] = pictures;
    if (picture.height !== first.height || picture.width !== first.width) {
      throw new UserError({
        where,
        what: `it has ${picture.height} x ${picture.width} pixels (height x width), where the first image, ${entries[0]!.name}, has ${first.height} x ${first.width}`,
        remedy: "Give images of one size, or let them be resized with the option size: [height, width]",
      });
    }
    pictures.push(picture);
  }
  return pictures;
}

function resized(picture: Picture, [height, width]: readonly [number, number]): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const means = areaMeans(picture.data, [picture.height, picture.width, picture.channels], [height, width]);
  return { ...picture, height, width, data: Uint8Array.from(means, Math.round) };
}

/** Images of one size as one table of bytes, all with as many channels. */
function packed(
  pictures: readonly Picture[],
  imageShape: readonly [height: number, width: number, channels: 1 | 3],
): Pick<ImageTable, "count" | "imageShape" | "images" | "scale"> {
  const size = valuesPerImage({ imageShape });
  const images = new Uint8Array(pictures.length * size);
  pictures.forEach((picture, k) => {
    images.set(withChannels(picture, imageShape[2]).data, k * size);
  });
  const binary = images.every((value) => value <= 1);
  return { count: pictures.length, imageShape, images, scale: binary ? 1 : 1 / 255 };
}

function folderLabels(
  entries: readonly PictureEntry[],
  { labels, labelNames }: PictureOptions,
  path: string,
): Pick<ImageTable, "labels" | "labelNames"> {
  const folders = entries.map(({ name }) => dirname(name));
  const sorted = [...new Set(folders)].sort();
  const places = new Map(sorted.map((folder, place) => [folder, place]));
  const found = sorted.length > 1 ? 1 : 0;
  const wanted = labels ?? labelNames?.length ?? found;
  if (wanted > found) {
    throw new UserError({
      where: path,
      what: `${wanted} labels are asked for, and ${found === 0 ? "there is none: all images lie in one folder" : "there is one: the sub-folder"}`,
      remedy: "Put the images of each class into a sub-folder of their own",
    });
  }
  const names = labelNames ?? ["folder"].slice(0, wanted);
  if (names.length !== wanted) {
    throw new UserError({
      where: path,
      what: `${names.length} label names for ${wanted} labels`,
      remedy: "Give one name a label",
    });
  }
  if (wanted === 0) return { labels: undefined, labelNames: [] };
  return {
    labels: Int32Array.from(folders, (folder) => places.get(folder)!),
    labelNames: names,
  };
}
