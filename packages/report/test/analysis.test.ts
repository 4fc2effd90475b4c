import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../src/render-markdown.ts";
import { renderReport } from "../src/render-report.ts";
import { sampleInput } from "./sample-session.ts";

const input = sampleInput({ runs: 12, repetitions: 2 });
const id = input.sessions[0]?.records[0]?.experiment_id ?? "";
const message = "another <b>process</b> used the GPU";
const found = {
  ...input,
  findings: [
    { experiment_id: id, source: null, code: "contaminated", severity: "error", message, evidence: {} } as const,
  ],
};

describe("the analysis", () => {
  const html = renderReport(found);

  it("has membership of the front, effects, explained energy and the noise floor", () => {
    for (const title of ["How sure the front is", "What each hyperparameter does", "Noise floor"]) {
      expect(html).toContain(`<h3>${title}</h3>`);
    }
  });

  it("says which runs an audit speaks against, as text", () => {
    expect(html).toContain(`${id}: another &lt;b&gt;process&lt;/b&gt; used the GPU`);
    expect(renderReport(input)).not.toContain("<h3>Excluded runs</h3>");
  });

  it("stands in the Markdown too", () => {
    expect(renderMarkdown(found)).toContain("### Excluded runs");
  });
});
