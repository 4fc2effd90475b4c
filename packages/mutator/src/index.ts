export { canonicalText, canonicalValue } from "./canonical.ts";
export { MutatorError, type MutatorErrorCode } from "./errors.ts";
export { configurationKey } from "./key.ts";
export { MAX_MUTATION_ATTEMPTS, type Mutation, type MutationOptions, mutations } from "./mutations.ts";
export { Parameter, parameterFields } from "./parameter.ts";
export { isSeed, type ReplicationOptions, replicationSeeds } from "./seeds.ts";
export { Space, spaceSize } from "./space.ts";
export { type TakenMutations, takeMutations } from "./take-mutations.ts";
export type { Configuration, Value } from "./value.ts";
