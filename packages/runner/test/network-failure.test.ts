import { open } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { saysNetworkFailed } from "../src/network-failure.ts";
import { put, temporaryDirectory } from "./temporary.ts";

async function isNetwork(text: string): Promise<boolean> {
  const log = await open(await put(join(await temporaryDirectory(), "training.log"), text), "r");
  try {
    return await saysNetworkFailed(log);
  } finally {
    await log.close();
  }
}

test.each([
  "requests.exceptions.ConnectionError: ('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
  "urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>",
  "huggingface_hub.errors.HfHubHTTPError: 503 Server Error: Service Unavailable for url: https://example.org",
  "urllib.error.HTTPError: HTTP Error 502: Bad Gateway",
  "wget: HTTP/1.1 429 Too Many Requests",
  "curl: (6) Could not resolve host: example.org",
  "Error: connect ECONNREFUSED 10.0.0.1:443",
  "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='example.org', port=443): Read timed out. (read timeout=10)",
])("%s", async (line) => {
  expect(await isNetwork(`epoch 1\n${line}\n`)).toBe(true);
});

test.each(["", "RuntimeError: shape mismatch", "loss 503", "HTTP Error 404: Not Found"])("but not %j", async (line) => {
  expect(await isNetwork(line)).toBe(false);
});

test("what was said long before the end is over", async () => {
  expect(await isNetwork(`Connection reset by peer\n${"epoch 1: loss 0.5\n".repeat(2000)}ValueError: bad\n`)).toBe(
    false,
  );
});
