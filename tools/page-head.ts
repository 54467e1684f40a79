/** Adds the policy of the built page, and the script that runs before the page's own. */
import type { HtmlTagDescriptor, Plugin } from "vite";

/**
 * Blocks everything from and to other origins, all scripts except the page's own files, and all code made
 * from text at run time. It does not allow style elements either: React sets style properties through the
 * DOM, and the app switches off the one style element that a library would add (src/shell/app.tsx).
 */
const POLICY: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'self'",
  "worker-src": "'self'",
  "style-src": "'self'",
  "connect-src": "'self'",
  // The page itself makes the report's pictures.
  "img-src": "'self' blob: data:",
  "manifest-src": "'self'",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
};

/**
 * Puts the policy into the page, so that any static server will do. The development server goes without, as
 * its own scripts are inline.
 */
export function pageHead(): Plugin {
  return {
    name: "page-head",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { server }) => (server ? [THEME] : [policyTag(), THEME]),
    },
  };
}

/**
 * Not a module: modules wait until the page is parsed, and the page would be painted before the theme is set.
 */
const THEME: HtmlTagDescriptor = { tag: "script", attrs: { src: "./theme.js" }, injectTo: "head-prepend" };

function policyTag(): HtmlTagDescriptor {
  const content = Object.entries(POLICY)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");
  return {
    tag: "meta",
    attrs: { "http-equiv": "Content-Security-Policy", content },
    injectTo: "head-prepend",
  };
}
