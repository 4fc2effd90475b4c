import type { LineCounter } from "./line-counter.ts";
import type { LogWindow } from "./log-window.ts";
import { withinTime } from "./within-time.ts";

/** Something that looks at each window of a log. */
export interface Scanner {
  scan(window: LogWindow, lines: LineCounter): void;
}

/** Lets scanners look at windows, and gives up those that need longer than a limit for one. */
export class LimitedScan {
  readonly #limitMs: number;
  #scanners: readonly Scanner[];
  readonly #givenUp = new Set<Scanner>();

  constructor(scanners: readonly Scanner[], limitMs: number) {
    this.#scanners = scanners;
    this.#limitMs = limitMs;
  }

  isGivenUp(scanner: Scanner): boolean {
    return this.#givenUp.has(scanner);
  }

  scan(window: LogWindow, lines: LineCounter): void {
    const scanners = this.#scanners;
    let index = 0;
    const scanRest = (): void => {
      for (; index < scanners.length; index += 1) scanners[index]?.scan(window, lines);
    };
    // One limit for all of them, as it costs something; whoever is at work when it is over was slow
    while (!withinTime(this.#limitMs, scanRest)) {
      const slow = scanners[index];
      if (slow !== undefined) this.#givenUp.add(slow);
      index += 1;
    }
    if (this.#givenUp.size > 0) this.#scanners = scanners.filter((scanner) => !this.#givenUp.has(scanner));
  }
}
