import "server-only";
import { environmentFaults, readVariables } from "./variables.mjs";

export type ServerEnvironment = {
  /** The application's own login, which owns nothing. */
  readonly databaseUrl: string;
  /** Signs the session cookies, and seals the secrets of second factors. */
  readonly nextAuthSecret: string;
  /** The address people open, without a slash at its end. */
  readonly address: string;
  /** The private key that signs checkpoints, made when it is first needed. */
  readonly checkpointKeyFile: string;
  /** Where checkpoints are kept outside of the database. */
  readonly checkpointFile: string;
};

const required = (name: string, value: string | undefined): string => {
  if (value !== undefined) return value;
  throw new Error(`${name} is missing. "npm start" sets it; .env.example describes it.`);
};

const readServerEnvironment = (): ServerEnvironment => {
  const [fault] = environmentFaults(process.env);
  if (fault !== undefined) throw new Error(`${fault.name} ${fault.message}.`);
  const variables = readVariables(process.env, process.cwd());
  // Each is asked for when it is used: a command on the console has a database, and signs no cookies.
  return {
    get databaseUrl() {
      return required("DATABASE_URL", variables.databaseUrl);
    },
    get nextAuthSecret() {
      return required("NEXTAUTH_SECRET", variables.nextAuthSecret);
    },
    address: variables.address,
    checkpointKeyFile: variables.checkpointKeyFile,
    checkpointFile: variables.checkpointFile,
  };
};

let known: ServerEnvironment | undefined;

/**
 * The server's environment, read once and checked. Call it where a value is used and not while a module loads: a
 * build loads every module, and has no database.
 */
export const serverEnvironment = (): ServerEnvironment => (known ??= readServerEnvironment());
