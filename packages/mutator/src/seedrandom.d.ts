/** One generator of seedrandom, without the six others that its index brings along. */
declare module "seedrandom/lib/alea.js" {
  interface Generator {
    readonly int32: () => number;
    readonly double: () => number;
  }
  export default function alea(seed: string): Generator;
}
