import { UserError } from "../../errors.js";
import { nearest } from "../../nearest.js";

/** The nine methods of Table 1, in its order. */
export const METHOD_NAMES = [
  "Echo",
  "VAE",
  "InfoVAE",
  "VAE-MAF",
  "VAE-Vamp",
  "IAF-Prior",
  "IAF+MMD",
  "IAF-MAF",
  "IAF-Vamp",
] as const;

export type MethodName = (typeof METHOD_NAMES)[number];

/** The file of each in configs/echo-noise, without its ending; runs are named after it. */
export const METHOD_FILES: Readonly<Record<MethodName, string>> = {
  Echo: "echo",
  VAE: "vae",
  InfoVAE: "info-vae",
  "VAE-MAF": "vae-maf",
  "VAE-Vamp": "vae-vamp",
  "IAF-Prior": "iaf-prior",
  "IAF+MMD": "iaf-mmd",
  "IAF-MAF": "iaf-maf",
  "IAF-Vamp": "iaf-vamp",
};

/** The methods whose curves are drawn. Which of them the paper draws cannot be told from its text: these are our choice. */
export const CURVE_METHODS: readonly MethodName[] = [
  "Echo",
  "VAE",
  "InfoVAE",
  "VAE-Vamp",
  "IAF-Prior",
  "IAF-Vamp",
];

/** The quick preset leaves out the flows, which take the longest and gain the least. */
export const QUICK_METHODS: readonly MethodName[] = ["Echo", "VAE", "InfoVAE", "VAE-Vamp"];

/**
 * The method of this name, in whatever case it is written, or of this configuration file.
 * @throws UserError with the nearest name when there is none.
 */
export function methodNamed(text: string, where: string): MethodName {
  const wanted = text.trim().toLowerCase();
  const found = METHOD_NAMES.find((name) => name.toLowerCase() === wanted || METHOD_FILES[name] === wanted);
  if (found) return found;
  const near = nearest(text, METHOD_NAMES);
  throw new UserError({
    where,
    what: `no method is called "${text}"`,
    remedy: `${near ? `Did you mean ${near}? ` : ""}The methods are ${METHOD_NAMES.join(", ")}`,
  });
}
