/** The distributions of jStat that are used here; the package brings no types. */
declare module "jstat" {
  const jstat: {
    readonly studentt: { readonly cdf: (x: number, freedom: number) => number };
    readonly noncentralt: { readonly cdf: (x: number, freedom: number, shift: number) => number };
    readonly normal: {
      readonly cdf: (x: number, mean: number, deviation: number) => number;
      readonly inv: (probability: number, mean: number, deviation: number) => number;
    };
    readonly chisquare: { readonly inv: (probability: number, freedom: number) => number };
  };
  export default jstat;
}
