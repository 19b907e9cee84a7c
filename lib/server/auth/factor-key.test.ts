import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const SECRET = Buffer.from("12345678901234567890");
const ANA = "11111111-1111-4111-8111-111111111111";
const BEN = "22222222-2222-4222-8222-222222222222";

/** The module of a server that has been started with this secret. */
const serverWith = async (secret: string) => {
  vi.resetModules();
  vi.stubEnv("NEXTAUTH_SECRET", secret);
  return import("./factor-key");
};

const OWN = "a secret of the tests, long enough for a key";

beforeEach(() => vi.stubEnv("NEXTAUTH_URL", "http://127.0.0.1:3000"));
afterEach(() => vi.unstubAllEnvs());

describe("a sealed secret", () => {
  test("opens for its account, and is another each time", async () => {
    const { sealSecret, openSecret } = await serverWith(OWN);
    const sealed = sealSecret(ANA, SECRET);
    expect(openSecret(ANA, sealed)).toEqual(SECRET);
    expect(sealed.sealed.includes(SECRET)).toBe(false);
    expect(sealSecret(ANA, SECRET).sealed.equals(sealed.sealed)).toBe(false);
  });

  test("does not open in the row of another account, nor changed, nor cut off", async () => {
    const { sealSecret, openSecret } = await serverWith(OWN);
    const { sealed, keyId } = sealSecret(ANA, SECRET);
    expect(openSecret(BEN, { sealed, keyId })).toBeNull();
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(sealed.readUInt8(place) ^ 1, place);
      expect(openSecret(ANA, { sealed: changed, keyId })).toBeNull();
    }
    expect(openSecret(ANA, { sealed: sealed.subarray(0, 20), keyId })).toBeNull();
  });

  test("does not open on a server with another secret", async () => {
    const sealed = (await serverWith(OWN)).sealSecret(ANA, SECRET);
    expect((await serverWith(`${OWN}, the next one`)).openSecret(ANA, sealed)).toBeNull();
    expect((await serverWith(OWN)).openSecret(ANA, sealed)).toEqual(SECRET);
  });
});
