/** Settings that mean the same in every reproduction. */
import { choice, text, whole } from "../settings/index.js";

/** Which networks are trained: those of the paper, or smaller ones. */
export const NETWORK_SIZES = ["paper", "small"] as const;
export type NetworkSize = (typeof NETWORK_SIZES)[number];

export const seeds = whole({ about: "number of seeds, from 0 on", minimum: 1, maximum: 100 });

export const epochs = whole({ about: "training epochs of each network", minimum: 1, maximum: 10_000 });

export const networks = choice(NETWORK_SIZES, { about: "the networks of the paper, or smaller ones" });

export const small = text({ about: "folder of the small data of the preset quick", placeholder: "dir" });
