import type { Condition } from "./condition.ts";

/** What the kernel shows of what lies below us. */
export interface VirtualisationTraces {
  /** Text of `/proc/cpuinfo`. */
  readonly cpuinfo: string | undefined;
  /** Vendor and product name of the firmware. */
  readonly firmware: string | undefined;
  /** Text of `/proc/1/cgroup`. */
  readonly cgroup: string | undefined;
  /** Marks of container engines that exist, such as `/.dockerenv`. */
  readonly containerFiles: readonly string[];
}

const VENDORS = /KVM|QEMU|VMware|VirtualBox|Xen|Bochs|Hyper-V|Virtual Machine|Amazon EC2|Google|Firecracker|OpenStack/i;

/** A virtual machine, when this is one: by what it is recognised. */
export function virtualMachine({ cpuinfo, firmware }: VirtualisationTraces): string | undefined {
  const vendor = VENDORS.exec(firmware ?? "")?.[0];
  const hasFlag = /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo ?? "");
  // Amazon and Google name themselves on bare metal too: the flag decides where the CPU tells its flags
  if (!hasFlag && /^flags\s*:/m.test(cpuinfo ?? "")) return undefined;
  if (!hasFlag && vendor === undefined) return undefined;
  return vendor ?? "the CPU shows the hypervisor flag";
}

/** A container, when this is one: by what it is recognised. */
export function container({ cgroup, containerFiles }: VirtualisationTraces): string | undefined {
  const engine = /docker|kubepods|containerd|libpod|lxc/.exec(cgroup ?? "")?.[0];
  return containerFiles[0] ?? (engine === undefined ? undefined : `/proc/1/cgroup names ${engine}`);
}

/** Whether we are on the bare machine. */
export function virtualisation(traces: VirtualisationTraces): readonly Condition[] {
  const machine = virtualMachine(traces);
  const box = container(traces);
  return [
    machine === undefined
      ? { name: "virtual machine", status: traces.cpuinfo === undefined ? "unknown" : "ok", finding: "none to be seen" }
      : {
          name: "virtual machine",
          status: "attention",
          finding: `yes (${machine}): energy counters are mostly not passed on to it`,
          fix: "measure on the host of the virtual machine",
        },
    box === undefined
      ? { name: "container", status: "ok", finding: "none to be seen" }
      : {
          name: "container",
          status: "attention",
          finding: `yes (${box}): it has only the permissions and devices that it was started with`,
          fix: CONTAINER_FIX,
        },
  ];
}

/** What a container needs to count the energy of its host. */
export const CONTAINER_FIX = "docker run --cap-add PERFMON --security-opt seccomp=unconfined --gpus all …";
