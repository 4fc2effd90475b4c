import type { Condition } from "./condition.ts";

/** Bits of capabilities in `CapEff` (linux/capability.h). */
const CAP_SYS_ADMIN = 21n;
const CAP_PERFMON = 38n;

/** The command that lets every user count the whole host, until the next start of the machine. */
export const PARANOID_FIX = "sudo sysctl kernel.perf_event_paranoid=0";

/**
 * Whether this process may count the whole host.
 *
 * @param paranoid text of `/proc/sys/kernel/perf_event_paranoid`.
 * @param status text of `/proc/self/status`.
 */
export function perfPermission(paranoid: string | undefined, status: string | undefined): Condition {
  const name = "perf permission";
  const level = /^-?\d+$/.exec(paranoid?.trim() ?? "")?.[0];
  if (level === undefined) return { name, status: "unknown", finding: "this kernel shows no perf_event_paranoid" };
  if (Number(level) <= 0) {
    return { name, status: "ok", finding: `perf_event_paranoid is ${level}: every user may count the whole host` };
  }
  const capability = heldCapability(status);
  if (capability !== undefined) {
    return { name, status: "ok", finding: `perf_event_paranoid is ${level}, and this process has ${capability}` };
  }
  const finding = `perf_event_paranoid is ${level}: counting the whole host needs 0, or CAP_PERFMON`;
  return { name, status: "attention", finding, fix: PARANOID_FIX };
}

function heldCapability(status: string | undefined): string | undefined {
  const hexadecimal = /^CapEff:\s*([0-9a-f]+)$/m.exec(status ?? "")?.[1];
  if (hexadecimal === undefined) return undefined;
  const effective = BigInt(`0x${hexadecimal}`);
  const has = (bit: bigint): boolean => ((effective >> bit) & 1n) === 1n;
  if (has(CAP_PERFMON)) return "CAP_PERFMON";
  return has(CAP_SYS_ADMIN) ? "CAP_SYS_ADMIN" : undefined;
}
