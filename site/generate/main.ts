/** Writes the pages that are made of the sources: `npm run generate` in site/, which each build runs first. */
import { writeCommands } from "./commands.js";
import { writeConfiguration } from "./configuration.js";
import { writeDocuments } from "./documents.js";
import { clearGenerated, writeInSite } from "./files.js";
import { writeGallery } from "./gallery.js";

clearGenerated();
const sidebars = {
  commands: await writeCommands(),
  configuration: writeConfiguration(),
  ...writeDocuments(),
};
await writeGallery();
writeInSite(".vitepress/sidebars.json", JSON.stringify(sidebars, undefined, 1));
