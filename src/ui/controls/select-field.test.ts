/** Tests the accessible description of a select field. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { SelectField } from "./select-field.tsx";

const rendered = (description?: string) =>
  renderToStaticMarkup(
    createElement(SelectField<"a">, {
      label: "Trainer",
      items: [{ value: "a", label: "default trainer" }],
      value: "a",
      disabled: true,
      description,
      onChange: () => undefined,
    }),
  );

test("a choice that says why it is as it is has that for its description, not only for its title", () => {
  const markup = rendered("the plans have no strides");
  const id = /<button[^>]* aria-describedby="([^"]+)"/.exec(markup)?.[1];
  expect(id).toBeTruthy();
  expect(markup).toContain(`<span id="${id}" class="visually-hidden">the plans have no strides</span>`);
  expect(rendered()).not.toContain("aria-describedby");
});
