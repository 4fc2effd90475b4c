// Draws in a process of its own, as a program would: node draw.mjs SPACE COUNT CALLS; prints JSON.
import { readFileSync } from "node:fs";
import { takeMutations } from "@ea/mutator";

const [name, count, calls] = process.argv.slice(2);
const space = JSON.parse(readFileSync(new URL("peers/spaces.json", import.meta.url), "utf8"))[name];
const [parameter] = Object.keys(space);

const seconds = [];
let drawn;
for (let call = 0; call < Number(calls); call += 1) {
  const start = performance.now();
  drawn = takeMutations(space, Number(count), { seed: call }).mutations;
  // read, so that no configuration can be put off until after the clock has stopped
  for (const { configuration } of drawn) {
    if (configuration[parameter] === undefined) throw new Error(`no ${parameter}`);
  }
  seconds.push((performance.now() - start) / 1000);
}
const peakBytes = process.resourceUsage().maxRSS * 1024;

const start = performance.now();
const distinct = new Set(drawn.map(({ key }) => key)).size;
const keysSeconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ seconds, peakBytes, count: drawn.length, distinct, keysSeconds }));
