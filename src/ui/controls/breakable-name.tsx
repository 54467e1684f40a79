import { Fragment } from "react";

/** A name that may break after `_`, `-` and `/`; its text stays as it is. */
export function BreakableName({ name }: { readonly name: string }) {
  const parts = name.split(/(?<=[_\-/])/);
  let at = 0;
  return parts.map((part) => {
    at += part.length;
    return (
      <Fragment key={at}>
        {part}
        <wbr />
      </Fragment>
    );
  });
}
