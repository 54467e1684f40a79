/** Header row of a table with one column per path. */
import type { PathName } from "../../domain/targets/target-paths.ts";

export function PathHeads({ first, paths }: { readonly first: string; readonly paths: readonly PathName[] }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {paths.map((path) => (
          <th key={path} scope="col">
            {path}
          </th>
        ))}
      </tr>
    </thead>
  );
}
