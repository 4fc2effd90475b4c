/** A program for browsers, bundled when the package is built: `config/browser-script.ts`. */
declare module "*?script" {
  export const script: string;
}
