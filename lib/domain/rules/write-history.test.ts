import { expect, test } from "vitest";

import { dose, observation, STARTED, studyOf, type Story } from "../../../test/oracle/tell-history";
import { replayBundle, writeHistories, writeJson } from "./write-history";

const rash = [
  observation(12, { findings: [{ term: "RASH", grade: 3 }] }),
  observation(19, { findings: [{ term: "RASH", grade: 1 }] }),
];

const written = (story: Story): string => writeHistories(replayBundle(studyOf([...STARTED, ...rash], story)));

test("doses are written without an exponent", () => {
  const text = written({
    animal: { startingDose: 3e-7, doseLevels: [3e-7, 1e-7] },
    protocols: [{ restartDecrement: 1e-7 }],
  });
  expect(text).toContain('"fromDose":0.0000003,"toDose":0');
  expect(text).toContain('"status":"ON_DOSE","dose":0.0000002,');
});

test("a dose with more digits than a double keeps is written exactly", () => {
  const text = written({
    animal: { startingDose: 9007199254740.125, doseLevels: [9007199254740.125, 1] },
    protocols: [{ restartDecrement: 1e-7 }],
  });
  expect(text).toContain('"dose":9007199254740.1249999,');
});

test("animals are written in the bundle's order, also where their tags are numbers", () => {
  const { animals, ...study } = studyOf([dose(5, 4)]);
  const tagged = ["12", "3", "M001"].flatMap((id) => animals.map((animal) => ({ ...animal, id })));
  const text = writeHistories(replayBundle({ ...study, animals: tagged }));
  expect([...text.matchAll(/"(12|3|M001)":/gu)].map(([, tag]) => tag)).toEqual(["12", "3", "M001"]);
});

test("what is not a number is written as JSON has it", () => {
  expect(writeJson({ a: [1.5, "\n\uD83D", null, true], b: undefined, c: 1e21 })).toBe(
    '{"a":[1.5,"\\n\\ud83d",null,true],"c":1000000000000000000000}',
  );
});
