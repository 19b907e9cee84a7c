import { expect, test } from "vitest";
import { nodeVersionFault } from "./node-version.mjs";

test.each(["20.19.0", "20.20.2", "22.12.0", "22.21.1", "24.0.0", "26.1.0"])("Node %s suits", (version) => {
  expect(nodeVersionFault(version)).toBeNull();
});

test.each(["12.22.0", "18.20.0", "20.9.0", "20.18.3", "21.7.0", "22.11.0", "23.0.0", ""])(
  "Node %s is refused in one line that names what is needed",
  (version) => {
    const fault = nodeVersionFault(version);
    expect(fault).toContain("20.19");
    expect(fault).not.toContain("\n");
  },
);
