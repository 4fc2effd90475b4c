// A training log as several trainers would have written it together: steps with time stamps, progress bars, dicts, Chinese.

const STEPS = 40;

/** Pieces of a log of about `bytes` bytes, which ends with its test results. */
export function* trainingLog(bytes) {
  let length = 0;
  for (let epoch = 1; length < bytes; epoch += 1) {
    const text = epochText(epoch);
    length += Buffer.byteLength(text);
    yield text;
  }
  yield "Test Accuracy: 91.2%\nTest loss: 0.31\n";
}

function epochText(epoch) {
  const lines = [`Epoch ${epoch}/100000\n`];
  for (let step = 1; step <= STEPS; step += 1) {
    const second = String((epoch + step) % 60).padStart(2, "0");
    lines.push(`2026-11-24 10:18:${second},${100 + step} INFO trainer: step ${epoch * STEPS + step} lr 2.936e-05 `);
    lines.push(`loss: ${decimal(epoch, step)} grad_norm: ${decimal(step, epoch)}\n`);
    if (step % 4 === 0) {
      const done = step / 4;
      lines.push(
        ` ${done * 10}%|${"█".repeat(done)}${" ".repeat(10 - done)}| ${step}/${STEPS} [00:0${done % 10}<00:10]\r`,
      );
    }
  }
  lines.push(`{'eval_loss': ${decimal(epoch, 3)}, 'eval_accuracy': ${decimal(epoch, 5)}, 'epoch': ${epoch}.0}\n`);
  lines.push(`val_accuracy: ${decimal(epoch, 7)} - 测试准确率: ${decimal(epoch, 9)}%\n`);
  return lines.join("");
}

/** Four digits that differ from line to line, the same in every run. */
function decimal(a, b) {
  return `0.${String(1000 + ((a * 7919 + b * 104_729) % 9000))}`;
}
