/** The corners of Vega-Lite's types that our builders fill in. */
import type { TopLevelSpec } from "vega-lite";

type Concat = Extract<TopLevelSpec, { hconcat: unknown }>;
type Part = Concat["hconcat"][number];

/** Several marks on common axes. */
export type LayerSpec = Extract<Part, { layer: unknown }>;
/** One mark and its encoding, as it stands in a layer. */
export type UnitSpec = Extract<LayerSpec["layer"][number], { mark: unknown }>;
