import { z } from "zod";

/** Value of a hyperparameter; `null` means that it is not passed to the training. */
export const ParameterValue = z.union([z.number(), z.string(), z.boolean(), z.null()]);
/** Value of a hyperparameter; `null` means that it is not passed to the training. */
export type ParameterValue = z.infer<typeof ParameterValue>;
