import { expect, test } from "vitest";
import { auditQueryText, readAuditFilters } from "./audit-filters";

test("the filters of an address, and the addresses of the pages beside it", () => {
  const read = readAuditFilters({ animal: " M013 ", kind: "ENTRY_CORRECTED", person: "", after: "5.12.study:X" });
  expect(read.query).toEqual({ animal: "M013", kind: "ENTRY_CORRECTED", after: "5.12.study:X" });
  expect(auditQueryText(read.query ?? {}, { after: "4.11.study:X" })).toBe(
    "?animal=M013&kind=ENTRY_CORRECTED&after=4.11.study%3AX",
  );
  expect(auditQueryText(read.query ?? {}, { before: "6.13.study:X" })).toBe(
    "?animal=M013&kind=ENTRY_CORRECTED&before=6.13.study%3AX",
  );
  expect(auditQueryText(read.query ?? {})).toBe("?animal=M013&kind=ENTRY_CORRECTED");
  expect(auditQueryText({})).toBe("");
});

test("what is no kind, date, place or text is named by its field", () => {
  const read = readAuditFilters({ kind: "NOTHING", to: "soon", after: "here", person: "a\u0000b" });
  expect(read.query).toBeNull();
  expect(read.faults.map(({ path }) => path).toSorted()).toEqual(["after", "kind", "person", "to"]);
  expect(read.typed).toEqual({ kind: "NOTHING", to: "soon", person: "a\u0000b" });
});
