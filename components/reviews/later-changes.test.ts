import { describe, expect, test } from "vitest";
import type { ReviewItem } from "@/lib/contracts/reviews";
import { laterChange } from "./later-changes";

type Event = ReviewItem["impact"]["now"][number];

const withheld = (grade: number, entry: string): Event => ({
  at: "2026-01-12T09:00:00+00:00",
  entry,
  action: "WITHHOLD",
  rules: [`NEUTROPENIA_G${String(grade)}`],
  fromDose: 4,
  toDose: 0,
  toxicities: [{ term: "NEUTROPENIA", grade }],
  sentence: "Withheld.",
});

const item = (hour: number, then: readonly Event[], now: readonly Event[], record = "count"): ReviewItem => ({
  id: `review-${String(hour)}`,
  animal: "M013",
  record,
  kind: "cbc",
  recordedAt: `2026-01-13T${String(hour)}:00:00.000Z`,
  recordedBy: "Tim",
  observedAt: "2026-01-12T09:00:00.000Z",
  reasonCode: "TRANSCRIPTION",
  reason: "Misread",
  firstDoseAt: "2026-01-05T09:00:00.000Z",
  impact: {
    cause: "correction",
    entry: "right",
    from: "2026-01-12T09:00:00.000Z",
    then: [...then],
    now: [...now],
    doses: [],
  },
  decision: null,
  signature: null,
});

describe("what came after an item for the same entry", () => {
  const first = item(10, [], [withheld(3, "right")]);

  test("nothing, or changes of other entries alone", () => {
    expect(laterChange(first, [first, item(11, [], [withheld(3, "other")], "other")])).toBeNull();
  });

  test("a correction back takes it back, whichever version leads to what stands", () => {
    const back = item(11, [withheld(3, "right")], []);
    expect(laterChange(first, [back, first])).toEqual({ latest: back, takesBack: true });
    expect(laterChange(back, [back, first])).toBeNull();
  });

  test("a change to something else does not; there and back again does", () => {
    const worse = item(11, [withheld(3, "right")], [withheld(4, "worse")]);
    expect(laterChange(first, [worse, first])).toEqual({ latest: worse, takesBack: false });
    const gone = item(12, [withheld(4, "again")], []);
    expect(laterChange(first, [gone, worse, first])).toEqual({ latest: gone, takesBack: true });
  });
});
