import assert from "node:assert/strict";
import { test } from "node:test";
import { closeAction, type CloseAction } from "../src/close-codes.js";

const expected: readonly (readonly [number, CloseAction])[] = [
  [1000, "done"],
  [1001, "resume"],
  [1006, "resume"],
  [1012, "resume"],
  [4000, "resume"],
  [4199, "resume"],
  [4200, "restart"],
  [4399, "restart"],
  [4400, "stop"],
  [4401, "renew"],
  [4409, "stop"],
  [4999, "stop"],
  [1002, "stop"],
  [1009, "stop"],
];

for (const [code, action] of expected) {
  test(`${code} means ${action}`, () => assert.equal(closeAction(code), action));
}
