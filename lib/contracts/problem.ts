import * as z from "zod";
import { ERRORS } from "./errors";
import type { ErrorCode } from "./errors";

/** One thing that is wrong, where it is wrong (`animals[2].sex`; `$` is the document itself), and the way out. */
export const fieldFault = z
  .object({ path: z.string(), code: z.string(), message: z.string() })
  .meta({ id: "FieldFault", description: "What is wrong with one field" });
export type FieldFault = Readonly<z.infer<typeof fieldFault>>;

/** RFC 9457, served as application/problem+json. */
export const problem = z
  .object({
    type: z.string(),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(fieldFault),
  })
  .meta({ id: "Problem", description: "Why a request was refused (RFC 9457)" });
export type Problem = Readonly<z.infer<typeof problem>>;

/** A fault in one sentence: the message goes on from the field's path, or is a sentence of its own and follows it. */
export const faultInWords = ({ path, message }: Pick<FieldFault, "path" | "message">): string => {
  const said = `${path}${/^\p{Lu}/u.test(message) ? ":" : ""} ${message}`;
  return /[.?!]$/u.test(said) ? said : `${said}.`;
};

/** An expected refusal, as operations return it; lib/server/http turns it into a problem document. */
export type Refusal = {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: readonly FieldFault[];
};

/** A refusal in one sentence; `errors` names the fields where it is about fields. */
export const refusal = (code: ErrorCode, detail: string, errors: readonly FieldFault[] = []): Refusal => ({
  code,
  detail,
  errors,
});

/** A refusal about one field. */
export const fieldRefusal = (code: ErrorCode, path: string, message: string): Refusal =>
  refusal(code, message, [{ path, code, message }]);

export const problemDocument = ({ code, detail, errors }: Refusal): Problem => ({
  type: `urn:doseline:problem:${code.toLowerCase().replaceAll("_", "-")}`,
  code,
  title: ERRORS[code].title,
  status: ERRORS[code].status,
  detail,
  errors: [...errors],
});
