import { readFileSync } from "node:fs";
import { checkPackage, Package } from "@arethetypeswrong/core";
import { problemKindInfo } from "@arethetypeswrong/core/problems";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packageFiles } from "./package-files.js";

// Whether every entry of package.json's `exports` leads to code and types that Node (NodeNext) and bundlers find, in what would be
// packed of dist/. An ES module cannot be loaded with `require` by Nodes and TypeScripts that are older than `exports` or ours: ignored.

const packageJson = JSON.parse(readFileSync("package.json", "utf8")) as {
  name: string;
  version: string;
  files: string[];
};
const { name, version } = packageJson;
const files = packageFiles(".", packageJson).map((path) => ({
  path,
  data: new Uint8Array(readFileSync(path)),
}));

const ofPackage = Object.fromEntries(
  files
    .filter(({ path }) => /\.(?:js|ts|json)$/.test(path))
    .map(({ path, data }) => [`/node_modules/${name}/${path}`, data]),
);
const types = await checkPackage(new Package(ofPackage, name, version));
const problems = types.types ? types.problems : [{ kind: "UntypedResolution" as const }];
const typeMessages = problems
  .filter((problem) => !("resolutionKind" in problem && /^node(?:10|16-cjs)$/.test(problem.resolutionKind)))
  .map((problem) => `${problemKindInfo[problem.kind].title}: ${JSON.stringify(problem)}`);

const { messages, pkg } = await publint({
  pkgDir: "package",
  strict: true,
  pack: { files: files.map(({ path, data }) => ({ name: `package/${path}`, data })) },
});
const found = [...typeMessages, ...messages.map((message) => formatMessage(message, pkg) ?? message.code)];
for (const message of found) console.error(`exports: ${message}`);
process.exitCode = found.length > 0 ? 1 : 0;
