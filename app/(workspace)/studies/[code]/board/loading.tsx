import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

const BoardLoading = () => (
  <>
    <Skeleton className="mb-4 h-12 w-72" />
    <div className="mb-4 flex flex-wrap gap-2">
      {["on-dose", "withheld", "discontinued", "off-study"].map((tile) => (
        <Skeleton key={tile} className="h-14 w-34" />
      ))}
    </div>
    <Panel title="Every animal" flush>
      <SkeletonRows rows={16} label="The board is on its way." />
    </Panel>
  </>
);

export default BoardLoading;
