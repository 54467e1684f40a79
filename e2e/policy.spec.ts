/** Checks that the page's Content Security Policy blocks other origins, inline scripts and styles. */
import { goto } from "./support/app.ts";
import { expect, test } from "./support/test.ts";

test("the page's policy refuses other origins, inline scripts and styles", { tag: "@quick" }, async ({
  page,
  announceError,
}) => {
  announceError(/Content Security Policy/);
  await goto(page);
  const refused = await page.evaluate(async () => {
    const directives: string[] = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      directives.push(event.effectiveDirective),
    );
    const script = document.createElement("script");
    script.textContent = "document.title = 'changed'";
    const style = document.createElement("style");
    style.textContent = "body { color: red }";
    document.head.append(script, style);
    await fetch("https://example.invalid/").catch(() => undefined);
    await new Promise((done) => setTimeout(done));
    return directives;
  });
  expect(refused).toEqual(expect.arrayContaining(["script-src-elem", "style-src-elem", "connect-src"]));
  await expect(page).toHaveTitle("Regionscope");
});
