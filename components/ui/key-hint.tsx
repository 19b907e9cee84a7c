/** A key as it is written on a keyboard. */
export const KeyHint = ({ children }: { readonly children: string }) => (
  <kbd className="inline-block min-w-5 rounded border border-edge bg-surface px-1 text-center font-sans text-xs text-ink-soft">
    {children}
  </kbd>
);
