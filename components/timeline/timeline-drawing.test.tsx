import { existsSync, readdirSync, readFileSync } from "node:fs";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { textWidth } from "@/components/charts/text-width";
import { readBundle } from "@/lib/domain/record/read-bundle";
import { replayAnimal } from "@/lib/domain/rules/replay";
import { buildTimeline } from "./build-timeline";
import type { TimelineData } from "./timeline-data";
import { TimelineDrawing } from "./timeline-drawing";

/** Reference cases kept beside the checkout, not in it: without them only the drawings made here are checked. */
const CASES = new URL("../../../shared/cases/", import.meta.url);
const caseFiles = existsSync(CASES) ? readdirSync(CASES).filter((name) => name.endsWith(".json")) : [];

const WIDTHS = [700, 720, 1040, 1400];

const draw = (data: TimelineData, width: number): string =>
  renderToStaticMarkup(<TimelineDrawing data={data} width={width} id="t" />);

const timelinesOf = (document: unknown): readonly TimelineData[] => {
  const bundle = readBundle(document);
  if (!bundle.ok) throw new Error(bundle.fault.path);
  const { study, protocols, animals, entries } = bundle.value;
  return animals.map((animal) => {
    const log = entries.filter((entry) => entry.animal === animal.id);
    const replayed = replayAnimal(protocols, animal, log);
    const ms = Math.max(...log.map(({ recordedAt }) => recordedAt.ms));
    return buildTimeline({ animal, protocols, log, replayed, timeZone: study.timeZone, now: { ms, text: "today" } });
  });
};

/** Every text must begin and end inside the drawing, and every number must be one. */
const faultsOf = (svg: string, width: number): readonly string[] => {
  const faults = /NaN|Infinity|undefined|null/.exec(svg) === null ? [] : ["a coordinate that is no number"];
  const texts = svg.matchAll(
    /<text x="([-\d.]+)" y="[-\d.]+" font-size="([\d.]+)"[^>]*?(text-anchor="(\w+)")?[^>]*>([^<]*)</g,
  );
  for (const [, x = "", size = "", , anchor = "start", text = ""] of texts) {
    const length = textWidth(text, Number(size));
    const left = Number(x) - (anchor === "end" ? length : anchor === "middle" ? length / 2 : 0);
    if (left < -1 || left + length > width + 1) faults.push(`${text} from ${String(left)} to ${String(left + length)}`);
  }
  return faults;
};

const EMPTY: TimelineData = {
  animal: "M001",
  description: "Nothing yet.",
  axis: {
    from: 0,
    until: 6,
    started: false,
    dates: Array.from({ length: 6 }, (_, day) => ({ dayMonth: `${String(day + 1)} Jan`, year: 2026 })),
  },
  dose: { unit: "mg/kg", control: false, levels: [4, 3], steps: [], until: 0, given: [] },
  holds: [],
  markers: [],
  panels: [],
  findings: [],
  now: null,
};

describe("the drawing", () => {
  test("stands without a single value", () => {
    for (const width of WIDTHS) expect(faultsOf(draw(EMPTY, width), width)).toEqual([]);
  });

  test("stays legible and light with 400 values in a panel", () => {
    const points = Array.from({ length: 400 }, (_, index) => ({
      at: index * 1.8,
      value: index % 50 === 0 ? 0 : 1 + Math.sin(index / 9),
      qualifier: null,
      text: "1",
      detail: null,
      grade: index % 50 === 0 ? 4 : 0,
      known: null,
      formerly: [],
    }));
    const data: TimelineData = {
      ...EMPTY,
      axis: { from: -2, until: 730, started: true, dates: [] },
      panels: [
        {
          key: "neutrophils",
          name: "Neutrophils",
          unit: "10⁹/L",
          scale: "log",
          points,
          bands: [],
          references: [],
          baseline: null,
          groupRange: [],
          missingAt: [],
        },
      ],
    };
    const svg = draw(data, 1040);
    expect(faultsOf(svg, 1040)).toEqual([]);
    expect(svg.length).toBeLessThan(40_000);
  });

  test("needs no stylesheet: every paint carries its light value", () => {
    const paints = [...draw(EMPTY, 1040).matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, value = ""]) => value);
    expect(paints.length).toBeGreaterThan(0);
    for (const value of paints) expect(value).toMatch(/^(none|var\(--[\w-]+, #[0-9a-f]{6}\))$/);
  });

  test.skipIf(caseFiles.length === 0)("of every reference case keeps its texts inside, at every width", () => {
    for (const name of caseFiles) {
      const { bundle } = JSON.parse(readFileSync(new URL(name, CASES), "utf8")) as { readonly bundle: unknown };
      for (const data of timelinesOf(bundle)) {
        for (const width of WIDTHS)
          expect(faultsOf(draw(data, width), width), `${name} at ${String(width)}`).toEqual([]);
      }
    }
  });
});
