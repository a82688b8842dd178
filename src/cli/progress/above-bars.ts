import type { MultiBar } from "cli-progress";
import { visibleText } from "../../visible-text.js";
import { wrapLine } from "../table.js";

/** Says a line that scrolls above bars. The terminal breaks no lines while there are bars: what is longer would lose its end. */
export function sayAbove(bars: MultiBar, line: string, columns = 80): void {
  bars.log(`${wrapLine(visibleText(line), columns).join("\n")}\n`);
}
