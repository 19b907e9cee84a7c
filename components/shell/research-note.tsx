/** Said on every page and on every print. */
export const ResearchNote = () => (
  <footer className="border-t border-hairline px-5 py-3 text-xs text-ink-faint print:mt-4 print:px-0">
    Doseline applies a study's own protocol to animals in research. For research use only: not for the diagnosis or
    treatment of people or of animals in care.
  </footer>
);
