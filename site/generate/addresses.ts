/** Where a file of the project stands on the site: docs/definitions/rates.md is /definitions/rates. */
export function siteAddress(path: string): string | undefined {
  if (path.startsWith("configs/")) return `/files/${path}`;
  if (path === "CONTRIBUTING.md") return "/background/contributing";
  if (path === "CHANGELOG.md") return "/background/changes";
  if (path === "SECURITY.md") return "/background/security";
  if (path === "README.md") return "/";
  const [, name] = /^docs\/(.+)\.md$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  if (name === "definitions") return "/definitions/";
  if (name.startsWith("definitions/")) return `/${name}`;
  if (name.startsWith("reproduction-")) return `/papers/${name.slice("reproduction-".length)}`;
  return `/background/${name}`;
}
