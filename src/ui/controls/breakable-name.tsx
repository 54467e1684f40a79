/** A name that may break after `_`, `-` and `/`, without changing its text. */
import { Fragment } from "react";

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
