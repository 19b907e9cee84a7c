"use client";

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import type { CrosshairStops, Stop } from "./crosshair-stops";

type TimelineCrosshairProps = {
  /** Named for those who hear it. */
  readonly label: string;
  readonly stops: CrosshairStops;
  /** The drawing, in one or several widths of which one is shown. */
  readonly children: ReactNode;
};

type Position = { readonly index: number; readonly leftPercent: number; readonly onRight: boolean };

/** Left and right edge of the plot and the width of the drawing, as the drawing itself says. */
const plotOf = (
  frame: HTMLElement,
): { readonly left: number; readonly right: number; readonly width: number; readonly box: DOMRect } | null => {
  const drawing = [...frame.querySelectorAll<SVGSVGElement>("svg[data-plot]")].find(
    (svg) => svg.getBoundingClientRect().width > 0,
  );
  const [left, right, width] = (drawing?.dataset["plot"] ?? "").split(" ").map(Number);
  if (drawing === undefined || left === undefined || right === undefined || width === undefined) return null;
  return { left, right, width, box: drawing.getBoundingClientRect() };
};

const nearest = (stops: readonly Stop[], share: number): number =>
  stops.reduce(
    (best, [place], index) =>
      Math.abs(place - share) < Math.abs((stops[best]?.[0] ?? Infinity) - share) ? index : best,
    0,
  );

const KEY_STEPS: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowLeft: (index) => Math.max(0, index - 1),
  ArrowRight: (index, last) => Math.min(last, index + 1),
  Home: () => 0,
  End: (_, last) => last,
};

type ReadingProps = { readonly position: Position; readonly stop: Stop; readonly measures: readonly string[] };

/** The line at a day, and beside it, on the side that has room, what is known of that day. */
const Reading = ({ position: { leftPercent, onRight }, stop: [, day, date, lines], measures }: ReadingProps) => (
  <div aria-hidden="true" className="pointer-events-none print:hidden">
    <div style={{ left: `${String(leftPercent)}%` }} className="absolute inset-y-0 w-px bg-ink" />
    <div
      style={
        onRight
          ? { left: `calc(${String(leftPercent)}% + 10px)` }
          : { right: `calc(${String(100 - leftPercent)}% + 10px)` }
      }
      className="absolute top-14 z-10 max-w-80 rounded-control border border-edge bg-surface px-3 py-2"
    >
      <p className="font-semibold">
        {day === "" ? date : day} {day === "" ? null : <span className="font-normal text-ink-soft">{date}</span>}
      </p>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-sm">
        {lines.map(([measure, text], place) => (
          <div key={place} className="contents">
            <dt className="text-ink-soft">{measures[measure]}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  </div>
);

const spoken = (stop: Stop | undefined, measures: readonly string[]): string =>
  stop === undefined
    ? "no day chosen"
    : [stop[1], stop[2], ...stop[3].map(([measure, text]) => `${measures[measure] ?? ""} ${text}`)]
        .filter((part) => part !== "")
        .join(", ");

/**
 * Reads the drawing under it: the pointer, or the arrow keys once it has the focus, move from day to day, and all that
 * is known of that day stands beside the line. Escape puts it away.
 */
export const TimelineCrosshair = ({ label, stops: { stops, measures }, children }: TimelineCrosshairProps) => {
  const frame = useRef<HTMLDivElement>(null);
  const [position, setPosition] = useState<Position | null>(null);
  const last = stops.length - 1;

  const show = (index: number): void => {
    const plot = frame.current === null ? null : plotOf(frame.current);
    const stop = stops[index];
    if (plot === null || stop === undefined) return;
    const x = plot.left + stop[0] * (plot.right - plot.left);
    setPosition({ index, leftPercent: (x / plot.width) * 100, onRight: x / plot.width < 0.5 });
  };
  const onPointer = (event: PointerEvent): void => {
    const plot = frame.current === null ? null : plotOf(frame.current);
    if (plot === null) return;
    const x = ((event.clientX - plot.box.left) / plot.box.width) * plot.width;
    show(nearest(stops, (x - plot.left) / (plot.right - plot.left)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = KEY_STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      show(position === null ? last : step(position.index, last));
    } else if (event.key === "Escape" && position !== null) {
      event.preventDefault();
      setPosition(null);
    }
  };
  const stop = position === null ? undefined : stops[position.index];

  return (
    <div ref={frame} className="relative">
      {children}
      {position === null || stop === undefined ? null : <Reading position={position} stop={stop} measures={measures} />}
      {stops.length === 0 ? null : (
        <div
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={position?.index ?? last}
          aria-valuetext={spoken(stop, measures)}
          onPointerMove={onPointer}
          onPointerDown={onPointer}
          onPointerLeave={(event) => {
            // A finger leaves when it is lifted: what it pointed at stays until the next touch elsewhere.
            if (event.pointerType === "mouse") setPosition(null);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setPosition(null)}
          className="absolute inset-0 touch-pan-y -outline-offset-2 print:hidden"
        />
      )}
    </div>
  );
};
