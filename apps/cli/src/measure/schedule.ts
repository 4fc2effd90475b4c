/** One turn of one command. */
export interface Turn {
  /** Index of the command. */
  readonly command: number;
  /** Number of the run, from 0; warm-up runs count on their own. */
  readonly run: number;
  readonly isWarmup: boolean;
}

/**
 * All runs in order: warm-up rounds, then measured ones. In each round every command has one turn, and every second
 * round goes backwards (a b, b a, …), so that a steady drift of the machine hits all commands alike.
 */
export function* schedule(commands: number, { warmup, runs }: { warmup: number; runs: number }): Generator<Turn, void> {
  for (let round = -warmup; round < runs; round += 1) {
    const isWarmup = round < 0;
    for (let position = 0; position < commands; position += 1) {
      const command = round % 2 === 0 ? position : commands - 1 - position;
      yield { command, run: isWarmup ? round + warmup : round, isWarmup };
    }
  }
}
