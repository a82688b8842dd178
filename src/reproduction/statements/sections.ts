import type { Section } from "../../report/report.js";
import { brief, NOTHING } from "../tables/cells.js";
import type { Claim, ClaimNumber } from "./claim.js";

/** More of what is missing is counted, not named. */
const MOST_NAMED = 3;

/** The paper's statements with their verdicts: how many of each, the table, and the rules behind it. */
export function claimsSections(claims: readonly Claim[]): Section[] {
  const count = (verdict: Claim["verdict"]) => String(claims.filter((one) => one.verdict === verdict).length);
  const isPublishedJudged = claims.some(({ publishedVerdict }) => publishedVerdict !== undefined);
  return [
    {
      kind: "key-figures",
      heading: "The paper's statements, checked",
      text: [
        "Each statement, in our words, is a check with a rule. The rules were written with the published numbers in view, and rules about published numbers hold of these; where the paper's own curves make an exception, the rule makes it too. Our runs are judged by the same rules. The verdict is that of the mean over seeds; the last column gives in how many seeds the statement holds by itself. A statement about something that was not trained is not tested.",
      ],
      keyFigures: [
        { label: "hold", value: count("holds"), note: `of ${claims.length} statements` },
        { label: "fail", value: count("fails") },
        { label: "not tested", value: count("not tested") },
      ],
    },
    {
      kind: "table",
      columns: [
        { title: "Verdict" },
        ...(isPublishedJudged ? [{ title: "Published" }] : []),
        ...["Statement", "Numbers", "Seeds"].map((title) => ({ title })),
      ],
      rows: claims.map((claim) => [
        claim.verdict,
        ...(isPublishedJudged ? [claim.publishedVerdict ?? NOTHING] : []),
        claim.statement,
        evidenceOf(claim),
        seedsOf(claim),
      ]),
      caption: isPublishedJudged
        ? "Statements and verdicts: of our runs, and by the same rules of the published numbers and codes."
        : "Statements and verdicts.",
    },
    {
      kind: "table",
      columns: ["Statement", "Rule", "In the paper", "Name"].map((title) => ({ title })),
      rows: claims.map(({ id, statement, rule, place = NOTHING }) => [statement, rule, place, id]),
      caption: "How each verdict is decided.",
      folded: true,
    },
  ];
}

function evidenceOf({ numbers, missing }: Claim): string {
  if (missing.length === 0) {
    const units = new Set(numbers.flatMap(({ unit }) => unit ?? []));
    return [numbers.map(numberText).join("; "), ...[...units].map((unit) => `(${unit})`)].join(" ");
  }
  const more = missing.length - MOST_NAMED;
  return `missing: ${missing.slice(0, MOST_NAMED).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function numberText({ label, value, published }: ClaimNumber): string {
  return `${label}: ${brief(value)}${published === undefined ? "" : ` (published ${brief(published)})`}`;
}

function seedsOf({ seeds: { tested, holding } }: Claim): string {
  return tested === 0 ? NOTHING : `holds in ${holding} of ${tested}`;
}
