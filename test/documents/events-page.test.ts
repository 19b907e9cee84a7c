import { expect, test } from "vitest";
import { eventsPage } from "./events-page";

test("docs/audit-events.md says every kind, as the domain has it", async () => {
  await expect(eventsPage()).toMatchFileSnapshot("../../docs/audit-events.md");
});
