import * as z from "zod";

export const health = z
  .object({
    status: z.enum(["ok", "unavailable"]),
    version: z.string().meta({ description: "The version of the product" }),
    database: z.enum(["ok", "unreachable"]),
    migrations: z.enum(["current", "behind", "unknown"]),
  })
  .meta({ id: "Health" });
export type Health = z.output<typeof health>;
