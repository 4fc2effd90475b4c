import { expect, it } from "vitest";
import { figure } from "../../src/measure/digits.ts";

it.each([
  [figure(83.1666, "J", 4.833), "83.2 J ± 4.8 J"],
  [figure(83.1666, "J", 0.0996), "83.17 J ± 0.10 J"],
  [figure(1234.5, "J", 123), "1230 J ± 120 J"],
  [figure(12_345, "J", 710), "12.35 kJ ± 0.71 kJ"],
  [figure(2.5e7, "J", 1e6), "25.0 MJ ± 1.0 MJ"],
  [figure(5, "J", 0), "5.000 J ± 0.000 J"],
  [figure(0, "J"), "0 J"],
  [figure(20.0123, "W"), "20.01 W"],
  [figure(0.0123, "s"), "12.30 ms"],
  [figure(1.23456, "s", 0.0123), "1.235 s ± 0.012 s"],
  [figure(18, "%", 3.4), "18.0 % ± 3.4 %"],
])("%s", (shown, expected) => expect(shown).toBe(expected));
