import { inject } from "vue";
import { LAB, type Lab } from "../core/store-contract.js";

/** The lab of the page around a component. */
export function useLab(): Lab {
  const lab = inject(LAB);
  if (!lab) throw new Error("a component of the lab stands outside of <Lab>");
  return lab;
}
