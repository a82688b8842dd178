import { MultiBar, Presets, type SingleBar } from "cli-progress";
import { visibleText } from "../../visible-text.js";
import { printNote } from "../output.js";
import { wrapLine } from "../table.js";

/** Where progress goes, and whether it is shown at all. */
export interface DisplayOptions {
  /** Shows nothing, for `--json`. */
  readonly quiet?: boolean;
  readonly stream?: NodeJS.WriteStream;
  /** Where there is no terminal, the progress of work is a line at most this often. */
  readonly lineSeconds?: number;
}

/** How far a piece of work is. */
export interface Progress {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** What else the bar says, such as the time left. */
  readonly words: readonly string[];
  /** The line in place of the bar where there is no terminal; without one nothing is said there. */
  readonly line?: string;
}

/** The one display of progress: bars on a terminal, a plain line now and then elsewhere; on standard error. */
export interface Display {
  /** Says a line; it scrolls above the bars. */
  say(line: string): void;
  /** Shows how far the work with a key is: each has a bar of its own, in the order of their first showing. */
  show(key: string, progress: Progress): void;
  /** Ends it; what was said before stays. */
  stop(): void;
}

const FORMAT = "{label} [{bar}] {percentage}% | {value}/{total}{words}";

/** Opens the display. To be stopped however the work ends. */
export function openDisplay({
  quiet = false,
  stream = process.stderr,
  lineSeconds = 15,
}: DisplayOptions = {}): Display {
  if (quiet) return { say() {}, show() {}, stop() {} };
  return stream.isTTY ? barsOn(stream) : linesOn(stream, lineSeconds * 1000);
}

function barsOn(stream: NodeJS.WriteStream): Display {
  const all = new MultiBar(
    {
      stream,
      format: FORMAT,
      hideCursor: true,
      clearOnComplete: true,
      fps: 5,
      barsize: 24,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const bars = new Map<string, SingleBar>();
  return {
    say(line) {
      if (bars.size === 0) return printNote(line, stream);
      // The terminal breaks no lines while there are bars: what is longer would lose its end.
      all.log(`${wrapLine(visibleText(line), stream.columns || 80).join("\n")}\n`);
    },
    show(key, { label, done, total, words }) {
      const payload = {
        label: visibleText(label),
        words: words.map((word) => ` | ${visibleText(word)}`).join(""),
      };
      const bar = bars.get(key) ?? all.create(total, done, payload);
      bars.set(key, bar);
      bar.setTotal(total);
      bar.update(done, payload);
    },
    stop() {
      // What was said since the last drawing is still held back.
      all.update();
      all.stop();
    },
  };
}

function linesOn(stream: NodeJS.WriteStream, intervalMs: number): Display {
  let last = performance.now();
  return {
    say: (line) => printNote(line, stream),
    show(_, { line }) {
      if (line === undefined || performance.now() - last < intervalMs) return;
      last = performance.now();
      printNote(line, stream);
    },
    stop() {},
  };
}
