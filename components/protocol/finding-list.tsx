import { Glyph } from "@/components/ui/glyph";
import type { ProtocolFinding } from "@/lib/contracts/protocol";
import { fieldOfPath } from "./check-protocol-form";

type FindingListProps = {
  readonly findings: readonly ProtocolFinding[];
  /** Whether the settings can be changed on this page: then each finding leads to its field. */
  readonly linked: boolean;
};

const Finding = ({ finding, linked }: { readonly finding: ProtocolFinding; readonly linked: boolean }) => {
  const { severity, path, message } = finding;
  const isError = severity === "error";
  return (
    <li className="flex items-baseline gap-2 border-b border-hairline px-4 py-1.5 last:border-b-0">
      <span className={`w-20 shrink-0 text-sm font-medium ${isError ? "text-stopped" : "text-withheld"}`}>
        <Glyph name={isError ? "cross" : "warning"} className="mr-1.5 align-[-0.08em]" />
        {isError ? "error" : "warning"}
      </span>
      <span className="min-w-0">
        {message}{" "}
        {path === "$" ? null : linked ? (
          <a href={`#${fieldOfPath(path)}`} className="text-sm break-all text-accent-strong hover:underline">
            {path}
          </a>
        ) : (
          <span className="text-sm break-all text-ink-faint">{path}</span>
        )}
      </span>
    </li>
  );
};

/** What the checks found: errors stop the signature, warnings are for whoever signs to weigh. */
export const FindingList = ({ findings, linked }: FindingListProps) =>
  findings.length === 0 ? (
    <p className="px-4 py-3 text-ink-soft">
      <Glyph name="check" className="mr-1.5 text-accent" />
      No gap, no overlap, no row out of reach, no unit or range missing.
    </p>
  ) : (
    <ul>
      {findings.map((finding) => (
        <Finding key={`${finding.path} ${finding.message}`} finding={finding} linked={linked} />
      ))}
    </ul>
  );
