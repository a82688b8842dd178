/** The page's address says what the page shows: a link that is copied from the browser opens the same experiment. */
import { watch } from "vue";
import { linkOf, readLink } from "../../src/lab/link.js";
import { sameExperiment } from "./core/experiment-words.js";
import type { Lab } from "./core/store-contract.js";

/** Writes each change of the settings into the address, and follows an address that the visitor changes. */
export function followAddress(lab: Lab): void {
  watch(lab.experiment, (experiment) => {
    // In place: the button Undo of the page goes back, not that of the browser, which leaves the page.
    history.replaceState(history.state, "", `#${linkOf(experiment)}`);
  });
  addEventListener("hashchange", () => {
    const { experiment, problem } = readLink(location.hash);
    if (problem !== undefined) lab.notice.value = problem;
    else if (experiment && !sameExperiment(experiment, lab.experiment.value)) lab.change(experiment);
  });
}
