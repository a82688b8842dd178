/** Styles are bundled by Vite; nothing is imported from them. */
declare module "*.css";
