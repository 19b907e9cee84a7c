import { readInstant } from "./instants";

/** Thrown at the first fault and caught by `faultPath`: the oracle is written for plainness, not for the product. */
export class FaultAt extends Error {
  readonly path: string;
  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

export type Json = { readonly [key: string]: unknown };
export type Check = (value: unknown, path: string) => void;

const failAt = (path: string): never => {
  throw new FaultAt(path);
};
export const must = (holds: boolean, path: string): void => void (holds || failAt(path));
export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const absent = (value: unknown): value is null | undefined => value === null || value === undefined;
export const object = (value: unknown, path: string): Json => (isObject(value) ? value : failAt(path));
export const list = (value: unknown, path: string): readonly unknown[] => (Array.isArray(value) ? value : failAt(path));
export const text: Check = (value, path) => must(typeof value === "string", path);
export const reason: Check = (value, path) => must(typeof value === "string" && value.trim() !== "", path);
export const positive: Check = (value, path) => must(typeof value === "number" && value > 0, path);
export const notNegative: Check = (value, path) => must(typeof value === "number" && value >= 0, path);
export const number: Check = (value, path) => must(typeof value === "number", path);
export const truth: Check = (value, path) => must(typeof value === "boolean", path);
export const instant: Check = (value, path) => must(typeof value === "string" && readInstant(value) !== null, path);
export const grade: Check = (value, path) =>
  must(typeof value === "number" && [0, 1, 2, 3, 4, 5].includes(value), path);
export const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value, path) =>
    must(allowed.includes(value), path);
export const optional =
  (check: Check): Check =>
  (value, path) => {
    if (!absent(value)) check(value, path);
  };
export const keys = (of: Json, path: string, checks: readonly (readonly [string, Check])[]): void => {
  for (const [key, check] of checks) check(of[key], path === "" ? key : `${path}.${key}`);
};
