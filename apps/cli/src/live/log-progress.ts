/** `Epoch 3/10`, `epoch: 3`, `[epoch 3]`, `'epoch': 1.5`; the last one counts. */
const EPOCH = /\bepochs?\b['"]?\s*[:=[(#]?\s*(\d+(?:\.\d+)?)(?:\s*(?:\/|of)\s*(\d+))?/gi;
const STEP = /\b(?:step|iter(?:ation)?)s?\b['"]?\s*[:=[(#]?\s*(\d+)(?:\s*(?:\/|of)\s*(\d+))?/gi;

/** How far a training is, as the end of its log says: `epoch 3/10`, `step 500`; `undefined` where it does not. */
export function logProgress(tail: string): string | undefined {
  return last(tail, EPOCH, "epoch") ?? last(tail, STEP, "step");
}

function last(tail: string, pattern: RegExp, word: string): string | undefined {
  const [, at, of] = [...tail.matchAll(pattern)].at(-1) ?? [];
  if (at === undefined) return undefined;
  return `${word} ${at}${of === undefined ? "" : `/${of}`}`;
}
