import { Decimal } from "../decimal";
import { ok, refused } from "../result";
import type { Result } from "../result";
import { at } from "./check";

/** Why a text is not read, and where: `$` is the document itself. */
export type JsonFault = {
  readonly code: "MALFORMED_JSON" | "REPEATED_KEY" | "OUT_OF_RANGE" | "INVALID_VALUE";
  readonly path: string;
  readonly message: string;
};

/** An open list or object, and the item or key in it that is being read. */
type Open =
  | { readonly isList: true; place: number }
  | { readonly isList: false; place: string; readonly keys: Set<string>; isAtKey: boolean };

const faultAt = (open: readonly Open[], code: JsonFault["code"], message: string): JsonFault => {
  const path = open.reduce((text, { place }) => at(text, place), "");
  return { code, path: path === "" ? "$" : path, message };
};

/** The index after the string that begins at `start`. */
const endOfString = (text: string, start: number): number => {
  let index = start + 1;
  for (; text[index] !== '"'; index += 1) if (text[index] === "\\") index += 1;
  return index + 1;
};

const NUMBER = /[-+.\deE]+/uy;

/** A double keeps every decimal of so many characters without an exponent. */
const SURELY_KEPT = 15;

const numberFault = (literal: string): Pick<JsonFault, "code" | "message"> | null => {
  if (literal.length <= SURELY_KEPT && !/e/iu.test(literal)) return null;
  const number = Number(literal);
  if (!Number.isFinite(number)) return { code: "OUT_OF_RANGE", message: "is a number too large to hold" };
  const [mantissa = ""] = literal.split(/e/iu);
  const isKept = number === 0 ? !/[1-9]/u.test(mantissa) : new Decimal(literal).eq(number);
  return isKept ? null : { code: "INVALID_VALUE", message: "has more digits than can be kept" };
};

/** Notes a key of the innermost object; answers false when the object has it already. */
const isNewKey = (object: Open & { isList: false }, text: string): boolean => {
  object.place = text.includes("\\") ? (JSON.parse(text) as string) : text.slice(1, -1);
  object.isAtKey = false;
  const { size } = object.keys;
  return object.keys.add(object.place).size > size;
};

const stepOver = (open: Open[], character: string | undefined): void => {
  const last = open.at(-1);
  if (character === "[") open.push({ isList: true, place: 0 });
  else if (character === "{") open.push({ isList: false, place: "", keys: new Set(), isAtKey: true });
  else if (character === "]" || character === "}") open.pop();
  else if (character !== "," || last === undefined) return;
  else if (last.isList) last.place += 1;
  else last.isAtKey = true;
};

/** What a parser drops without a word from a well-formed text: the first of two values of a key, the last digits. */
const findLoss = (text: string): JsonFault | null => {
  const open: Open[] = [];
  for (let index = 0; index < text.length;) {
    const character = text[index] ?? "";
    if (character === '"') {
      const end = endOfString(text, index);
      const last = open.at(-1);
      if (last?.isList === false && last.isAtKey && !isNewKey(last, text.slice(index, end)))
        return faultAt(open, "REPEATED_KEY", "occurs twice in its object");
      index = end;
    } else if (character === "-" || (character >= "0" && character <= "9")) {
      NUMBER.lastIndex = index;
      const [literal = character] = NUMBER.exec(text) ?? [];
      const fault = numberFault(literal);
      if (fault !== null) return faultAt(open, fault.code, fault.message);
      index += literal.length;
    } else {
      stepOver(open, character);
      index += 1;
    }
  }
  return null;
};

/**
 * Reads a JSON text, and refuses one of which the value would say less than the text: every reader of bundles and
 * requests uses this, so that none decides by a value that another does not see.
 */
export const readJson = (text: string): Result<unknown, JsonFault> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused({ code: "MALFORMED_JSON", path: "$", message: `is not JSON: ${reason}` });
  }
  const loss = findLoss(text);
  return loss === null ? ok(value) : refused(loss);
};
