import { defineConfig } from "vitest/config";
import { browserScriptForVite } from "./browser-script.ts";

/** The one test recipe: workspace packages resolve to their sources, so nothing has to be built first. */
export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  plugins: [browserScriptForVite()],
  resolve: { conditions: ["@ea/source"] },
  ssr: { resolve: { conditions: ["@ea/source"] } },
  test: {
    include: ["{packages,apps,examples}/*/test/**/*.test.ts", "test/**/*.test.ts"],
    // Most tests wait for real processes: more of them than cores keep the machine busy
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
