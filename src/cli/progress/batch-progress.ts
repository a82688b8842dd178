/**
 * A bar on standard error for work that comes in batches, when that is a terminal; silence otherwise. Each phase
 * begins anew under its name.
 */
export async function batchProgress(unit: string): Promise<{
  update(phase: string, done: number, total: number): void;
  stop(): void;
}> {
  if (!process.stderr.isTTY) return { update() {}, stop() {} };
  const { SingleBar } = await import("cli-progress");
  const bar = new SingleBar({
    format: `{phase} [{bar}] {value}/{total} ${unit}, {eta} s left`,
    clearOnComplete: true,
    hideCursor: true,
  });
  let current = "";
  return {
    update(phase, done, total) {
      if (phase === current) return bar.update(done);
      bar.stop();
      current = phase;
      bar.start(total, done, { phase });
    },
    stop: () => bar.stop(),
  };
}
