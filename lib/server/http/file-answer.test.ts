import { describe, expect, test, vi } from "vitest";
import { fileAnswer } from "./file-answer";

async function* parts(log: string[], texts: readonly string[]): AsyncGenerator<string, void, undefined> {
  try {
    for (const text of texts) {
      log.push(text);
      yield await Promise.resolve(text);
    }
  } finally {
    log.push("closed");
  }
}

const streamed = async (
  content: string | AsyncGenerator<string, void, undefined>,
  name = "a.json",
  signal = new AbortController().signal,
): Promise<Response> => {
  const { value } = await fileAnswer(content, name, "application/json", signal);
  if (!("stream" in value)) throw new Error("a file is not a document");
  return new Response(value.stream, { headers: value.headers });
};

describe("a file", () => {
  test("is made while it is read, and closed at its end", async () => {
    const log: string[] = [];
    const response = await streamed(parts(log, ["[1,", "2", "]"]));
    // At most one part ahead of the reader.
    expect(log.length).toBeLessThanOrEqual(2);
    expect(await response.text()).toBe("[1,2]");
    expect(log.at(-1)).toBe("closed");
  });

  test("is no longer made when its reader goes away", async () => {
    const log: string[] = [];
    const response = await streamed(parts(log, ["1", "2", "3"]));
    await response.body?.cancel();
    expect(log).not.toContain("3");
    expect(log.at(-1)).toBe("closed");
  });

  test("is no longer made when its reader had gone before it began, and is never taken for whole", async () => {
    for (const when of ["before", "after"] as const) {
      const log: string[] = [];
      const reader = new AbortController();
      if (when === "before") reader.abort();
      const response = await streamed(parts(log, ["1", "2", "3", "4"]), "a.json", reader.signal);
      reader.abort();
      await expect(response.text()).rejects.toThrow("broken off");
      expect(log).not.toContain("4");
      expect(log.at(-1)).toBe("closed");
    }
  });

  test("that nobody takes is given up after a minute", async () => {
    vi.useFakeTimers();
    const log: string[] = [];
    const response = await streamed(parts(log, ["1", "2", "3", "4"]));
    await vi.advanceTimersByTimeAsync(61_000);
    vi.useRealTimers();
    expect(log.at(-1)).toBe("closed");
    await expect(response.text()).rejects.toThrow("broken off");
  });

  test("that fails at its start is no answer at all", async () => {
    async function* failing(): AsyncGenerator<string, void, undefined> {
      yield await Promise.reject(new Error("the database is away"));
    }
    await expect(streamed(failing())).rejects.toThrow("the database is away");
  });

  test.each([
    ["POM-001.csv", `attachment; filename="POM-001.csv"; filename*=UTF-8''POM-001.csv`],
    ['a"b\\.csv', `attachment; filename="a_b_.csv"; filename*=UTF-8''a%22b%5C.csv`],
    ["Mäuse 1.csv", `attachment; filename="M_use 1.csv"; filename*=UTF-8''M%C3%A4use%201.csv`],
  ])("is named %s", async (name, disposition) => {
    expect((await streamed("", name)).headers.get("content-disposition")).toBe(disposition);
  });
});
