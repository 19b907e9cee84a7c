import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { localUrls, provisionDatabase, superuserUrl } from "../../scripts/database/provision.mjs";
import { TEMPLATE_DATABASE } from "./test-cluster";

export type TestDatabase = {
  /** The application's own login, as the product has it. */
  readonly databaseUrl: string;
  /** The login that owns the tables. */
  readonly databaseOwnerUrl: string;
  readonly superuserUrl: string;
};

const createDatabase = async (template: string | undefined): Promise<TestDatabase> => {
  const { port, secrets } = inject("testCluster");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await provisionDatabase(port, secrets, name, template);
  return { ...localUrls(port, secrets, name), superuserUrl: superuserUrl(port, secrets, name) };
};

/**
 * A fresh, migrated database without rows, on a real server: one a test file, for what is recorded cannot be removed.
 * It goes with the cluster at the end of the run.
 */
export const createTestDatabase = (): Promise<TestDatabase> => createDatabase(TEMPLATE_DATABASE);

/** A fresh database that no migration has touched. */
export const createEmptyTestDatabase = (): Promise<TestDatabase> => createDatabase(undefined);

/** A copy of a database that nobody is connected to. */
export const copyTestDatabase = ({ databaseUrl }: TestDatabase): Promise<TestDatabase> =>
  createDatabase(new URL(databaseUrl).pathname.slice(1));
