import type { FileHandle } from "node:fs/promises";

/** What a training could not go on for stands at the end of its log. */
const TAIL_BYTES = 16_384;

/** What Python, curl, git, Node and servers say when the network, or what was asked for over it, was not there. */
const NETWORK_FAILURE =
  /Temporary failure in name resolution|Name or service not known|Could not resolve host|Connection (?:reset|refused|aborted|timed out)|Network is unreachable|Read timed out|Max retries exceeded with url|\bHTTP(?:\/[\d.]+| Error)? (?:429|50[0234])\b|\b(?:429|50[0234]) (?:Client|Server) Error\b|\bE(?:CONNRESET|CONNREFUSED|TIMEDOUT|AI_AGAIN|NOTFOUND)\b/i;

/** Whether a log's end tells of a network that failed: what is retried then waits longer each time. */
export async function saysNetworkFailed(log: Pick<FileHandle, "read" | "stat">): Promise<boolean> {
  const { size } = await log.stat();
  const length = Math.min(size, TAIL_BYTES);
  const { buffer, bytesRead } = await log.read(Buffer.alloc(length), 0, length, size - length);
  return NETWORK_FAILURE.test(buffer.toString("latin1", 0, bytesRead));
}
