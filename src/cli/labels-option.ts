import { Option } from "commander";

/** `--labels`: which labels of a run's data are looked at. */
export function labelsOption(byDefault = "by default all that vary"): Option {
  return new Option(
    "--labels <list>",
    `labels of the data, or rules over them such as "xU - xL" (${byDefault}); NAME:numbers or NAME:categories says how a label is read`,
  );
}

/** The labels of a list, taken apart at the commas that are in no brackets. */
export function labelsOf(text: string | undefined): string[] | undefined {
  return text?.split(/,(?![^(]*\))/).map((label) => label.trim());
}
