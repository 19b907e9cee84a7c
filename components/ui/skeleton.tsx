type SkeletonProps = { readonly className: string };

/** Keeps a place while its content comes; give it the size of what it stands for. */
export const Skeleton = ({ className }: SkeletonProps) => (
  <span aria-hidden="true" className={`block animate-pulse rounded-control bg-sunken ${className}`} />
);

type SkeletonRowsProps = { readonly rows: number; readonly label: string };

/** A table that is on its way: rows of its height, and one sentence for those who do not see them. */
export const SkeletonRows = ({ rows, label }: SkeletonRowsProps) => (
  <div role="status" className="space-y-px">
    <span className="sr-only">{label}</span>
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className="flex h-8 items-center gap-6 border-b border-hairline px-2.5">
        <Skeleton className="h-3 w-16" />
        <Skeleton className="h-3 w-28" />
        <Skeleton className="ml-auto h-3 w-24" />
      </div>
    ))}
  </div>
);
