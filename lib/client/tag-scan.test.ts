import { describe, expect, test } from "vitest";
import { scannedText, tagAmong, tagAtEnd, withKeystroke, type Keystroke } from "./tag-scan";

const typed = (text: string, gapMs: number): { readonly burst: readonly Keystroke[]; readonly endMs: number } => {
  let burst: readonly Keystroke[] = [];
  let at = 1000;
  for (const key of text) burst = withKeystroke(burst, { key, at: (at += gapMs) });
  return { burst, endMs: at };
};

describe("telling a scanner from fingers", () => {
  test("a burst that ends with Enter was scanned", () => {
    const { burst, endMs } = typed("M030", 8);
    expect(scannedText(burst, endMs + 8)).toBe("M030");
  });

  test("the burst alone counts, not what was typed before it", () => {
    const slow = typed("21.3", 180);
    let { burst } = slow;
    let at = slow.endMs + 400;
    for (const key of "M030") burst = withKeystroke(burst, { key, at: (at += 8) });
    expect(scannedText(burst, at + 8)).toBe("M030");
  });

  test("what fingers type is no scan, also when Enter comes at once", () => {
    const { burst, endMs } = typed("1024", 90);
    expect(scannedText(burst, endMs + 5)).toBeNull();
  });

  test("a burst without Enter, or two keys at once, are no scan", () => {
    const { burst, endMs } = typed("M030", 8);
    expect(scannedText(burst, endMs + 500)).toBeNull();
    expect(scannedText(typed("12", 8).burst, 1024)).toBeNull();
    expect(scannedText([], 0)).toBeNull();
  });
});

describe("a tag", () => {
  const tags = ["M01", "M010", "m-7", "M-7", "1F-07"];

  test("is found whole, in any case where that is unambiguous", () => {
    expect(tagAmong(tags, " m010 ")).toBe("M010");
    expect(tagAmong(tags, "1f-07")).toBe("1F-07");
    expect(tagAmong(tags, "M-7")).toBe("M-7");
    expect(tagAmong(["m-7", "M-7"], "M-7")).toBe("M-7");
  });

  test("is never guessed from its beginning", () => {
    expect(tagAmong(tags, "M0")).toBeNull();
    expect(tagAmong(tags, "M0101")).toBeNull();
    expect(tagAmong(tags, "")).toBeNull();
  });
});

describe("a tag behind a number", () => {
  test("is the tag of a slow scanner, and the number stays", () => {
    expect(tagAtEnd(["M03", "M033"], "25.3M033")).toEqual({ before: "25.3", tag: "M033" });
    expect(tagAtEnd(["M033"], "m033")).toEqual({ before: "", tag: "M033" });
    expect(tagAtEnd(["33", "M033", "33-A"], "25.333-a")).toEqual({ before: "25.3", tag: "33-A" });
  });

  test("figures alone are never taken for one", () => {
    expect(tagAtEnd(["1033"], "25.1033")).toBeNull();
    expect(tagAtEnd(["M033"], "25.3")).toBeNull();
  });
});
