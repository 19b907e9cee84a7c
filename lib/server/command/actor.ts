/** Who is doing something: a person, signed in or by a personal token, or at the server's own console. */
export type Actor = {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** Administrator of the installation. */
  readonly administrator: boolean;
  /** Auditor of every study. */
  readonly auditor: boolean;
  readonly via: "session" | "token" | "console";
  /** Where the request came from: remote address and program, as far as they are known. */
  readonly address?: string | null;
};
