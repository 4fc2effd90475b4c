import { setTimeout as wait } from "node:timers/promises";
import { ExchangeError } from "./errors.ts";

/** How a server is reached. */
export interface MlflowServer {
  /** Address of the tracking server, `http:` or `https:`. */
  readonly url: string;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** For each request. @default 30 000 */
  readonly timeoutMs?: number | undefined;
  /** Before a request that the server was too busy for is made again, doubled each time. @default 1000 */
  readonly retryMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Asks MLflow; `undefined` for something that does not exist. */
export type MlflowClient = (method: "GET" | "POST", path: string, body: Record<string, unknown>) => Promise<unknown>;

const RETRIES = 4;
const LONGEST_WAIT_MS = 60_000;

/**
 * A client of MLflow's REST API, version 2.0.
 *
 * @throws {ExchangeError} `BAD_REQUEST` for an address that is none.
 */
export function mlflowClient(server: MlflowServer): MlflowClient {
  const base = baseUrl(server.url);
  const headers = { "content-type": "application/json", ...authorisation(server) };
  return async (method, path, body) => {
    const url = new URL(`${base}/api/2.0/mlflow/${path}`);
    if (method === "GET") for (const [name, value] of Object.entries(body)) url.searchParams.set(name, String(value));
    const init = { method, headers, ...(method === "POST" && { body: JSON.stringify(body) }) };
    for (let retry = 0; ; retry += 1) {
      const { status, text, retryAfter } = await answerOf(url, init, server);
      if ((status === 429 || status === 503) && retry < RETRIES) {
        const pause = Number(retryAfter) > 0 ? 1000 * Number(retryAfter) : (server.retryMs ?? 1000) * 2 ** retry;
        await wait(Math.min(pause, LONGEST_WAIT_MS), undefined, { signal: server.signal });
        continue;
      }
      return content(text, { status, base, path });
    }
  };
}

function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    const expected = "expected the address of a tracking server, such as http://localhost:5000";
    throw new ExchangeError("BAD_REQUEST", `MLflow: ${expected}, found "${withoutSecret(text)}"`);
  }
  if (url.username !== "" || url.password !== "") {
    const message = "expected an address without a password; it belongs into MLFLOW_TRACKING_PASSWORD";
    throw new ExchangeError("BAD_REQUEST", `MLflow: ${message}`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function withoutSecret(text: string): string {
  return text.replace(/\/\/[^/]*@/, "//…@");
}

function authorisation({ token, username, password }: MlflowServer): Record<string, string> {
  if (token) return { authorization: `Bearer ${token}` };
  if (!username) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}` };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

async function answerOf(url: URL, init: RequestInit, { timeoutMs = 30_000, signal }: MlflowServer): Promise<Answer> {
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { ...init, signal: signal ? AbortSignal.any([limit, signal]) : limit });
    return { status: response.status, text: await response.text(), retryAfter: response.headers.get("retry-after") };
  } catch (cause) {
    signal?.throwIfAborted();
    const why = limit.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(cause);
    throw new ExchangeError("UNREACHABLE", `MLflow at ${url.origin}: ${why}`, { cause });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error; // fetch itself only says that it failed
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause ? cause.code : undefined;
  return code === "ECONNREFUSED" ? "nothing listens there" : cause.message || String(code);
}

function content(text: string, { status, base, path }: { status: number; base: string; path: string }): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined; // an error page of something else: told by its beginning below
  }
  if (status === 200 && json !== undefined) return json;
  const code = member(json, "error_code");
  if (status === 404 && code === "RESOURCE_DOES_NOT_EXIST") return undefined;
  const told = member(json, "message") ?? text.slice(0, 200);
  const where = `MLflow at ${base}, ${path}`;
  if (status === 401 || status === 403) {
    const help = "set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD";
    throw new ExchangeError("UNAUTHORISED", `${where}: status ${status}: ${told}; ${help}`);
  }
  throw new ExchangeError("REFUSED", `${where}: expected an answer of MLflow, found status ${status}: ${told}`);
}

/** The text of a member, where there is one. */
export function member(object: unknown, name: string): string | undefined {
  const value = members(object)[name];
  return typeof value === "string" ? value : undefined;
}

/** The members of an object; none of anything else. */
export function members(object: unknown): Readonly<Record<string, unknown>> {
  return typeof object === "object" && object !== null ? Object.fromEntries(Object.entries(object)) : {};
}
