/** Stem of a panel's file, the same in a folder and in a download: `figure-05-a`. */
export function panelFile(number: number, letter: string): string {
  return `figure-${String(number).padStart(2, "0")}-${letter.toLowerCase()}`;
}
