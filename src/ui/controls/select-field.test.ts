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

test("an explanation of the current value is the field's description, not only its title", () => {
  const markup = rendered("the plans have no strides");
  const id = /<button[^>]* aria-describedby="([^"]+)"/.exec(markup)?.[1];
  expect(id).toBeTruthy();
  expect(markup).toContain(`<span id="${id}" class="visually-hidden">the plans have no strides</span>`);
  expect(rendered()).not.toContain("aria-describedby");
});
