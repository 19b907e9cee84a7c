import type { ReactNode } from "react";
import type { KnownAnimal } from "@/components/animal-page/as-known";
import { IdentityBar, type IdentityFact } from "@/components/shell/identity-bar";
import { GradeMark } from "@/components/ui/grade-mark";
import { Quantity, Unit } from "@/components/ui/quantity";
import { StatusPill } from "@/components/ui/status-pill";
import type { AnimalRecord } from "@/lib/contracts/animal-record";
import { localDateText } from "@/lib/domain/time/local-time";
import { daysBetween } from "@/lib/domain/time/study-day";
import { Decimal } from "@/lib/domain/decimal";
import type { SummaryValue } from "@/lib/domain/animal/animal-summary";
import type { Now } from "@/lib/domain/animal/attention";
import { type AnimalDays, dayAndDate, dayWord } from "@/lib/domain/language/day-words";
import { type Overview, overviewOf } from "@/lib/domain/animal/overview-animal";
import { sexWord } from "@/lib/domain/language/animal-words";
import { shownWeight, weightChangeText } from "@/lib/domain/animal/weight-change";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";

type AnimalIdentityProps = {
  readonly study: AuthorizedStudy;
  readonly record: AnimalRecord;
  readonly known: KnownAnimal;
  readonly now: Now;
  /** What was known at an instant of the past is shown. */
  readonly isPast: boolean;
  /** Above it, where the past is shown. */
  readonly band?: ReactNode;
};

const valueFact = (
  label: string,
  unit: string,
  value: SummaryValue | undefined,
  days: AnimalDays,
): readonly IdentityFact[] =>
  value === undefined
    ? []
    : [
        {
          label,
          value: (
            <GradeMark grade={value.grade}>
              <Quantity value={value.value} unit={unit} qualifier={value.qualifier} />
            </GradeMark>
          ),
          note: dayWord(value.observedMs, days),
        },
      ];

const weightFact = ({ overview }: KnownAnimal, { weight }: Overview, days: AnimalDays): readonly IdentityFact[] => {
  const { latest, baselineWeight } = overview.summary;
  if (latest.weight === undefined) return [];
  const grams = new Decimal(latest.weight.value);
  const { value, unit } = shownWeight(grams, weight?.reference ?? grams);
  const of = weight === null ? null : shownWeight(weight.reference);
  return [
    {
      label: "Body weight",
      value: <Quantity value={value} unit={unit} qualifier={latest.weight.qualifier} />,
      note:
        weight === null || of === null || baselineWeight === null
          ? dayWord(latest.weight.observedMs, days)
          : `${weightChangeText(weight)} % of ${of.value} ${of.unit}, ${dayWord(baselineWeight.observedMs, days)}`,
    },
  ];
};

const doseFact = ({ overview }: KnownAnimal, doseUnit: string): IdentityFact => {
  const { control, status, dose, summary } = overview;
  if (control) return { label: "Dose in force", value: "vehicle", note: "control" };
  const was = summary.hold === null ? undefined : `was ${summary.hold.doseBefore} ${doseUnit}`;
  return {
    label: "Dose in force",
    value: (
      <>
        {dose} <Unit>{doseUnit}</Unit>
      </>
    ),
    note: status === "NOT_STARTED" ? "not started" : was,
  };
};

const Status = ({
  known,
  overview,
  days,
  now,
}: {
  readonly known: KnownAnimal;
  readonly overview: Overview;
  readonly days: AnimalDays;
  readonly now: Now;
}) => {
  const { hold, lastDecision } = overview.standing;
  const { status, said } = known.overview;
  const doseUnit = known.standing.at(-1)?.explanation.doseUnit ?? "";
  const waiting = status === "WITHHELD" && lastDecision?.action === "RESUME_PROPOSED" && hold?.byOrder === false;
  const since =
    hold === null
      ? ""
      : ` since ${dayWord(hold.sinceMs, days)}, ${String(daysBetween(hold.sinceMs, now.ms, now.timeZone))} d`;
  return (
    <>
      <StatusPill state={status} large>
        {status === "WITHHELD" ? `withheld${since}` : undefined}
      </StatusPill>
      {waiting ? <StatusPill state="WAITING">{`resume at ${said?.toDose ?? "?"} ${doseUnit}?`}</StatusPill> : null}
    </>
  );
};

/** "room 2", also where it is written "Room 2". */
const named = (what: string, name: string | null): string | null =>
  name === null || name.toLowerCase().startsWith(what) ? name : `${what} ${name}`;

/** Tag, sex, group, cage, strain, status, dose and study day: in sight wherever the page is scrolled to. */
export const AnimalIdentity = ({ study, record, known, now, isPast, band }: AnimalIdentityProps) => {
  const { animal, protocols } = record;
  const { summary, status } = known.overview;
  const days: AnimalDays = { firstDoseMs: summary.firstDoseMs, timeZone: study.timeZone };
  const overview = overviewOf(known.overview, now);
  const doseUnit = protocols.at(-1)?.doseUnit ?? "";
  const lastMs = status === "OFF_STUDY" ? (known.standing.at(-1)?.observedMs ?? now.ms) : now.ms;
  const when = days.firstDoseMs === null ? localDateText(lastMs, study.timeZone) : `study ${dayAndDate(lastMs, days)}`;
  const detail = [
    sexWord(animal.sex),
    [animal.strain, animal.genotype].filter((part) => part !== null).join(" ") || null,
    named("group", animal.group),
    named("cage", animal.cage),
    named("room", animal.room),
    `${status === "OFF_STUDY" ? "left on " : isPast ? "as known on " : ""}${when}`,
  ].filter((part) => part !== null);
  return (
    <div className="sticky top-12 z-30 -mx-5 -mt-4 mb-4 max-lg:top-0 print:static print:mx-0 print:mt-0">
      {band}
      <IdentityBar
        name={animal.id}
        detail={detail.join(" · ")}
        status={<Status known={known} overview={overview} days={days} now={now} />}
        facts={[
          doseFact(known, doseUnit),
          ...valueFact("Neutrophils", "10⁹/L", summary.latest.neutrophils, days),
          ...valueFact("Platelets", "10⁹/L", summary.latest.platelets, days),
          ...valueFact("ALT", "U/L", summary.latest.alt, days),
          ...weightFact(known, overview, days),
        ]}
      />
    </div>
  );
};
