import { expect, test } from "vitest";
import { filtersText, historyQueryText, readHistoryFilters } from "./history-filters";

test("blank fields filter nothing, and the address of the same rows leaves them out", () => {
  const { filters } = readHistoryFilters({
    animal: " M013 ",
    group: "",
    action: "",
    from: "2026-01-05",
    to: undefined,
  });
  expect(filters).toEqual({ animal: "M013", from: "2026-01-05" });
  expect(historyQueryText(filters ?? {})).toBe("?animal=M013&from=2026-01-05");
  expect(filtersText(filters ?? {})).toBe("Animal M013; Observed from 2026-01-05");
  expect(filtersText({})).toBe("none: the whole study");
});

test("what is no date or no action names its field, and what was typed stays", () => {
  const read = readHistoryFilters({ action: "PAUSE", from: "2026-13-01" });
  expect(read.filters).toBeNull();
  expect(read.faults.map(({ path }) => path)).toEqual(["action", "from"]);
  expect(read.typed).toEqual({ action: "PAUSE", from: "2026-13-01" });
});
