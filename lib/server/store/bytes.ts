import "server-only";

/** Bytes as Prisma's client takes them: in memory of their own. */
export const bytesOf = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);
