import { UserError } from "../../errors.js";
import { nearest } from "../../given-names.js";

/**
 * The nine methods of Table 1, in its order, each with its file in configs/echo-noise (without the ending),
 * after which runs are named. Which curves the paper draws cannot be known from its text: these are our
 * choice.
 */
const METHODS = {
  Echo: { file: "echo", hasCurve: true },
  VAE: { file: "vae", hasCurve: true },
  InfoVAE: { file: "info-vae", hasCurve: true },
  "VAE-MAF": { file: "vae-maf", hasCurve: false },
  "VAE-Vamp": { file: "vae-vamp", hasCurve: true },
  "IAF-Prior": { file: "iaf-prior", hasCurve: true },
  "IAF+MMD": { file: "iaf-mmd", hasCurve: false },
  "IAF-MAF": { file: "iaf-maf", hasCurve: false },
  "IAF-Vamp": { file: "iaf-vamp", hasCurve: true },
} as const;

export type MethodName = keyof typeof METHODS;

export const METHOD_NAMES = Object.keys(METHODS) as readonly MethodName[];

/** A method's file in configs/echo-noise. */
export function methodFile(method: MethodName): string {
  return METHODS[method].file;
}

/** Those of some methods whose curves are drawn. */
export function curveMethods(methods: readonly MethodName[]): MethodName[] {
  return METHOD_NAMES.filter((name) => METHODS[name].hasCurve && methods.includes(name));
}

/**
 * The method of this name, in whatever case it is written, or of this configuration file.
 * @throws UserError with the nearest name when there is none.
 */
export function methodNamed(text: string): MethodName {
  const wanted = text.trim().toLowerCase();
  const found = METHOD_NAMES.find((name) => name.toLowerCase() === wanted || methodFile(name) === wanted);
  if (found) return found;
  const near = nearest(text, METHOD_NAMES);
  throw new UserError({
    where: `--methods ${text}`,
    what: `no method is called "${text}"`,
    remedy: `${near ? `Did you mean ${near}? ` : ""}The methods are ${METHOD_NAMES.join(", ")}`,
  });
}
