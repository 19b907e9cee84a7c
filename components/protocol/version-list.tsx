import Link from "next/link";
import { Glyph } from "@/components/ui/glyph";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { inForceText, originText } from "./version-words";

type VersionListProps = {
  readonly protocol: ProtocolVersion;
  readonly timeZone: string;
  readonly versionAddress: (version: number) => string;
};

/** Every version of the protocol: from when it is in force, how it came about, and why. */
export const VersionList = ({ protocol, timeZone, versionAddress }: VersionListProps) => (
  <Table caption="Versions of the protocol">
    <thead>
      <tr>
        <HeadCell identity>Version</HeadCell>
        <HeadCell>In force</HeadCell>
        <HeadCell>Signature</HeadCell>
        <HeadCell>Reason</HeadCell>
      </tr>
    </thead>
    <tbody>
      {protocol.versions.map((version) => (
        <tr key={version.version}>
          <IdentityCell>
            <Link
              href={versionAddress(version.version)}
              aria-current={version.version === protocol.version ? "page" : undefined}
              className="inline-flex min-h-6 items-center text-accent-strong underline-offset-4 hover:underline aria-[current]:font-semibold aria-[current]:text-ink"
            >
              Version {version.version}
            </Link>
          </IdentityCell>
          <Cell>
            {version.inForce === "NOW" ? <Glyph name="check" className="mr-1.5 text-accent" /> : null}
            {inForceText(version, timeZone)}
          </Cell>
          <Cell>{originText(version, timeZone)}</Cell>
          <Cell className="max-w-96">{version.reason ?? <span className="text-ink-faint">first version</span>}</Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);
