/**
 * What Vega's SVG needs before it is kept: fewer digits, one font declaration, ids that cannot clash with those of
 * another figure, and words for those who cannot see it.
 */
import { visibleLines } from "../../visible-text.js";
import { escapeXml } from "./escape-xml.js";

interface TidyOptions {
  readonly idPrefix: string;
  readonly title: string;
  readonly description: string;
}

const GEOMETRY = /\b(d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height|viewBox|offset)="([^"]*)"/g;
const LONG_NUMBER = /-?\d+\.\d{3,}(?:e-?\d+)?|-?\d+(?:\.\d+)?e-\d+/g;

/** Hundredths of a pixel are finer than any screen or printer shows. */
function roundGeometry(svg: string): string {
  return svg.replace(GEOMETRY, (_, name: string, value: string) => {
    const rounded = value.replace(LONG_NUMBER, (number) => String(Number(Number(number).toFixed(2))));
    return `${name}="${rounded}"`;
  });
}

/** Vega counts ids over the life of the process; here they count from 0 within the figure. */
function renumberIds(svg: string, prefix: string): string {
  const names = new Map<string, string>();
  for (const [, id] of svg.matchAll(/\sid="([^"]+)"/g)) {
    if (!names.has(id)) names.set(id, `${prefix}${names.size}`);
  }
  const nameOf = (id: string) => names.get(id) ?? id;
  return svg
    .replace(/\sid="([^"]+)"/g, (_, id: string) => ` id="${nameOf(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${nameOf(id)})`)
    .replace(/href="#([^"]+)"/g, (_, id: string) => `href="#${nameOf(id)}"`);
}

/** Without it, hairlines of paper show between the cells of a heat map at most zoom levels. */
function closeSeams(svg: string): string {
  return svg.replaceAll(
    '<g class="mark-rect role-mark',
    '<g shape-rendering="crispEdges" class="mark-rect role-mark',
  );
}

/** Roles of parts (the picture speaks as one), pointer settings and empty layers: a tenth of the file. */
function dropNoise(svg: string): string {
  return svg
    .replace(
      / (?:role="graphics-[^"]*"|aria-roledescription="[^"]*"|aria-hidden="true"|pointer-events="none")/g,
      "",
    )
    .replace(/<path class="(?:foreground" d="" display="none"|background" d="M0,0h0v0h0Z")\/>/g, "");
}

const ROUND_PATH =
  /<path (transform="translate\([^)]*\)") d="M([\d.]+),0A\2,\2,0,1,1,-\2,0A\2,\2,0,1,1,\2,0"/g;

/**
 * Dots as circles: half the file of a map of 1,500 codes, and an editor can resize them. They stay moved rather than
 * placed, so that in a PDF all are drawn by the same few numbers, which compress to a fifth.
 */
function roundDots(svg: string): string {
  return svg
    .replace(ROUND_PATH, '<circle $1 r="$2"')
    .replace(/(<circle (?:(?! stroke=)[^>])*?) stroke-width="\d+"((?:(?! stroke=)[^>])*>)/g, "$1$2");
}

/** More dots than these on a plane are a crowd, of which nobody moves or resizes a single one. */
const CROWD = 800;
const DOTS = /(<g class="mark-symbol role-mark[^>]*>)((?:<circle [^>]*\/>)+)<\/g>/g;
const ALIKE =
  /<circle transform="translate\([^)]*\)"( r="([\d.]+)" fill="([^"]*)" opacity="([^"]*)")\/>(?:<circle transform="translate\([^)]*\)"\1\/>){3,}/g;

/** Neighbours of one look in a crowd of dots as a single path, of round ends without lines between: a sixth of their bytes. */
function joinCrowds(svg: string): string {
  return svg.replace(DOTS, (group, open: string, dots: string) => {
    if (dots.split("<circle ").length <= CROWD) return group;
    const joined = dots.replace(ALIKE, (run, _, radius: string, colour: string, opacity: string) => {
      const places = [...run.matchAll(/translate\(([^)]*)\)/g)].map(([, place]) => `M${place}h.01`);
      return `<path d="${places.join("")}" fill="none" stroke="${colour}" stroke-width="${2 * Number(radius)}" stroke-linecap="round" opacity="${opacity}"/>`;
    });
    return `${open}${joined}</g>`;
  });
}

/** Vega writes a solid line as a dash without a gap, which PDF refuses. */
function solidLines(svg: string): string {
  return svg.replace(/ stroke-dasharray="1,0"/g, "");
}

/** The font family once on the root instead of on every text. */
function hoistFont(svg: string): string {
  const family = svg.match(/ font-family="[^"]*"/)?.[0];
  return family ? svg.replaceAll(family, "").replace("<svg", `<svg${family}`) : svg;
}

function describe(svg: string, title: string, description: string): string {
  const label = escapeXml(`${title}. ${description}`);
  return svg.replace(
    /<svg([^>]*)>/,
    `<svg$1 role="img" aria-label="${label}"><title>${escapeXml(title)}</title>`,
  );
}

/** Applies all of the above to the text of one SVG document. */
export function tidySvg(svg: string, options: TidyOptions): string {
  // Of the labels, which Vega writes as they are: XML forbids control characters, and no other part of a drawing has any.
  const legal = visibleLines(svg);
  const small = joinCrowds(roundDots(solidLines(closeSeams(hoistFont(dropNoise(roundGeometry(legal)))))));
  return describe(renumberIds(small, `${options.idPrefix}d`), options.title, options.description);
}
