import { type InjectionKey, inject } from "vue";
import type { Turn } from "./turn.js";

/** What pieces know of the site around them. */
export interface SitePage {
  /** Path below which the site is served, with a slash at its end: the lab is there, and the runtime's files. */
  readonly base: string;
  readonly turn: Turn;
}

export const SITE_PAGE: InjectionKey<SitePage> = Symbol("site page");

/** @throws Error outside of a site that provides it. */
export function useSitePage(): SitePage {
  const page = inject(SITE_PAGE);
  if (!page) throw new Error("a piece of the lab stands outside of a site");
  return page;
}
