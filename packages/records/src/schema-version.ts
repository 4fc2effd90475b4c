/** Version of the plan's and the records' shape. */
export const SCHEMA_VERSION = 1;
