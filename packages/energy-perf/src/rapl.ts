/** A counter that stands still for longer than this is dead, as in some virtual machines: RAPL never stands still. */
export const DEAD_COUNTER_SECONDS = 0.1;
/** A RAPL counter advances about once in a millisecond (Intel SDM vol. 3B, MSR_PKG_ENERGY_STATUS): readings are up to this old. */
export const UPDATE_SECONDS = 0.001;
