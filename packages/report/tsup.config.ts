import { defineConfig } from "tsup";
import { browserScript } from "../../config/browser-script.ts";
import library from "../../config/tsup.ts";

/** The charts are part of what is built: nobody who installs this package has to install ECharts. */
export default defineConfig({ ...library, esbuildPlugins: [browserScript()] });
