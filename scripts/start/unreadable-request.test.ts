import { expect, test } from "vitest";
import { ERRORS } from "../../lib/contracts/errors";
import { unreadable } from "./unreadable-request.mjs";

test.each([
  ["GET", "/"],
  ["POST", "/api/v1/studies?x=%E0%A4%A"],
  ["DELETE", "/api/v1/studies/M%C3%BCnchen%20(1)"],
])("%s %s can be read", (method, target) => {
  expect(unreadable(method, target)).toBeNull();
});

test.each([
  ["TRACE", "/", 405],
  ["PROPFIND", "/", 405],
  ["GET", "/studies/%E0%A4%A", 400],
  ["GET", "/%", 400],
  ["GET", "http://evil.example/", 400],
  ["OPTIONS", "*", 400],
])("%s %s cannot", (method, target, status) => {
  const found = unreadable(method, target);
  expect(found?.status).toBe(status);
  expect(Object.entries(ERRORS).find(([code]) => code === found?.code)?.[1]).toEqual({ status, title: found?.title });
});
