/** What the built page may do, and what it does before its own script. */
import type { HtmlTagDescriptor, Plugin } from "vite";

/**
 * Nothing comes from another origin and nothing is sent to one; no script but the page's own files, nothing
 * made from text at run time. Style elements are not allowed either: React's style properties are set through
 * the DOM, and the one that a library would add is switched off where it is used (src/shell/app.tsx).
 */
const POLICY: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'self'",
  "worker-src": "'self'",
  "style-src": "'self'",
  "connect-src": "'self'",
  // Pictures of the report are made on the page.
  "img-src": "'self' blob: data:",
  "manifest-src": "'self'",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
};

/**
 * The policy stands in the page, so that any static server will do; the development server's own scripts are
 * inline.
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

/** Not a module: those wait until the page is parsed, and it would be painted before. */
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
