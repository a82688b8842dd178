import { type Command, InvalidArgumentError, Option } from "commander";
import type { CsvArrayOptions } from "../data/arrays/csv.js";
import { warn } from "./output.js";

/** What a command is told of the CSV files that it reads, where they do not tell it themselves (rule D9). */
export interface CsvFlags {
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly index?: boolean;
  readonly labelColumn?: string;
}

/** Adds the options that decide how CSV files are read. */
export function takesCsv(command: Command): Command {
  const options = [
    new Option("--delimiter <what>", "between columns: comma, semicolon, tab, space, or a character"),
    new Option("--header <yes|no>", "whether the first row holds names").argParser(yesOrNo),
    new Option("--index <yes|no>", "whether the first column only counts or names the rows").argParser(
      yesOrNo,
    ),
    new Option("--label-column <where>", "column of labels: front, behind, none, or its name"),
  ];
  for (const option of options) command.addOption(option.helpGroup("CSV files (inferred by default):"));
  return command;
}

/** How arrays in CSV files are read; what they were taken for is a warning. */
export function csvArrays({ delimiter, header, index, labelColumn }: CsvFlags): CsvArrayOptions {
  return { delimiter, header, index, labelColumn, onNotice: warn };
}

function yesOrNo(text: string): boolean {
  if (text === "yes" || text === "no") return text === "yes";
  throw new InvalidArgumentError("Give yes or no.");
}
