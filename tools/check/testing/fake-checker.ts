/** A checker for tests that reads no volumes: what it finds depends on a case's name and inputs. */
import { setTimeout as wait } from "node:timers/promises";
import type { CaseRecord } from "../../../src/domain/dataset-check/case-record.ts";
import { type Finding, finding } from "../../../src/domain/findings/finding.ts";
import { type CaseChecker, type CaseFiles, type CheckedFiles, WorkerLost } from "../case-checker.ts";

export interface FakeChecker extends CaseChecker {
  /** Names in the order in which they came. */
  readonly asked: readonly string[];
  readonly most: number;
  readonly isClosed: boolean;
}

interface FakeOptions {
  readonly workers?: number;
  /** For each case. */
  readonly delayMs?: number;
  /** Whether this case loses its worker. */
  readonly loses?: (name: string) => boolean;
}

export function fakeChecker({
  workers = 2,
  delayMs = 0,
  loses = () => false,
}: FakeOptions = {}): FakeChecker {
  const asked: string[] = [];
  let [running, most, isClosed] = [0, 0, false];
  return {
    workers,
    asked,
    get most() {
      return most;
    },
    get isClosed() {
      return isClosed;
    },
    async check(files) {
      asked.push(files.name);
      running++;
      most = Math.max(most, running);
      await wait(delayMs);
      running--;
      if (loses(files.name) || isClosed) throw new WorkerLost("A worker ended (SIGKILL).");
      if (files.name.startsWith("throws")) throw new Error("This is a fault of the checker.");
      return checked(files);
    },
    async close() {
      isClosed = true;
    },
  };
}

/** The record of a case: "error", "warning" and "unreadable" in its name decide what is found. */
function checked({ name, inputs, prediction }: CaseFiles): CheckedFiles {
  const of = (record: object): CaseRecord =>
    ({ schema: "regionscope.report/1", case: { name }, inputs, ...record }) as unknown as CaseRecord;
  if (name.includes("unreadable")) {
    const sentence = `${name}: it is not a volume. Copy it again.`;
    return { record: of({ status: "unreadable", sentence }), picture: null };
  }
  const found = (severity: Finding["severity"], code: string) => finding(severity, code, code, code);
  const findings = [
    ...(name.includes("error") ? [found("error", "label-outside")] : []),
    ...(name.includes("warning") ? [found("warning", "region-absent"), found("warning", "sides")] : []),
    found("info", "cropping"),
  ];
  const compared = { regions: [], findings: [] };
  const record = of({
    status: "ok",
    findings,
    prediction: prediction === null ? null : compared,
    large: "x".repeat(100_000),
  });
  return { record, picture: new TextEncoder().encode(`picture of ${name}`) };
}
