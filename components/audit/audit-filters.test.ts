import { expect, test } from "vitest";
import { auditQueryText, readAuditFilters } from "./audit-filters";

test("the filters of an address, and the address of the next page", () => {
  const read = readAuditFilters({ animal: " M013 ", kind: "ENTRY_CORRECTED", person: "", after: "5.12.study:X" });
  expect(read.filters).toEqual({ animal: "M013", kind: "ENTRY_CORRECTED" });
  expect(read.after).toBe("5.12.study:X");
  expect(auditQueryText(read.filters ?? {}, read.after)).toBe("?animal=M013&kind=ENTRY_CORRECTED&after=5.12.study%3AX");
  expect(auditQueryText({})).toBe("");
});

test("what is no kind or date names its field; a place that is none is the beginning", () => {
  const read = readAuditFilters({ kind: "NOTHING", to: "soon", after: "here" });
  expect(read.filters).toBeNull();
  expect(read.faults.map(({ path }) => path)).toEqual(["kind", "to"]);
  expect(read.typed).toEqual({ kind: "NOTHING", to: "soon" });
  expect(read.after).toBeNull();
});
