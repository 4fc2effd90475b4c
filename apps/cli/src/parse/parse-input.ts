import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { TextDecoder } from "node:util";
import { MetricsParserError, unzipped } from "@ea/metrics-parser";
import { inputError } from "./input-error.ts";

const HEAD_BYTES = 65_536;

/** A file whose first bytes were read and which can be read once as a whole. */
export interface ParseInput {
  /** As the user gave it. */
  readonly name: string;
  /** The first 64 KiB. */
  readonly head: string;
  /** Everything, the first bytes included; what was gzip is unzipped. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * What is at the path: a directory, or a file (`-` is stdin) that was opened.
 *
 * @throws {RunnerError} `CONFIG` for what cannot be read, naming it.
 */
export async function openInput(path: string, workingDirectory: string): Promise<ParseInput | "directory"> {
  if (path === "-") return withHead("stdin", process.stdin);
  const full = resolve(workingDirectory, path);
  const found = await stat(full).catch((error: unknown) => {
    throw inputError(path, `expected a file or directory, ${words(error)}`);
  });
  if (found.isDirectory()) return "directory";
  if (!found.isFile()) {
    throw inputError(path, "expected a file or directory, found a pipe or device; `ea parse - < …` reads from one");
  }
  return withHead(path, createReadStream(full));
}

async function withHead(name: string, stream: AsyncIterable<unknown>): Promise<ParseInput> {
  const iterator = unzipped(bytesOf(stream));
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const step = await iterator.next().catch((error: unknown) => {
      throw error instanceof MetricsParserError
        ? error
        : inputError(name, `expected a file that can be read, ${words(error)}`);
    });
    if (step.done === true) break;
    first.push(step.value);
    length += step.value.length;
  }
  const start = Buffer.concat(first).subarray(0, HEAD_BYTES);
  const head = decoderFor(start).decode(start);
  if (head.trim() === "" && length < HEAD_BYTES)
    throw inputError(name, "expected something to parse, found an empty file");
  return { name, head, bytes: chain(first, iterator) };
}

async function* chain(
  first: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, void> {
  yield* first;
  yield* rest;
}

async function* bytesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of stream) {
    if (chunk instanceof Uint8Array) yield chunk;
    else yield Buffer.from(String(chunk));
  }
}

/** Text of UTF-8 bytes, or of UTF-16 with its byte order mark, wherever they are cut. */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of bytes) {
    decoder ??= decoderFor(chunk);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder?.decode() ?? "";
}

function decoderFor([first, second]: Uint8Array): TextDecoder {
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le");
  return new TextDecoder(first === 0xfe && second === 0xff ? "utf-16be" : "utf-8");
}

function words(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "found nothing there";
  if (code === "EACCES") return "found one that may not be read";
  return `found: ${error instanceof Error ? error.message : String(error)}`;
}
