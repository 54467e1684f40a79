/** Actions that store the shares of patches. */
import type { PatchSource } from "../../domain/case/patch-source.ts";
import type { PatchShares } from "../../domain/patches/patch-shares.ts";
import type { SharesRefused } from "../../domain/patches/shares-limits.ts";
import { useStore } from "../store.ts";

/** Results to keep, of which each has a few numbers per region: two grids under some settings. */
const MAX_KEPT = 12;

/** Null if none are being computed. */
export function patchSharesProgressed(patchSharesProgress: number | null): void {
  useStore.setState({ patchSharesProgress });
}

export function patchSourceFound(patchSource: PatchSource): void {
  useStore.setState({ patchSource });
}

export function patchSharesArrived(key: string, shares: PatchShares | SharesRefused): void {
  useStore.setState((s) => {
    const others = [...s.patchShares].filter(([known]) => known !== key);
    return { patchShares: new Map([...others.slice(1 - MAX_KEPT), [key, shares]]) };
  });
}
