import manifest from "../package.json" with { type: "json" };

/** Version of the CLI, which every record carries. */
export const TOOL_VERSION = manifest.version;
