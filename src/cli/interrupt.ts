/**
 * Turns the first Ctrl-C (or a polite kill) into a request that a loop asks after; the second one ends the process at
 * once, as without us.
 */
export function watchInterrupt(): { readonly requested: () => boolean; readonly release: () => void } {
  let requested = false;
  const ask = () => {
    requested = true;
    process.off("SIGINT", ask);
    process.off("SIGTERM", ask);
  };
  process.on("SIGINT", ask);
  process.on("SIGTERM", ask);
  return {
    requested: () => requested,
    release() {
      process.off("SIGINT", ask);
      process.off("SIGTERM", ask);
    },
  };
}
