import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { environmentFaults, readVariables, VARIABLES } from "./variables.mjs";

const OWN_DATABASE = {
  DATABASE_URL: "postgresql://web:one@db.example.org/doseline",
  DATABASE_OWNER_URL: "postgresql://owner:two@db.example.org/doseline",
};

test(".env.example names every variable, and no other", () => {
  const example = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8");
  const named = [...example.matchAll(/^# ([A-Z][A-Z0-9_]*)=/gm)].map((line) => line[1]);
  expect(named).toEqual(Object.keys(VARIABLES));
});

test("the values that .env.example shows are valid", () => {
  const example = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8");
  const shown = [...example.matchAll(/^# ([A-Z][A-Z0-9_]*)=(.*)$/gm)].map((line) => [line[1], line[2]]);
  expect(environmentFaults(Object.fromEntries(shown))).toEqual([]);
});

test("an empty environment is enough", () => {
  expect(environmentFaults({})).toEqual([]);
  expect(readVariables({}, "/checkout")).toMatchObject({
    port: 3000,
    dataDirectory: "/checkout/.data",
    databaseUrl: undefined,
    address: "http://127.0.0.1:3000",
  });
});

test("a variable set to nothing counts as not set", () => {
  expect(environmentFaults({ PORT: "", DATABASE_URL: " " })).toEqual([]);
  expect(readVariables({ PORT: "" }, "/checkout").port).toBe(3000);
});

test.each([
  ["PORT", "0"],
  ["PORT", "65536"],
  ["PORT", "3e3"],
  ["PORT", "http"],
  ["DATABASE_URL", "mysql://a:b@host/doseline"],
  ["DATABASE_URL", "postgresql://host/doseline"],
  ["DATABASE_URL", "postgresql://a:b@host"],
  ["DATABASE_URL", "not an address"],
  ["NEXTAUTH_URL", "doseline.example.org"],
  ["NEXTAUTH_SECRET", "short"],
  ["BUILD_STANDALONE", "yes"],
] as const)("%s=%s is refused by name", (name, text) => {
  expect(environmentFaults({ [name]: text }).map((fault) => fault.name)).toEqual([name]);
});

test("no message repeats a value, which may hold a password", () => {
  const secret = "hunter2-hunter2";
  const values = [`mysql://a:${secret}@host/d`, `postgresql://a:${secret}@host`, secret];
  const faults = Object.keys(VARIABLES).flatMap((name) =>
    values.flatMap((text) => environmentFaults({ [name]: text })),
  );
  expect(faults.length).toBeGreaterThan(0);
  for (const fault of faults) expect(fault.message).not.toContain(secret);
});

test("an owner's address without the application's is refused", () => {
  const { DATABASE_OWNER_URL } = OWN_DATABASE;
  expect(environmentFaults({ DATABASE_OWNER_URL }).map((fault) => fault.name)).toEqual(["DATABASE_URL"]);
});

test("what proves the data is kept beside its directory, and never inside", () => {
  expect(readVariables({ DATA_DIR: "/srv/doseline/" }, "/checkout")).toMatchObject({
    checkpointKeyFile: "/srv/doseline-checkpoints/key.pem",
    checkpointFile: "/srv/doseline-checkpoints/checkpoints.jsonl",
  });
  expect(readVariables({ CHECKPOINT_FILE: "kept/file.jsonl" }, "/checkout").checkpointFile).toBe(
    "/checkout/kept/file.jsonl",
  );
  const faults = (env: Readonly<Record<string, string>>) => environmentFaults(env).map(({ name }) => name);
  expect(faults({ CHECKPOINT_FILE: ".data/checkpoints.jsonl" })).toEqual(["CHECKPOINT_FILE"]);
  expect(faults({ DATA_DIR: "/srv/d", CHECKPOINT_KEY_FILE: "/srv/d/../d/key.pem" })).toEqual(["CHECKPOINT_KEY_FILE"]);
  expect(faults({ DATA_DIR: "/srv/d", CHECKPOINT_KEY_FILE: "/srv/data/key.pem" })).toEqual([]);
});

test("the application may not be given the owner's login", () => {
  expect(environmentFaults(OWN_DATABASE)).toEqual([]);
  const both = { ...OWN_DATABASE, DATABASE_URL: OWN_DATABASE.DATABASE_OWNER_URL };
  expect(environmentFaults(both).map((fault) => fault.name)).toEqual(["DATABASE_URL"]);
});
