import type { ReactNode } from "react";
import { Cell, HeadCell, IdentityCell, NotMeasured, Table } from "@/components/ui/table";
import { Panel } from "@/components/ui/panel";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { withUnit } from "@/lib/domain/language/with-unit";
import { toxicityWord } from "@/lib/domain/language/animal-words";
import { capitalized } from "@/lib/domain/language/code-words";
import { LABORATORY_TERMS, RANGED_MEASUREMENTS } from "@/lib/domain/grading/criteria";
import { analyteRow } from "@/lib/domain/record/analytes";
import { canonicalUnit } from "@/lib/domain/units/unit-factors";
import { LABORATORY_USES } from "./laboratory-uses";
import { ProtocolChoices } from "./protocol-choices";

const RESUMES = {
  automatic: "Automatically, at the reduced dose, when every toxicity of the hold has recovered",
  "on-order": "On the study director’s order; the reduced dose is proposed",
} as const;

const number = (value: number | null): ReactNode => (value === null ? <NotMeasured /> : String(value));

type Rows = readonly (readonly [setting: string, value: ReactNode])[];

const Settings = ({ rows }: { readonly rows: Rows }) => (
  <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-[minmax(0,16rem)_1fr]">
    {rows.map(([setting, value]) => (
      <div key={setting} className="contents">
        <dt className="text-ink-soft">{setting}</dt>
        <dd className="font-medium">{value}</dd>
      </div>
    ))}
  </dl>
);

const Counts = ({ protocol }: { readonly protocol: ProtocolVersion }) => (
  <Table caption="Cut-offs of counts">
    <thead>
      <tr>
        <HeadCell identity>Count</HeadCell>
        <HeadCell>Measured against</HeadCell>
        <HeadCell numeric>Grade 2 below</HeadCell>
        <HeadCell numeric>Grade 3 below</HeadCell>
        <HeadCell numeric>Grade 4 below</HeadCell>
        <HeadCell numeric>Recovered at</HeadCell>
      </tr>
    </thead>
    <tbody>
      {(["neutrophils", "platelets"] as const).map((measurement) => {
        const block = protocol[measurement];
        return (
          <tr key={measurement}>
            <IdentityCell>{measurement === "neutrophils" ? "Neutrophils" : "Platelets"}</IdentityCell>
            <Cell>{block.basis === "absolute" ? "absolute counts, 10⁹/L" : "% of the animal’s own baseline"}</Cell>
            <Cell numeric>{number(block.grade2Below)}</Cell>
            <Cell numeric>{number(block.grade3Below)}</Cell>
            <Cell numeric>{number(block.grade4Below)}</Cell>
            <Cell numeric>{number(block.recoverAt)}</Cell>
          </tr>
        );
      })}
    </tbody>
  </Table>
);

const Groups = ({ protocol }: { readonly protocol: ProtocolVersion }) => (
  <Table caption="Dose groups">
    <thead>
      <tr>
        <HeadCell identity>Group</HeadCell>
        <HeadCell>Name</HeadCell>
        <HeadCell numeric>Starting dose, {protocol.doseUnit}</HeadCell>
        <HeadCell>Dose levels, {protocol.doseUnit}</HeadCell>
        <HeadCell numeric>Animals</HeadCell>
      </tr>
    </thead>
    <tbody>
      {protocol.groups.map(({ code, label, control, startingDose, doseLevels, animals }) => (
        <tr key={code}>
          <IdentityCell>{code}</IdentityCell>
          <Cell>{label}</Cell>
          <Cell numeric>{control ? "vehicle" : number(startingDose)}</Cell>
          <Cell>
            {control ? "control: no rule changes its dosing" : doseLevels.join(" → ")}
            {!control && doseLevels.length === 1 ? " (one level: the first toxicity discontinues)" : ""}
          </Cell>
          <Cell numeric>{animals}</Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);

/** A protocol version as it is in force: every setting with its value. */
export const ProtocolView = ({ protocol }: { readonly protocol: ProtocolVersion }) => (
  <div className="space-y-4">
    {protocol.groups.length === 0 ? null : (
      <Panel title="Dose groups" flush>
        <Groups protocol={protocol} />
      </Panel>
    )}
    <Panel title="Counts" note="the source’s Tables 1 and 2" flush>
      <Counts protocol={protocol} />
    </Panel>
    <Panel title="Settings">
      <Settings
        rows={[
          ["Dosing resumes", protocol.resumePolicy === null ? "not chosen yet" : RESUMES[protocol.resumePolicy]],
          ["Dose levels without a group’s own", `${protocol.doseLevels.join(" → ")} ${protocol.doseUnit}`],
          ["Fever", `${String(protocol.feverCelsius)} °C or more`],
          ["Count and temperature within", `${String(protocol.febrileWindowHours)} hours`],
          ["Other toxicities have recovered at", `grade ${String(protocol.otherRecoverGrade)} or lower`],
          ["They restart lower by", `${String(protocol.restartDecrement)} ${protocol.doseUnit}`],
          ["A given dose may be off by", `${String(protocol.doseTolerancePercent)} % of the dose in force`],
          [
            "Discontinue for good",
            [
              "skin exfoliation",
              "bullae",
              ...protocol.discontinueFindings.map(
                ({ term, grade }) => `${toxicityWord(term)} from grade ${String(grade)}`,
              ),
            ].join(", "),
          ],
        ]}
      />
    </Panel>
    <Panel title="Laboratory terms" note="CTCAE v5.0, not in the source">
      <Settings
        rows={LABORATORY_TERMS.map((term) => [
          capitalized(toxicityWord(term)),
          LABORATORY_USES[protocol.laboratoryTerms[term] ?? "off"],
        ])}
      />
    </Panel>
    <Panel title="Reference ranges" note="this species and strain">
      <Settings
        rows={RANGED_MEASUREMENTS.map((measurement) => {
          const { label } = analyteRow(measurement);
          const { lower, upper, unit } = protocol.referenceRanges[measurement];
          if (lower === null && upper === null) return [label, "none"];
          const limits = [
            lower === null ? null : `LLN ${String(lower)}`,
            upper === null ? null : `ULN ${String(upper)}`,
          ];
          return [
            label,
            withUnit(limits.filter((limit) => limit !== null).join(", "), unit ?? canonicalUnit(measurement)),
          ];
        })}
      />
    </Panel>
    <Panel title="What else the rules do" note="where the source is silent">
      <ProtocolChoices />
    </Panel>
  </div>
);
