/** The experiment for the terminal. */
import { writtenConfiguration } from "../../../src/lab/configuration.js";
import type { Experiment } from "../../../src/lab/experiment.js";

/** The experiment as a file that `narrows train` takes. @param link Address of the page that shows it. */
export async function yamlOf(experiment: Experiment, link: string): Promise<string> {
  // Only who asks for the file waits for what writes it.
  const { stringify } = await import("yaml");
  const text = stringify(writtenConfiguration(experiment), { flowCollectionPadding: false, lineWidth: 110 });
  return `# The experiment of ${link}\n${text}`;
}

/** What to type in a terminal, next to the file. */
export function commandOf(): string {
  return "npx narrows train lab.yaml";
}
