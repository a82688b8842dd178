/**
 * Loads a library for good, so that others find it by its name wherever it lies. A failure is reported by the code that needs the library.
 *
 * Node has no way to load what is no addon: it loads the library, finds no addon in it, throws, and closes it, which does nothing to one loaded with
 * RTLD_NODELETE. This function's text is also run in a process of its own (trial.ts), so it uses nothing of this file.
 */
export function loadLibrary(path: string): void {
  const RTLD_NOW = 2;
  const RTLD_NODELETE = 0x1000;
  try {
    process.dlopen({ exports: {} }, path, RTLD_NOW | RTLD_NODELETE);
  } catch {
    // Thrown in any case.
  }
}
