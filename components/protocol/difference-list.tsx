import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { ProtocolDifference } from "@/lib/contracts/protocol";

/** What a version changes against the one before it: each setting from what to what, and what it means. */
export const DifferenceList = ({ difference }: { readonly difference: ProtocolDifference }) =>
  difference.changes.length === 0 ? (
    <p className="px-4 py-3 text-ink-soft">Nothing differs from version {difference.comparedWith}.</p>
  ) : (
    <Table caption={`Differences to version ${String(difference.comparedWith)}`}>
      <thead>
        <tr>
          <HeadCell identity>Setting</HeadCell>
          <HeadCell>Version {difference.comparedWith}</HeadCell>
          <HeadCell>Version {difference.version}</HeadCell>
          <HeadCell>What it means</HeadCell>
        </tr>
      </thead>
      <tbody>
        {difference.changes.map(({ path, setting, before, after, meaning }) => (
          <tr key={path}>
            <IdentityCell className="max-w-72 whitespace-normal!">{setting}</IdentityCell>
            <Cell className="min-w-28">
              <s className="text-ink-soft">{before}</s>
            </Cell>
            <Cell className="min-w-28 font-medium">{after}</Cell>
            <Cell className="min-w-56">{meaning ?? ""}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
