import { describe, expect, test } from "vitest";
import { PERMISSIONS, ROLES, actionsOfRecording, permits, rolesInStudy } from "./permissions";
import type { Action, Role } from "./permissions";

const ACTIONS = Object.keys(PERMISSIONS) as readonly Action[];

/** Written a second time on purpose, by role, so that a slip in the table of actions shows. */
const MAY: Readonly<Record<Role, readonly Action[]>> = {
  technician: [
    "study.read",
    "entry.record.weight",
    "entry.record.cbc",
    "entry.record.lft",
    "entry.record.observation",
    "entry.record.dose",
    "entry.record.disposition",
    "entry.correct-own",
    "order.withhold",
    "animal.move",
  ],
  study_director: [
    "study.read",
    "history.export",
    "bundle.export",
    "audit.read",
    "protocol.draft",
    "protocol.sign",
    "animal.register",
    "animal.change",
    "animal.move",
    "entry.record.weight",
    "entry.record.cbc",
    "entry.record.lft",
    "entry.record.observation",
    "entry.record.dose",
    "entry.record.disposition",
    "entry.correct-own",
    "entry.correct-any",
    "order.withhold",
    "order.any",
    "study.lock",
    "study.unlock",
    "study.archive",
    "sign.protocol",
    "sign.amendment",
    "sign.order",
    "sign.override",
    "sign.deviation",
    "sign.review",
    "sign.lock",
    "sign.unlock",
    "sign.archive",
  ],
  auditor: [
    "study.read",
    "history.export",
    "bundle.export",
    "audit.read",
    "audit.read-installation",
    "sign.audit_review",
  ],
  administrator: [
    "study.create",
    "study.import",
    "user.manage",
    "membership.manage",
    "study.read",
    "history.export",
    "bundle.export",
    "audit.read",
    "audit.read-installation",
  ],
};

describe("the table of role × action", () => {
  const cells = ROLES.flatMap((role) => ACTIONS.map((action) => ({ role, action })));
  test.each(cells)("$role, $action", ({ role, action }) => {
    expect(permits([role], action)).toBe(MAY[role].includes(action));
  });

  test("nobody without a role may do anything", () => {
    for (const action of ACTIONS) expect(permits([], action)).toBe(false);
  });

  test.each(["study.delete", "", "toString", "__proto__", "constructor", "entry.record"])(
    "unknown action %j is denied",
    (action) => {
      expect(permits(ROLES, action)).toBe(false);
    },
  );

  test.each(["veterinarian", "", "ADMINISTRATOR", "__proto__"])("unknown role %j is denied", (role) => {
    for (const action of ACTIONS) expect(permits([role], action)).toBe(false);
  });

  test("several roles give what each of them gives", () => {
    expect(permits(["technician", "study_director"], "order.any")).toBe(true);
    expect(permits(["auditor", "administrator"], "study.import")).toBe(true);
  });
});

describe("what a recording is", () => {
  const fresh = { orderAction: null, amends: null } as const;

  test("a measurement is recorded by its kind", () => {
    expect(actionsOfRecording({ ...fresh, kind: "cbc" })).toEqual(["entry.record.cbc"]);
  });

  test("a hold is the one order of its own", () => {
    expect(actionsOfRecording({ ...fresh, kind: "order", orderAction: "WITHHOLD" })).toEqual(["order.withhold"]);
    for (const orderAction of ["RESUME", "SET_DOSE", "DISCONTINUE"] as const) {
      expect(actionsOfRecording({ ...fresh, kind: "order", orderAction })).toEqual(["order.any"]);
    }
    expect(actionsOfRecording({ ...fresh, kind: "order" })).toEqual(["order.any"]);
  });

  test("a correction needs the right to correct beside the right to record", () => {
    const own = { kind: "weight", own: true } as const;
    expect(actionsOfRecording({ kind: "weight", orderAction: null, amends: own })).toEqual([
      "entry.record.weight",
      "entry.correct-own",
    ]);
    expect(actionsOfRecording({ kind: null, orderAction: null, amends: { ...own, own: false } })).toEqual([
      "entry.correct-any",
    ]);
  });

  test("a technician cannot end a hold by correcting or voiding the own order", () => {
    const amends = { kind: "order", own: true } as const;
    const correction = actionsOfRecording({ kind: "order", orderAction: "WITHHOLD", amends });
    const voiding = actionsOfRecording({ kind: null, orderAction: null, amends });
    expect(correction.every((action) => permits(["technician"], action))).toBe(false);
    expect(voiding.every((action) => permits(["technician"], action))).toBe(false);
    expect(voiding.every((action) => permits(["study_director"], action))).toBe(true);
  });
});

describe("roles in a study", () => {
  const nobody = { administrator: false, auditor: false, auditsSomeOnly: false };
  const auditor = { ...nobody, auditor: true };

  test("a stranger has none", () => {
    expect(rolesInStudy(nobody, [])).toEqual([]);
  });

  test("a membership gives its roles, an unknown one none", () => {
    expect(rolesInStudy(nobody, ["study_director", "technician"])).toEqual(["technician", "study_director"]);
    expect(rolesInStudy(nobody, ["owner", "administrator"])).toEqual([]);
  });

  test("an auditor of the installation audits every study, unless limited to some", () => {
    expect(rolesInStudy(auditor, [])).toEqual(["auditor"]);
    expect(rolesInStudy({ ...auditor, auditsSomeOnly: true }, [])).toEqual([]);
    expect(rolesInStudy({ ...auditor, auditsSomeOnly: true }, ["auditor"])).toEqual(["auditor"]);
    expect(rolesInStudy(nobody, ["auditor"])).toEqual(["auditor"]);
  });

  test("an administrator is one everywhere", () => {
    expect(rolesInStudy({ ...nobody, administrator: true }, ["study_director"])).toEqual([
      "study_director",
      "administrator",
    ]);
  });

  test("where technician and auditor meet, nothing can be entered", () => {
    expect(rolesInStudy(auditor, ["technician"])).toEqual(["auditor"]);
    expect(rolesInStudy(nobody, ["technician", "auditor"])).toEqual(["auditor"]);
  });
});
