import type { Finding } from "./log-entry";
import { ENGINE_TERMS } from "../grading/criteria";
import { at, fail, readGrade, readObject, readText } from "./check";

const TERM = /^[A-Z0-9]+(?:_[A-Z0-9]+)*$/;

/** A finding's term and grade. The terms that are graded from measurements cannot be recorded as findings. */
export const readFinding = (value: unknown, path: string): Finding => {
  const finding = readObject(value, path);
  const term = readText(finding, path, "term");
  if (!TERM.test(term))
    fail(at(path, "term"), "must be upper-case letters and digits in words joined by _, like SKIN_ULCERATION");
  if (ENGINE_TERMS.has(term))
    fail(at(path, "term"), `${term} is graded from measurements and cannot be recorded as a finding`);
  return { term, grade: readGrade(finding, path) };
};
