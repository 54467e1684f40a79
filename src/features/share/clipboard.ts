/** Copies a link to the view, or an image of it, to the clipboard. */
import { useStore } from "../../state/store.ts";
import { writeUrl } from "../../state/view/url-write.ts";

/**
 * @returns the sentence to show
 * @throws Error with a sentence if the browser refuses
 */
export async function copyLink(): Promise<string> {
  const state = useStore.getState();
  writeUrl(state);
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    throw new Error("The browser could not copy the link. Copy it from the address bar instead.");
  }
  return state.undoable.some(({ removed }) => !removed)
    ? "Link copied. It opens this view of the sample; your edits are not included."
    : "Link copied. It opens this view of the sample.";
}

/**
 * @param take called at once, because the browser allows copying only while it handles a click
 * @returns the sentence to show
 * @throws Error with a sentence if the browser refuses
 */
export async function copyImage(take: () => Promise<Blob>): Promise<string> {
  let failure: unknown = null;
  const picture = take().catch((error: unknown) => {
    failure = error;
    throw error;
  });
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  } catch {
    await picture.catch(() => undefined);
    throw failure ?? new Error("The browser could not copy the image. Save it instead.");
  }
  return "Image copied.";
}
