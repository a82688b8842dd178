/** The options of files of images and codes: configurations check them, readers and the command line take their types from here. */
import * as z from "zod";

/** What an option is called or refers to. */
export const word = z.string().min(1);

/** The folder of a published data set, as a configuration says it. */
export const folderKey = (dataset: string, about: string) => word.default(`data/${dataset}`).describe(about);

/** A number of images to draw. */
export const samplesKey = z
  .int()
  .min(1)
  .max(2 ** 32 - 1)
  .optional();

const extent = z.int().min(1).max(65_536);
const yesNo = z.union([z.boolean(), z.enum(["yes", "no"]).transform((given) => given === "yes")]);

/** What can be said about a CSV file, if its beginning does not show it (rule D9). */
export const csvKeys = {
  delimiter: word
    .optional()
    .describe("what separates the columns of a CSV file: comma, semicolon, tab, space; inferred by default"),
  header: yesNo.optional().describe("whether a CSV file begins with a row of names; inferred by default"),
  index: yesNo
    .optional()
    .describe("whether the first column of a CSV file only counts or names the rows; inferred by default"),
  labelColumn: word
    .optional()
    .describe("place of the labels of a CSV file: front, behind, none, or a name in its header"),
};

/** What can be said about a file of images (rules D10, D18, D19). */
export const fileKeys = {
  height: extent.optional().describe("rows of an image; inferred where images are square"),
  width: extent.optional().describe("columns of an image; inferred where images are square"),
  channels: extent
    .optional()
    .describe("values per pixel; 1 by default, of image files 3 where one has colours"),
  labels: z
    .int()
    .min(0)
    .max(65_536)
    .optional()
    .describe(
      "number of label columns: of a CSV file after the pixels unless labelColumn says otherwise, inferred up to 2; of image files those of labels.csv",
    ),
  labelNames: z.array(word).optional().describe("a name for every label column"),
  array: word.optional().describe("name of the images in an .npz archive"),
  labelArray: word.optional().describe("name of the labels in an .npz archive; labels by default"),
  size: z
    .tuple([extent, extent])
    .optional()
    .describe("[height, width] that image files are resized to, by area means"),
  skipOthers: z
    .boolean()
    .optional()
    .describe("of a folder or .zip: skip files that are not PNG or JPEG images instead of refusing them"),
  ...csvKeys,
};

const LAYOUT = ["height", "width", "channels", "labels", "labelNames"] as const;

/** Those of {@link fileKeys} that have a meaning for each kind of file. */
export const KEYS_OF_KIND = {
  table: [...LAYOUT, "delimiter", "header", "index", "labelColumn"],
  array: [...LAYOUT, "array", "labelArray"],
  idx: ["labels", "labelNames"],
  pictures: ["channels", "labels", "labelNames", "size", "skipOthers"],
} as const satisfies Record<string, readonly (keyof typeof fileKeys)[]>;

/** Options of these names, each of which may be left out. */
export type OptionsOf<Keys extends z.ZodRawShape> = {
  readonly [Key in keyof Keys]?: ReadonlyList<z.output<Keys[Key]>> | undefined;
};
type ReadonlyList<Value> = Value extends readonly unknown[] ? Readonly<Value> : Value;

type FileOptions<Kind extends keyof typeof KEYS_OF_KIND> = OptionsOf<
  Pick<typeof fileKeys, (typeof KEYS_OF_KIND)[Kind][number]>
>;

/** How a table of numbers with labels is read (rule D9). */
export type LabelledCsvOptions = OptionsOf<typeof csvKeys>;
/** The same of a table without labels. */
export type CsvOptions = Omit<LabelledCsvOptions, "labelColumn">;
/** How the columns of an image CSV are to be read, if they cannot be recognised (rule D10). */
export type ImageCsvOptions = FileOptions<"table">;
/** How an array of images is read (rule D19); `labels: 0` leaves the array of labels out. */
export type ImageArrayOptions = FileOptions<"array">;
/** How an idx file of images is read (rule D30); `labels: 0` leaves the file of labels out. */
export type ImageIdxOptions = FileOptions<"idx">;
/** How a folder or an archive of images is read (rules D18 and D29); `labels: 0` leaves the labels out. */
export type PictureOptions = FileOptions<"pictures">;
