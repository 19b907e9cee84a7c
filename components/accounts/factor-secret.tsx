import type { BegunFactor } from "@/lib/contracts/accounts";

/** Light around the code, in modules: without it cameras do not find it. */
const MARGIN = 4;

/** Dark on light in the dark as well: cameras read no other. */
const Picture = ({ picture: { size, path } }: Pick<BegunFactor, "picture">) => (
  <svg
    viewBox={[-MARGIN, -MARGIN, size + 2 * MARGIN, size + 2 * MARGIN].join(" ")}
    role="img"
    aria-label="QR code with the secret below, for an authenticator app"
    shapeRendering="crispEdges"
    className="size-52 shrink-0 rounded-control border border-hairline"
  >
    <rect x={-MARGIN} y={-MARGIN} width="100%" height="100%" fill="#fff" />
    <path d={path} fill="#000" />
  </svg>
);

/** What an app needs: to scan, or to type in groups of four. */
export const FactorSecret = ({ begun }: { readonly begun: BegunFactor }) => (
  <div className="flex flex-wrap gap-x-6 gap-y-3">
    <Picture picture={begun.picture} />
    <ol className="min-w-64 flex-1 list-decimal space-y-3 pl-5">
      <li>
        Scan the picture with an authenticator app, or type its secret there:
        <code
          data-secret={begun.secret}
          className="mt-1 block max-w-80 rounded-control bg-sunken px-3 py-2 font-mono text-lg break-words"
        >
          {begun.secret.replaceAll(/.{4}(?=.)/gu, "$& ")}
        </code>
        <span className="text-sm text-ink-soft">Time-based, 6 digits, every 30 seconds (SHA-1).</span>
      </li>
      <li>
        Type the code that the app shows. Nothing is set before, and the secret waits {begun.minutes} minutes for it.
      </li>
    </ol>
  </div>
);
