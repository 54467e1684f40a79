/**
 * Works on the page at random: 500 events from one seed, on a sample and on files (`npm run test:monkey`).
 */
import { runMonkey } from "../tools/monkey/monkey.ts";
import { goto } from "./support/app.ts";
import { expect, test } from "./support/test.ts";

/** Any other would do as well; this one is always the same, so that a failure can be repeated. */
const SEED = 18;

test("500 random events edit only what they mean, and leave no error, blank view or memory", async ({
  page,
}) => {
  test.setTimeout(900_000);
  await goto(page);
  const { events, fault, bytesLeft } = await runMonkey(page, { seed: SEED, events: 500 });
  expect(fault).toBeNull();
  expect(events).toBe(500);
  expect(bytesLeft, "bytes beyond the baseline, after each of the two cases").toEqual([0, 0]);
});
