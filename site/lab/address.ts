/** The page's address says what the page shows: a link that is copied from the browser opens the same experiment. */
import { onMounted, onScopeDispose, watch } from "vue";
import { linkOf, readLink } from "../../src/lab/link.js";
import { sameExperiment } from "./core/experiment-words.js";
import type { Lab } from "./core/store-contract.js";

/**
 * Writes each change of the settings into the address, and follows an address that the visitor changes, as long as the component is on the
 * page: the address of another page of the site is not the lab's. To be called in a component's setup.
 */
export function useAddress(lab: Lab): void {
  const write = () => {
    // In place: the button Undo of the page goes back, not that of the browser, which leaves the page.
    history.replaceState(history.state, "", `#${linkOf(lab.experiment.value)}`);
  };
  const follow = () => {
    const { experiment, problem } = readLink(location.hash);
    if (problem !== undefined) lab.notice.value = problem;
    else if (experiment && !sameExperiment(experiment, lab.experiment.value)) lab.change(experiment);
  };
  onMounted(() => {
    // A lab that is open already, seen again: by a link to an experiment, or by one to the page.
    if (lab.status.value !== "opening") {
      if (location.hash.length > 1) follow();
      else write();
    }
    addEventListener("hashchange", follow);
  });
  watch(lab.experiment, write);
  onScopeDispose(() => removeEventListener("hashchange", follow));
}
