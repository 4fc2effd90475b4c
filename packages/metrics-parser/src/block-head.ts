/** How many bytes tell what a source is. */
const MAGIC_LENGTH = 3;

/** The first block, or as many as it takes to have three bytes. */
export async function headOf(blocks: AsyncGenerator<Uint8Array, void>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  while (head.length < MAGIC_LENGTH) {
    const step = await blocks.next();
    if (step.done === true) break;
    head = head.length === 0 && step.value.length >= MAGIC_LENGTH ? step.value : Buffer.concat([head, step.value]);
  }
  return head;
}

/** The head and what comes after it; ends `blocks` also when it is left at the head. */
export async function* chain(
  head: Uint8Array,
  blocks: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, void> {
  try {
    if (head.length > 0) yield head;
    yield* blocks;
  } finally {
    await blocks.return();
  }
}
