import { visibleText } from "../../visible-text.js";
import { printNote } from "../output.js";
import { formatDuration } from "./duration.js";

/** Plain lines come at most this often. */
const LINE_INTERVAL_SECONDS = 15;

/**
 * Progress of work that comes in batches, on standard error: a bar with the time left on a terminal, now and then a
 * plain line otherwise. Each phase begins anew under its name.
 * @param quiet Shows nothing.
 */
export async function batchProgress(quiet = false): Promise<{
  update(phase: string, done: number, total: number): void;
  stop(): void;
}> {
  if (quiet) return { update() {}, stop() {} };
  if (!process.stderr.isTTY) return plainLines();
  const { Presets, SingleBar } = await import("cli-progress");
  const format = "{phase} [{bar}] {value}/{total}, {eta_formatted} left";
  const bar = new SingleBar(
    { format, clearOnComplete: true, hideCursor: true, barsize: 24 },
    Presets.shades_classic,
  );
  let current = "";
  return {
    update(phase, done, total) {
      if (phase === current) return bar.update(done);
      bar.stop();
      current = phase;
      bar.start(total, done, { phase: visibleText(phase) });
    },
    stop: () => bar.stop(),
  };
}

function plainLines() {
  let current = "";
  let begun = 0;
  let said = 0;
  return {
    update(phase: string, done: number, total: number) {
      const now = performance.now();
      if (phase !== current) [current, begun, said] = [phase, now, now];
      if (now - said < LINE_INTERVAL_SECONDS * 1000) return;
      said = now;
      const left = ((now - begun) / done) * (total - done);
      const time = done > 0 ? `, ${formatDuration(left / 1000)} left` : "";
      printNote(`${phase}: ${done} of ${total}${time}`);
    },
    stop() {},
  };
}
