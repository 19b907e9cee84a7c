/** What a check says of a protocol: an error stops the signature, a warning does not. `path` is the setting's. */
export type ProtocolFinding = {
  readonly severity: "error" | "warning";
  readonly path: string;
  readonly message: string;
};

export const error = (path: string, message: string): ProtocolFinding => ({ severity: "error", path, message });
export const warning = (path: string, message: string): ProtocolFinding => ({ severity: "warning", path, message });
