/** Light and dark in the app of its own, with the class and the place in the browser's memory that VitePress uses. */
const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
const KEY = "vitepress-theme-appearance";

const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value);

/** What the visitor chose before; `auto` at first, and where the browser keeps nothing. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return isTheme(kept) ? kept : "auto";
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return "auto";
  }
}

/** Shows a theme, and keeps it for the next visit where the browser does. */
export function showTheme(theme: Theme): void {
  document.documentElement.classList.toggle(
    "dark",
    theme === "dark" || (theme === "auto" && prefersDark().matches),
  );
  try {
    localStorage.setItem(KEY, theme);
  } catch (error) {
    // A browser that keeps nothing shows it all the same.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Shows the kept theme, and follows the system while it is `auto`. */
export function startTheme(): void {
  const show = () => showTheme(readTheme());
  show();
  prefersDark().addEventListener("change", show);
}

const prefersDark = () => matchMedia("(prefers-color-scheme: dark)");
