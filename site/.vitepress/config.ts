import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type DefaultTheme, defineConfig } from "vitepress";
import { nodeModules } from "../lab/node-modules.js";
import { writeServiceWorker } from "../lab/offline/build.js";
import { reachableFrom } from "../lab/offline/reachable.js";
import { ortFiles } from "../lab/ort-files.js";
import { liveMarkers } from "./live-markers.js";
import { namedFences } from "./named-fences.js";

/** The path below which the site is served: `SITE_BASE=/narrows/ npm run build:site`. */
const BASE = process.env.SITE_BASE ?? "/";

type Sidebar = DefaultTheme.SidebarItem[];

/** A side bar that the build has written. */
function read<Content>(path: string): Content {
  const file = new URL(path, import.meta.url);
  if (!existsSync(file)) throw new Error(`${path} is missing: run "npm run reference" in site/ first`);
  return JSON.parse(readFileSync(file, "utf8")) as Content;
}
const generated = read<Record<string, Sidebar>>("./sidebars.json");
/** TypeDoc names pages after files: the whole library is that of index.ts, and some doors stand in library/. */
const api = read<Sidebar>("../reference/api/typedoc-sidebar.json")
  .flatMap((item) => (item.text === "library" ? (item.items ?? []) : [item]))
  .map((item) => ({ ...item, text: item.text === "index" ? "narrows" : `narrows/${item.text}` }));

const tutorials: Sidebar = [
  { text: "Overview", link: "/tutorials/" },
  { text: "Squeeze the Corridors", link: "/tutorials/squeeze" },
  { text: "Your own images", link: "/tutorials/own-images" },
  { text: "A rate-distortion curve with its bound", link: "/tutorials/rate-distortion" },
  { text: "Codes of other tools", link: "/tutorials/other-codes" },
];
const howTos: Sidebar = [
  { text: "All how-tos", link: "/how-to/" },
  {
    text: "Data",
    items: [
      { text: "Train on a folder of images", link: "/how-to/folder-of-images" },
      { text: "Labels from a CSV table", link: "/how-to/labels" },
    ],
  },
  {
    text: "Training",
    items: [
      { text: "Choose a rate", link: "/how-to/choose-a-rate" },
      { text: "Resume after a crash", link: "/how-to/resume" },
      { text: "Sweep, and draw the curve", link: "/how-to/sweep" },
      { text: "Several seeds and intervals", link: "/how-to/seeds" },
      { text: "Run on Slurm", link: "/how-to/slurm" },
    ],
  },
  {
    text: "Codes and runs",
    items: [
      { text: "Compare two runs", link: "/how-to/compare" },
      { text: "Measure arrays of NumPy or PyTorch", link: "/how-to/arrays" },
      { text: "Train classifiers on a frozen code", link: "/how-to/frozen-codes" },
      { text: "Import the authors' checkpoints", link: "/how-to/import" },
    ],
  },
  {
    text: "Results",
    items: [
      { text: "Figures for a paper", link: "/how-to/figures" },
      { text: "Use a model in Python", link: "/how-to/export" },
      { text: "Use Narrows in TypeScript", link: "/how-to/typescript" },
      { text: "Define a part of your own", link: "/how-to/own-part" },
    ],
  },
];
const reference: Sidebar = [
  { text: "Overview", link: "/reference/" },
  { text: "Commands", collapsed: true, items: generated.commands! },
  { text: "Configuration", collapsed: true, items: generated.configuration! },
  { text: "API", collapsed: true, link: "/reference/api/", items: api },
];
const background: Sidebar = [
  { text: "Papers reproduced", items: generated.papers! },
  { text: "Definitions", items: generated.definitions! },
  { text: "More", items: generated.background! },
];

export default defineConfig({
  title: "Narrows",
  description: "A laboratory for codes under a rate limit",
  lang: "en",
  base: BASE,
  srcExclude: ["README.md", "lab/**", "node_modules/**"],
  // Figures in pages are files of the site; nothing is fetched from elsewhere.
  head: [["link", { rel: "icon", href: `${BASE}favicon.svg`, type: "image/svg+xml" }]],
  lastUpdated: false,
  markdown: {
    // Colours that can be read on the grey of a block.
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
    config(markdown) {
      namedFences(markdown);
      liveMarkers(markdown);
    },
  },
  themeConfig: {
    logo: "/favicon.svg",
    nav: [
      { text: "Lab", link: "/", activeMatch: "^/$" },
      { text: "Tutorials", link: "/tutorials/", activeMatch: "/tutorials/" },
      { text: "How-to", link: "/how-to/", activeMatch: "/how-to/" },
      { text: "Reference", link: "/reference/", activeMatch: "/reference/" },
      { text: "Background", link: "/background/", activeMatch: "/(background|definitions|papers)/" },
      { text: "Gallery", link: "/gallery/" },
    ],
    sidebar: {
      "/tutorials/": tutorials,
      "/how-to/": howTos,
      "/reference/": reference,
      "/background/": background,
      "/definitions/": background,
      "/papers/": background,
    },
    outline: { level: [2, 3], label: "On this page" },
    search: { provider: "local" },
  },
  // The lab works when the network is cut.
  async buildEnd({ outDir }) {
    const kept = reachableFrom(outDir, "index.html");
    // The index of the search is large, and of pages that are not kept.
    await writeServiceWorker(outDir, (path) => kept.has(path) && !path.includes("localSearchIndex"));
  },
  vite: {
    plugins: [ortFiles(), nodeModules()],
    worker: { format: "es" },
    server: { fs: { allow: [fileURLToPath(new URL("../..", import.meta.url))] } },
    build: { chunkSizeWarningLimit: 1500 },
  },
});
