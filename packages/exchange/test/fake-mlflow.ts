import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

interface Entry {
  readonly key: string;
  readonly value: string | number;
  readonly step?: number;
}

/** What of any request is looked at. */
interface Body {
  readonly run_id?: string;
  readonly name?: string;
  readonly experiment_name?: string;
  readonly experiment_ids?: readonly string[];
  readonly filter?: string;
  readonly key?: string;
  readonly value?: string;
  readonly params?: Entry[];
  readonly metrics?: Entry[];
  readonly tags?: Entry[];
}

interface Request {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Body;
}

interface FakeRun {
  readonly info: Record<string, unknown>;
  readonly data: Record<"params" | "metrics" | "tags", Entry[]>;
}

/** A tracking server that keeps runs as MLflow does, and refuses what is beyond its limits. */
export interface FakeMlflow {
  readonly url: string;
  readonly requests: Request[];
  readonly runs: FakeRun[];
  /** Answers of the next requests in place of its own: a status and a body. */
  readonly next: { status: number; body: string; headers?: Record<string, string> }[];
  readonly close: () => Promise<void>;
}

/** Starts one on a free port. */
export async function fakeMlflow(): Promise<FakeMlflow> {
  const requests: Request[] = [];
  const runs: FakeRun[] = [];
  const next: FakeMlflow["next"] = [];
  const experiments = new Map<string, string>();
  const missing = { error_code: "RESOURCE_DOES_NOT_EXIST", message: "no such experiment" };

  const answer = (path: string, body: Body): [number, unknown] => {
    const run = runs.find(({ info }) => info["run_id"] === body.run_id);
    switch (path.replace("/api/2.0/mlflow/", "")) {
      case "experiments/get-by-name": {
        const id = experiments.get(body.experiment_name ?? "");
        return id === undefined
          ? [404, missing]
          : [200, { experiment: { experiment_id: id, lifecycle_stage: "active" } }];
      }
      case "experiments/create":
        experiments.set(body.name ?? "", String(experiments.size + 1));
        return [200, { experiment_id: String(experiments.size) }];
      case "runs/search": {
        const [, id] = /^tags\."ea\.run_id" = '([\w.-]+)'$/.exec(body.filter ?? "") ?? [];
        const isIt = ({ info, data }: FakeRun): boolean =>
          info["lifecycle_stage"] === "active" &&
          body.experiment_ids?.includes(String(info["experiment_id"])) === true &&
          data.tags.some(({ key, value }) => key === "ea.run_id" && value === id);
        return [200, { runs: runs.filter(isIt) }];
      }
      case "runs/create": {
        const info = { ...body, run_id: `r${runs.length}`, lifecycle_stage: "active", status: "RUNNING" };
        runs.push({ info, data: { params: [], metrics: [], tags: [...(body.tags ?? [])] } });
        return [200, { run: runs.at(-1) }];
      }
      case "runs/log-batch": {
        const { params = [], metrics = [], tags = [] } = body;
        if (params.length > 100 || tags.length > 100 || metrics.length > 1000) return [400, { message: "too many" }];
        for (const { key } of [...params, ...metrics]) {
          if (key.length > 250 || !/^[/\w.\- :]*$/.test(key)) return [400, { message: `Invalid name: ${key}` }];
        }
        run?.data.params.push(...params);
        run?.data.metrics.push(...metrics);
        run?.data.tags.push(...tags);
        return [200, {}];
      }
      case "runs/update":
        Object.assign(run?.info ?? {}, body);
        return [200, {}];
      case "runs/set-tag":
        run?.data.tags.push({ key: body.key ?? "", value: body.value ?? "" });
        return [200, {}];
      case "runs/delete":
        Object.assign(run?.info ?? {}, { lifecycle_stage: "deleted" });
        return [200, {}];
      default:
        return [404, { error_code: "ENDPOINT_NOT_FOUND", message: path }];
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const body: Body = text === "" ? Object.fromEntries(searchParams) : JSON.parse(text);
    requests.push({ path: pathname, authorization: request.headers.authorization, body });
    const instead = next.shift();
    if (instead?.status === 0) return; // no answer at all
    const [status, content] = instead ? [instead.status, instead.body] : answer(pathname, body);
    response.writeHead(status, instead?.headers);
    response.end(typeof content === "string" ? content : JSON.stringify(content));
  };

  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}`, requests, runs, next, close };
}
