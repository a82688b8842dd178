import { Document, isMap, visit } from "yaml";

/** A configuration as the lines of a YAML file; the entries of a list stand on one line each. */
export function configurationYaml(configuration: Readonly<Record<string, unknown>>): string[] {
  const document = new Document(configuration);
  visit(document, {
    Seq(_, { items }) {
      for (const item of items) if (isMap(item)) item.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 }).trimEnd().split("\n");
}
