/** A code of a model as a panel shows it: ours, and next to it the published one where it was given. */
import { codeMap } from "../../../analysis/code-map.js";
import { longerExtent } from "../../../figures/parts/map-page.js";
import type { NumericArray } from "../../../numeric-array.js";
import { type Atlas, type ModelCode, publishedAtlas } from "../measures/atlas.js";
import { publishedCodeOf } from "../measures/published-codes.js";
import type { ModelName } from "../recipe.js";

/** The two codes of a model that the paper compares. */
export interface ChosenCodes {
  readonly model: ModelName;
  readonly seed: number;
  /** Of the highest capacity there is. */
  readonly high: ModelCode;
  /** Of the lowest; undefined where there is one capacity only. */
  readonly low: ModelCode | undefined;
}

/** The codes of the wanted seed; where the model has none of that seed, of its lowest; undefined where it was not trained. */
export function chosenCodes({ codes }: Atlas, model: ModelName, wantedSeed: number): ChosenCodes | undefined {
  const own = codes.filter((code) => code.model === model);
  const seeds = own.map(({ seed }) => seed);
  if (seeds.length === 0) return undefined;
  const seed = seeds.includes(wantedSeed) ? wantedSeed : Math.min(...seeds);
  const byCapacity = own.filter((code) => code.seed === seed).sort((a, b) => b.capacityNats - a.capacityNats);
  return { model, seed, high: byCapacity[0]!, low: byCapacity[1] && byCapacity.at(-1) };
}

/** A code, and all codes that it may be compared with. */
export interface View {
  readonly name: "ours" | "published";
  readonly atlas: Atlas;
  readonly code: ModelCode;
}

/** How codes are shown: as they are, and as maps, of which none is made twice. */
export interface Views {
  /** A code of ours, and the published one of the same model and capacity. */
  readonly of: (code: ModelCode) => View[];
  /** The map of a code, [stimuli, 2]: the authors' own where they published it. */
  readonly mapOf: (view: View) => NumericArray;
  /** The longest extent of the maps of some codes. */
  readonly longest: (codes: readonly ModelCode[]) => number;
}

/** Views of the codes of an atlas. A map of 1,500 stimuli takes about a second (metric MDS). */
export function viewsOf(atlas: Atlas): Views {
  const { published } = atlas;
  const authors = published && publishedAtlas(published);
  const maps = new Map<ModelCode, NumericArray>();
  const mapOf = ({ name, code }: View) => {
    const known = maps.get(code);
    if (known) return known;
    const given = publishedCodeOf(published, code)?.map;
    const own = () => codeMap(code.points, code.seed).points;
    const map = name === "published" ? (given ?? own()) : given ? turnedTo(given, own()) : own();
    maps.set(code, map);
    return map;
  };
  const of = (code: ModelCode): View[] => {
    const same = authors?.codes.find(
      ({ model, capacityNats }) => model === code.model && capacityNats === code.capacityNats,
    );
    return [
      { name: "ours", atlas, code },
      ...(authors && same ? [{ name: "published" as const, atlas: authors, code: same }] : []),
    ];
  };
  return {
    of,
    mapOf,
    longest: (codes) => Math.max(...codes.flatMap(of).map((view) => longerExtent(mapOf(view)))),
  };
}

/**
 * A map turned, and mirrored if need be, so that its points lie as near as they can to those of another map (orthogonal
 * Procrustes problem in the plane): the orientation of an embedding is arbitrary.
 */
function turnedTo({ data: wanted }: NumericArray, { shape, data }: NumericArray): NumericArray {
  const [turned, mirrored] = [1, -1].map((side) => {
    let [along, across] = [0, 0];
    for (let k = 0; k < data.length; k += 2) {
      const [x, y] = [data[k]!, side * data[k + 1]!];
      along += x * wanted[k]! + y * wanted[k + 1]!;
      across += x * wanted[k + 1]! - y * wanted[k]!;
    }
    return { side, along, across, fit: Math.hypot(along, across) };
  });
  const { side, along, across, fit } = turned!.fit >= mirrored!.fit ? turned! : mirrored!;
  const [cosine, sine] = fit > 0 ? [along / fit, across / fit] : [1, 0];
  return {
    shape,
    data: Float64Array.from(data, (_, k) => {
      const [x, y] = [data[k - (k % 2)]!, side * data[k - (k % 2) + 1]!];
      return k % 2 === 0 ? cosine * x - sine * y : sine * x + cosine * y;
    }),
  };
}
