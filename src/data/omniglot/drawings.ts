import { readdirSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../../collections.js";
import { refuse } from "../../errors.js";
import type { ImageTable, Split } from "../dataset.js";
import { isFolder, type PictureEntry, pictureEntries } from "../images/entries.js";
import { withChannels } from "../images/picture.js";
import { decodeAll } from "../images/read-pictures.js";
import { areaMeans } from "../images/resize.js";
import { splitHeldOut } from "../split.js";

/** `alphabet/characterNN/NNNN_MM.png`, wherever that lies; MM is the drawer. */
const DRAWING = /(?:^|\/)([^/]+)\/character(\d+)\/(\d+_(\d+))\.png$/i;
/** Of the 20 people who drew each character, those whose drawings are for training: four fifths. */
const TRAINING_DRAWERS = 16;

interface Drawing extends PictureEntry {
  readonly alphabet: string;
  readonly character: number;
  readonly drawer: number;
  readonly file: string;
}

/** The drawings as a table, and the split by drawer; undefined where there are drawers of one part only. */
interface Drawings {
  readonly table: ImageTable;
  readonly split: Split | undefined;
}

/**
 * Reads Omniglot's own drawings (Lake, Salakhutdinov, Tenenbaum 2015), black strokes on white, 105 x 105 pixels, from a zip
 * archive or a folder, with the archives that lie in it, and makes them like Burda's images (rule D21): strokes are 1, and
 * the size is brought to `side` x `side` by area means, rounded to multiples of 1/255. A drawing that is there twice counts once:
 * the two small published sets share the alphabets Greek and Latin. The rows are ordered by drawer, then alphabet, character and file,
 * so that the split holds out people, not alphabets. Labels, both counted from 0: `alphabet`, its place among the sorted, and
 * `character`, its number in the alphabet.
 * @throws UserError when there are no such drawings, one cannot be decoded, or sizes differ.
 */
export function readDrawings(path: string, side: number): Drawings {
  const drawings = findDrawings(path);
  if (drawings.length === 0) {
    refuse(
      path,
      "there are no Omniglot drawings, such as Greek/character01/0394_01.png",
      'Give a folder or zip archive with them, or chardata.mat ("narrows datasets get omniglot")',
    );
  }
  const alphabets = [...new Set(drawings.map(({ alphabet }) => alphabet))].sort();
  const images = new Uint8Array(drawings.length * side * side);
  let at = 0;
  for (const picture of decodeAll(drawings)) {
    const { height, width, data } = withChannels(picture, 1);
    const means = areaMeans(data, [height, width, 1], [side, side]);
    for (let i = 0; i < means.length; i++) images[at++] = Math.round(255 - means[i]);
  }
  const table: ImageTable = {
    count: drawings.length,
    imageShape: [side, side, 1],
    images,
    scale: 1 / 255,
    labels: Int32Array.from(
      drawings.flatMap(({ alphabet, character }) => [alphabets.indexOf(alphabet), character - 1]),
    ),
    labelNames: ["alphabet", "character"],
  };
  return { table, split: splitByDrawer(drawings) };
}

function findDrawings(path: string): Drawing[] {
  const archives = isFolder(path)
    ? readdirSync(path)
        .filter((name) => name.toLowerCase().endsWith(".zip"))
        .sort()
        .map((name) => join(path, name))
    : [];
  const found = new Map<string, Drawing>();
  for (const entry of [path, ...archives].flatMap(
    (from) => pictureEntries(from, { skipOthers: true }).pictures,
  )) {
    const [, alphabet, number, file, drawer] = DRAWING.exec(entry.name) ?? [];
    const key = `${alphabet}/${number}/${file}`;
    if (alphabet === undefined || found.has(key)) continue;
    const drawing = { alphabet, character: Number(number), drawer: Number(drawer), file: file! };
    found.set(key, { ...entry, ...drawing });
  }
  return [...found.values()].sort(
    (a, b) =>
      a.drawer - b.drawer ||
      compareText(a.alphabet, b.alphabet) ||
      a.character - b.character ||
      compareText(a.file, b.file),
  );
}

/** Rows of drawers up to {@link TRAINING_DRAWERS} train, the others validate and test. */
function splitByDrawer(drawings: readonly Drawing[]): Split | undefined {
  const cut = drawings.findIndex(({ drawer }) => drawer > TRAINING_DRAWERS);
  return cut <= 0 ? undefined : splitHeldOut(cut, cut, drawings.length);
}
