/**
 * Performs an event with the browser's own mouse and keyboard, and says what it did and which edits it meant.
 */
import type { Page } from "playwright";
import { VIEWS } from "../../src/state/view/views.ts";
import type { MonkeyEvent } from "./events.ts";
import { isOfDefinition, type Meant, meantByKey, meantByPress, meantByText } from "./meant.ts";
import { look, type Sight } from "./sight.ts";

export interface Done {
  /** One line for the log, such as "click button “Remove spine” at 120, 300". */
  readonly said: string;
  readonly meant: readonly Meant[];
  /** What the page was like before it. */
  readonly before: Sight;
}

/** Text that was typed into a field of the definition takes effect with whatever takes the focus. */
export class TypedText {
  #meant: Meant[] = [];

  /** Edits that text in the focused field may become. */
  get meant(): readonly Meant[] {
    return this.#meant;
  }

  get isPending(): boolean {
    return this.#meant.length > 0;
  }

  /** Forgets text that must have taken effect or been dropped, as nothing that takes text has the focus. */
  seen({ focus }: Sight): void {
    if (!isOfDefinition(focus)) this.#meant = [];
  }

  into(focus: Sight["focus"]): void {
    if (isOfDefinition(focus)) this.#meant = meantByText(focus);
  }
}

/** Whether a key types or deletes in a field of text: "Shift+BracketRight" types "}". */
const isPrinted = (keys: string) =>
  !/(Control|Alt|Meta)\+/.test(keys) &&
  !/(Arrow\w+|Home|End|Page\w+|F\d+|Escape|Enter|Tab|Insert)$/.test(keys);

export async function perform(page: Page, event: MonkeyEvent, text: TypedText): Promise<Done> {
  const { mouse, keyboard } = page;
  const before = await look(page, "spot" in event ? event.spot : null);
  const { x, y, target, focus, picking } = before;
  const at = `${target.role} “${target.name}” at ${Math.round(x)}, ${Math.round(y)}`;
  const inFocus = `with the focus on ${focus.role} “${focus.name.slice(0, 40)}”`;
  text.seen(before);
  const pending = text.meant;
  const done = (said: string, meant: readonly Meant[] = []): Done => ({
    said,
    meant: [...pending, ...meant],
    before,
  });
  const holding = async (held: string | null, act: () => Promise<void>) => {
    if (held) await keyboard.down(held);
    await act();
    if (held) await keyboard.up(held);
  };
  const held = "held" in event && event.held ? `${event.held} and ` : "";
  if (before.isForbidden) return done(`nothing on ${at}`);
  switch (event.kind) {
    case "view": {
      // Leaves menus and dialogs, which keep the keys of views to themselves.
      for (let i = 0; i < 3 && (await look(page, null)).hasPopup; i++) await keyboard.press("Escape");
      const name = VIEWS.find(({ value }) => value === event.view)?.name ?? "";
      const radio = page.getByRole("radiogroup", { name: "View" }).getByRole("radio", { name, exact: true });
      const box = await radio.boundingBox({ timeout: 1000 }).catch(() => null);
      if (!box) return done(`no switch to ${name}`);
      await mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      return done(`click on the view ${name}`);
    }
    case "click":
    case "double click": {
      const clicks = event.kind === "click" ? 1 : 2;
      await holding(event.held, () => mouse.click(x, y, { clickCount: clicks }));
      return done(`${held}${event.kind} on ${at}`, meantByPress(target, clicks, picking));
    }
    case "hover":
      await holding(event.held, () => mouse.move(x, y, { steps: 2 }));
      return done(`${held}hover over ${at}`);
    case "drag": {
      const [dx, dy] = event.by;
      await holding(event.held, async () => {
        await mouse.move(x, y);
        await mouse.down({ button: event.button });
        await mouse.move(x + dx, y + dy, { steps: 2 });
        await mouse.up({ button: event.button });
      });
      return done(`${held}${event.button} drag of ${at} by ${dx}, ${dy}`, meantByPress(target, 1, picking));
    }
    case "wheel":
      await holding(event.held, async () => {
        await mouse.move(x, y);
        await mouse.wheel(0, event.by);
      });
      return done(`${held}wheel by ${event.by} over ${at}`);
    case "key": {
      const meant = meantByKey(event.keys, focus, text.isPending, picking);
      await keyboard.press(event.keys);
      if (isPrinted(event.keys)) text.into(focus);
      return done(`key ${event.keys} ${inFocus}`, meant);
    }
    case "type": {
      await mouse.click(x, y);
      if (event.replaces) await keyboard.press("Control+a");
      // The press may have moved the focus, or opened something.
      const { focus: field } = await look(page, null);
      if (!field.isTextField) return done(`click on ${at}`, meantByPress(target, 1, picking));
      await keyboard.type(event.text);
      text.into(field);
      if (event.then) await keyboard.press(event.then);
      const how = `${event.replaces ? "anew " : ""}“${event.text}”${event.then ? ` and ${event.then}` : ""}`;
      return done(`typed ${how} into “${field.name}”`, meantByText(field));
    }
    case "resize":
      await page.setViewportSize({ width: event.width, height: event.height });
      return done(`resize to ${event.width} × ${event.height}`);
  }
}
