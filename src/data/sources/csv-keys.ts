import { z } from "zod";

const yesNo = z.union([z.boolean(), z.enum(["yes", "no"]).transform((word) => word === "yes")]);

/** What a configuration can say about a CSV file, if it cannot be recognised (rule D9). */
export const csvKeys = {
  delimiter: z
    .string()
    .min(1)
    .optional()
    .describe("what separates the columns of a CSV file: comma, semicolon, tab, space; inferred by default"),
  header: yesNo.optional().describe("whether a CSV file begins with a row of names; inferred by default"),
  index: yesNo
    .optional()
    .describe("whether the first column of a CSV file only counts or names the rows; inferred by default"),
  labelColumn: z
    .string()
    .min(1)
    .optional()
    .describe("place of the labels of a CSV file: front, behind, none, or a name in its header"),
};
