import type { CheckedStatement } from "../../../reproduction/statements/claim.js";
import type { Place } from "../networks.js";
import { DATA_TITLES, type DataName } from "../networks.js";
import { PUBLISHED_LAST_EPOCH } from "../published.js";
import type { DimensionView } from "./view.js";

export type Statement = CheckedStatement<DimensionView>;

/** Makes a statement about one data set. */
export type StatementOf = (data: DataName) => Statement;

/** How a statement begins. */
export function onDataset(data: DataName): string {
  return `On ${DATA_TITLES[data]}`;
}

/** A network at the end of its training, as published. */
export function published(data: DataName, bottleneck: number): Place {
  return { data, bottleneck, epoch: PUBLISHED_LAST_EPOCH };
}
