// A setup file of vitest: every property of every test file starts from one seed.
import { configureGlobal } from "fast-check";
import { RANDOM_SEED } from "./run-count.property";

configureGlobal({ seed: RANDOM_SEED });
