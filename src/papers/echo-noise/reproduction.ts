import { createHash } from "node:crypto";
import type { Report } from "../../report/report.js";
import type { PaperFigure } from "../../reproduction/figures/paper-figure.js";
import { reproductionSections } from "../../reproduction/figures/sections.js";
import type { Claim } from "../../reproduction/statements/claim.js";
import { claimsSections } from "../../reproduction/statements/sections.js";
import { judgeStatements } from "./claims.js";
import type { EchoChoice } from "./models.js";
import { type Notes, notedTables, notesOf } from "./notes.js";
import { publishedNoise, publishedScores, publishedTrade } from "./published.js";
import type { EchoResults } from "./results.js";
import { factorRows, factorSections } from "./tables/factors.js";
import { noiseRows, noiseSections } from "./tables/noise.js";
import { tradeRows, tradeSections } from "./tables/rates.js";
import { runsSection } from "./tables/runs.js";

const TITLE = "Exact Rate-Distortion in Autoencoders via Echo Noise";

/** A text that differs between any two reproductions that differ in what was asked for, in results, or in the version. */
export function inputsOf(choice: EchoChoice, results: EchoResults, version: string): string {
  return createHash("sha256")
    .update(JSON.stringify([version, choice, results]))
    .digest("hex");
}

/** A reproduction in numbers, as results.json holds it. */
export function echoNumbers({ data, recipe, parts }: EchoChoice, results: EchoResults) {
  const { images, sprites } = results;
  const publishedOf = (name: string) => data.find((set) => set.name === name)!.published;
  const notes = notesOf(recipe, data);
  return {
    paper: TITLE,
    parts,
    recipe,
    data: data.map(({ name, title, published, reduction }) => ({
      name,
      title,
      published,
      reduction: reduction ?? null,
    })),
    reductions: { images: notes.images(data), sprites: notes.sprites },
    table1: tradeRows(images, data).map((row) => ({
      ...row,
      published: publishedTrade(row.method, publishedOf(row.data)),
    })),
    table2: factorRows(sprites).map((row) => ({
      ...row,
      published: publishedScores(row.row, row.factors, row.channel),
    })),
    table3: noiseRows(images, data).map((row) => ({
      ...row,
      publishedNats: publishedNoise(publishedOf(row.data)),
    })),
    claims: judgeStatements(results),
    images,
    sprites,
  };
}

/** What {@link echoReport} is made of. */
interface ReportParts {
  readonly results: EchoResults;
  readonly claims: readonly Claim[];
  /** With their notes. */
  readonly figures: readonly PaperFigure[];
  readonly notes: Notes;
}

/** The page of a reproduction: the paper's statements, its tables and its figures from our runs. */
export function echoReport(
  { parts, data, recipe }: EchoChoice,
  { results, claims, figures, notes }: ReportParts,
  { command, version }: { readonly command: string; readonly version: string },
): Report {
  const { images, sprites } = results;
  const all = [...images, ...sprites];
  const finished = all.filter(({ status }) => status === "finished").length;
  const shows = (part: (typeof parts)[number]) => parts.includes(part);
  return {
    title: `${TITLE}, reproduced`,
    subtitle:
      recipe.preset === "paper"
        ? "As the paper's models were trained, on its data."
        : "The quick preset. Its numbers show the effects, and are not to be held against the published ones.",
    facts: [
      { name: "Preset", value: recipe.preset },
      ...(notes.all === "" ? [] : [{ name: "Reduced", value: notes.all }]),
      { name: "Data", value: data.map(({ title }) => title).join(", ") || "none" },
      { name: "Runs", value: `${finished} of ${all.length} finished` },
      { name: "Seeds", value: String(recipe.seeds) },
      { name: "Narrows", value: version },
    ],
    sections: [
      ...notedTables(claimsSections(claims), notes.all),
      ...(shows("table1") ? tradeSections(images, data, (set) => notes.images([set])) : []),
      ...(shows("table2") ? notedTables(factorSections(sprites, recipe.sprites), notes.sprites) : []),
      ...(shows("table3") ? notedTables(noiseSections(images, data), notes.images(data)) : []),
      ...notedTables(reproductionSections(figures), notes.images(data)),
      ...notedTables([runsSection(results)], notes.all),
    ],
    footer: `Made by Narrows. Again: ${command}`,
  };
}
