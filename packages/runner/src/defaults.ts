/**
 * The nine constants of the original and the tenth, each with its unit and where it comes from.
 * `MIN_LOG_FILE_SIZE_BYTES`, `SCALE_FACTOR_MIN` and `SCALE_FACTOR_MAX` have no role any more: docs/from-the-original.md.
 */

/** Seconds to write the governor of all CPUs before giving up. Origin: `GOVERNOR_TIMEOUT_SECONDS`. */
export const GOVERNOR_TIMEOUT_SECONDS = 10;
/** Seconds between two attempts of one row. Origin: `RETRY_SLEEP_SECONDS`. */
export const RETRY_SLEEP_SECONDS = 30;
/** Seconds to which the sleep between two attempts grows when the network fails again and again. Ours. */
export const MAX_RETRY_SLEEP_SECONDS = 600;
/** Seconds between two rows of one experiment. Origin: `RUN_SLEEP_SECONDS`. */
export const RUN_SLEEP_SECONDS = 60;
/** Seconds between two rows of different experiments. Origin: `CONFIG_SLEEP_SECONDS`. */
export const CONFIG_SLEEP_SECONDS = 120;
/** Seconds after which a training is ended: ten hours. Origin: `DEFAULT_TRAINING_TIMEOUT_SECONDS`. */
export const DEFAULT_TRAINING_TIMEOUT_SECONDS = 36_000;
/** Further attempts after a failed one. Origin: `DEFAULT_MAX_RETRIES`. */
export const DEFAULT_MAX_RETRIES = 2;
/** Seconds for which a background load runs before the foreground starts. Origin: the wait of `runner.py` in mode `parallel`. */
export const BACKGROUND_HEAD_START_SECONDS = 30;

/** Seconds from SIGTERM to SIGKILL when a training has to end. Ours. */
export const KILL_GRACE_SECONDS = 10;
/** Seconds without output and CPU time after which a training counts as stalled. Ours: longer than loading any data set waits for a disk. */
export const STALL_SECONDS = 1800;
/** Seconds that processes left behind by a finished training get between SIGTERM and SIGKILL. Ours. */
export const LEFTOVER_GRACE_SECONDS = 2;
/** Seconds that the gate waits for the machine to be free before the run goes on, flagged. Ours. */
export const GATE_TIMEOUT_SECONDS = 600;
/** Seconds between two looks of the gate. Ours. */
export const GATE_POLL_SECONDS = 5;
/** Seconds over which the load of others is looked at. Ours: twenty ticks of the kernel's clock. */
export const LOAD_LOOK_SECONDS = 0.2;
/** Seconds of a second look where the first found a load. Ours: a burst of something that starts is over by then. */
export const LOAD_CONFIRM_SECONDS = 1;
/** CPU cores of others that count as load. Ours: one process that computes all the time, less what ticks are coarse by. */
export const BUSY_CORES = 0.8;
/** Share of all cores that others have to keep busy on a large machine. Ours: what is below changes the power of the host little. */
export const BUSY_SHARE = 0.1;
/** Share of a run for which others have to be busy to be told of, where they were not on average. Ours. */
export const BUSY_TIME_SHARE = 0.1;
/** Per cent of utilisation from which a GPU is in use. Ours: an idle one has 0, its last second may hold the end of a run. */
export const BUSY_GPU_PERCENT = 10;
/** MiB that whoever computes on a GPU holds at least. Ours: a CUDA context alone takes some hundred. */
export const COMPUTING_GPU_MEBIBYTES = 100;
/** MiB in use from which a GPU is not free though it is idle. Ours: a driver keeps some hundred for itself. */
export const USED_GPU_MEBIBYTES = 1024;
/** Free bytes below which the gate waits for room. Ours: a day of raw files of 8 GPUs. */
export const LOW_DISK_BYTES = 2e9;
/** Free bytes below which no run starts. Ours: the log, the raw files and the record of a short one. */
export const MIN_DISK_BYTES = 20e6;
/** Seconds by which the wall clock may differ from the steady one before a run is told to have a stepped clock. Ours. */
export const CLOCK_STEP_SECONDS = 1;
/** Seconds that `ea` may be late before it counts as having stood still. Ours: a busy machine delays it by less. */
export const STANDSTILL_SECONDS = 2;
/** A training whose like took less than this many seconds gets no cgroup. Ours: to enter one takes up to 20 ms. */
export const CGROUP_MIN_SECONDS = 1;

/** Seconds for which idle power is watched before the first row and after the last. Ours. */
export const IDLE_SECONDS = 30;
/** Seconds that a cool-down takes at least. Ours: so long a mean of the power sensor still tells of the run. */
export const COOL_DOWN_MIN_SECONDS = 10;
/** Seconds after which a cool-down ends in any case. Ours. */
export const COOL_DOWN_MAX_SECONDS = 600;
/** A failed run that took less counts for the circuit breaker. Ours: a typing error, a missing module, no memory at the first batch. */
export const FAST_FAILURE_SECONDS = 10;
/** So many fast failures in a row end a session. Ours. */
export const MAX_FAST_FAILURES = 3;
/** A run is suspect when it took less than this share of the shortest comparable one. Ours: batch size alone may give a factor of 5. */
export const SUSPECT_DURATION_SHARE = 0.2;
/** Comparable earlier runs needed before durations are compared. Ours. */
export const SUSPECT_MIN_HISTORY = 5;
