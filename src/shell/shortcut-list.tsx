/** List of all shortcuts, in groups, including pointer actions, and the key to signs. */
import { capsOf, KEY_GROUPS } from "../ui/keys.ts";
import { SignList } from "./sign-list.tsx";

export function ShortcutList() {
  return (
    <>
      {KEY_GROUPS.map((group) => (
        <section key={group.title}>
          <h3>{group.title}</h3>
          <dl>
            {group.entries.map((entry) => (
              <div key={`${capsOf(entry).join()} ${entry.does}`}>
                <dt>
                  {capsOf(entry).map((cap) => (
                    <kbd key={cap}>{cap}</kbd>
                  ))}
                </dt>
                <dd>{entry.does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <SignList />
    </>
  );
}
