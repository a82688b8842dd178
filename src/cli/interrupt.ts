/**
 * Turns the first Ctrl-C or polite kill into a request that a loop asks after; a Ctrl-C after that ends the process at once, as
 * without us. A second polite kill does not: schedulers send theirs to every process of a job, which forward it to each other.
 */
export function watchInterrupt(): { readonly requested: () => boolean; readonly release: () => void } {
  let requested = false;
  const ask = () => {
    requested = true;
    process.off("SIGINT", ask);
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
